import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { directoryWith } from '../../cli/support/directory.ts';
import { aws, refuse } from './aws.ts';
import { parseCall, Refused, type Answer } from './call.ts';
import { kubectl } from './kubectl.ts';
import { liveCluster, type LiveCluster } from './live-cluster.ts';

export type Cluster = {
  readonly directory: string;
  readonly live: LiveCluster;
  /** Each call of `aws` and `kubectl`. */
  readonly called: (readonly string[])[];
  readonly shell: (command: string) => Promise<Answer>;
  readonly run: (args: string) => Promise<Answer>;
};

/** Sends its arguments to the test and does what it is told: a process of Node for each call would take its time. */
const tool = (name: string, port: number): string => `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' $(($# + 1)) ${name} "$@" >&3
IFS= read -r -d '' status <&3
IFS= read -r -d '' out <&3
IFS= read -r -d '' err <&3
printf '%s' "$out"
printf '%s' "$err" >&2
exit "$status"
`;

/** A cluster, a script, and an `aws` and a `kubectl` that know this cluster alone. */
export const clusterWith = async (script: string, more: Partial<LiveCluster> = {}): Promise<Cluster> => {
  const live = liveCluster(structuredClone(more));
  const called: (readonly string[])[] = [];
  const port = await listen(argv => {
    called.push(argv);
    return answer(argv, live);
  });
  const directory = directoryWith({ 'access-entries.sh': script });
  const bin = join(directory, 'bin');
  mkdirSync(bin);
  for (const name of ['aws', 'kubectl']) {
    writeFileSync(join(bin, name), tool(name, port));
    chmodSync(join(bin, name), 0o755);
  }
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}`, POLL_SECONDS: '0' };
  const shell = async (command: string): Promise<Answer> => {
    const child = spawn('bash', ['-c', command], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<number>(resolve => child.on('close', status => resolve(status ?? -1)));
    const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    return { status, stdout, stderr };
  };
  return { directory, live, called, shell, run: args => shell(`bash access-entries.sh ${args}`) };
};

const listen = async (onCall: (argv: readonly string[]) => Answer): Promise<number> => {
  const server = createServer(socket => receive(socket, onCall));
  // It stands for a service that outlives the test.
  server.unref();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

const receive = (socket: Socket, onCall: (argv: readonly string[]) => Answer): void => {
  let bytes = Buffer.of();
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    const [count, ...argv] = bytes.toString().split('\0').slice(0, -1);
    if (count === undefined || argv.length < Number(count)) return;
    const { status, stdout, stderr } = onCall(argv);
    socket.end(`${status}\0${stdout}\0${stderr}\0`);
  });
};

const answer = ([name, ...argv]: readonly string[], live: LiveCluster): Answer => {
  const call = parseCall(argv);
  try {
    if (live.failing !== undefined && argv.join(' ').includes(live.failing))
      refuse(call, 'ServerException', 'no reason');
    return { status: 0, stdout: (name === 'aws' ? aws : kubectl)(call, live), stderr: '' };
  } catch (error) {
    const { message } = error as Error;
    return { status: error instanceof Refused ? error.status : 1, stdout: '', stderr: message };
  }
};

/** The calls that change something. */
export const changesIn = ({ called }: Pick<Cluster, 'called'>): readonly (readonly string[])[] =>
  called.filter(call => call.some(word => /^(?:create|update|associate|delete|disassociate|patch|apply)/.test(word)));
