import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { command } from '../cli/support/command.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { commitAll, repository } from '../cli/support/git.ts';
import { rootModule } from '../cli/support/modules.ts';
import { commandLines, hostileFiles } from './inputs.ts';

/** Says of each process that is started and each connection that is opened what it is, and lets neither happen. */
const watch = (log: string): string => `import { appendFileSync } from 'node:fs';
import { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import dgram from 'node:dgram';
const refuse = what => function (...given) {
  appendFileSync(${JSON.stringify(log)}, what + ' ' + JSON.stringify(given[0]) + '\\n');
  throw new Error(what);
};
ChildProcess.prototype.spawn = refuse('process');
Socket.prototype.connect = refuse('connection');
dgram.Socket.prototype.send = refuse('datagram');`;

const reading = `
data "external" "x" {
  program = ["sh", "-c", "touch INJECTED"]
}

locals {
  rows = [for name in ["\${1 + 1}", "constructor.constructor('return process')()"] : { rolearn = name }]
}
`;

const files = { ...hostileFiles, 'blocked/more.tf': reading };
const run = (line: readonly string[]): { said: string; log: string } => {
  const directory = directoryWith(files);
  const log = join(directory, 'watched.log');
  const preload = `data:text/javascript,${encodeURIComponent(watch(log))}`;
  // A text that is run as JavaScript ends the process by the first flag.
  const NODE_OPTIONS = `--disallow-code-generation-from-strings --import=${preload}`;
  const { stdout, stderr } = command(directory, line, { env: { PATH: '/nowhere', NODE_OPTIONS } });
  return { said: stdout + stderr, log: existsSync(log) ? readFileSync(log, 'utf8') : '' };
};

const isPlain = (line: readonly string[]): boolean => line.every(word => /^[\x20-\x7e]+$/.test(word));

describe('no process is started, no connection is opened, no text is run', () => {
  test.each([
    ...new Map(commandLines.filter(isPlain).map(line => [line.slice(0, 2).join(' '), line])).values(),
    ['policies', 'blocked'],
    ['explain', 'TAE406'],
  ])('%s %s', (...line) => {
    const { said, log } = run(line);
    expect(log).toBe('');
    expect(said).not.toMatch(/fault of tf-access-entries|EvalError/);
    expect(said).not.toBe('');
  });

  test('what would be seen', () => {
    const log = join(directoryWith(), 'watched.log');
    const preload = `data:text/javascript,${encodeURIComponent(watch(log))}`;
    const script = "try { require('child_process').execFile('true') } catch {} require('net').connect(1)";
    expect(() => execFileSync(process.execPath, ['--import', preload, '-e', script], { stdio: 'ignore' })).toThrow();
    expect(readFileSync(log, 'utf8')).toMatch(/^process .*\nconnection /);
  });
});

const program = (path: string, text: string): void => {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
};

/** Phase 1 is committed; every filter and every hook that git may run leaves a file. */
const trapped = (): string => {
  const directory = repository(
    directoryWith({ 'a/main.tf': rootModule(undefined, '  authentication_mode = "API_AND_CONFIG_MAP"\n') }),
  );
  commitAll(directory);
  const traps = directoryWith();
  const leave = (name: string): string => `touch ${join(traps, `ran-${name}`)}; cat`;
  mkdirSync(join(traps, 'hooks'));
  for (const hook of ['pre-commit', 'post-checkout', 'post-index-change', 'reference-transaction']) {
    program(join(traps, 'hooks', hook), `touch ${join(traps, `ran-${hook}`)}`);
  }
  program(join(traps, 'monitor'), `touch ${join(traps, 'ran-monitor')}`);
  const settings = {
    'core.hooksPath': join(traps, 'hooks'),
    'core.fsmonitor': join(traps, 'monitor'),
    'filter.trap.clean': leave('clean'),
    'filter.trap.smudge': leave('smudge'),
    'diff.trap.textconv': leave('textconv'),
    'diff.external': leave('diff'),
  };
  for (const [key, value] of Object.entries(settings)) execFileSync('git', ['config', key, value], { cwd: directory });
  writeFileSync(join(directory, '.gitattributes'), '* filter=trap diff=trap\n');
  program(
    join(traps, 'git'),
    `for word; do case $word in -*) ;; *) echo "$word" >>${join(traps, 'asked')}; break ;; esac; done\nexec ${execFileSync('which', ['git'], { encoding: 'utf8' }).trim()} "$@"`,
  );
  return `${directory}\n${traps}`;
};

/** What ran of the traps, and which commands git was given. */
const inTrapped = (...flags: readonly string[]): { status: number | null; ran: string[]; asked: string[] } => {
  const [directory = '', traps = ''] = trapped().split('\n');
  const line = ['convert', 'a', '--write', '--phase', 'add-access-entries', ...flags];
  const env = { ...process.env, PATH: `${traps}:${process.env['PATH'] ?? ''}` };
  const { status } = command(directory, line, { env });
  const found = execFileSync('ls', [traps], { encoding: 'utf8' }).split('\n');
  const asked = existsSync(join(traps, 'asked')) ? readFileSync(join(traps, 'asked'), 'utf8').trim().split('\n') : [];
  return { status, ran: found.filter(name => name.startsWith('ran-')), asked: [...new Set(asked)].toSorted() };
};

describe('of git', () => {
  test('nothing is asked without a flag that names it', () => {
    expect(inTrapped()).toEqual({ status: 0, ran: [], asked: [] });
  });

  test('--where-due runs no filter and no hook of the repository', () => {
    const { status, ran, asked } = inTrapped('--where-due');
    expect([status, ran]).toEqual([0, []]);
    expect(asked).not.toEqual([]);
  });

  test('--commit asks, adds and commits, and what the person has set up runs', () => {
    const { ran, asked } = inTrapped('--commit');
    expect(asked).toEqual(['add', 'check-ignore', 'commit', 'rev-parse', 'status']);
    expect(ran).toEqual(expect.arrayContaining(['ran-clean', 'ran-monitor', 'ran-pre-commit']));
  });
});
