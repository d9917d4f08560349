import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The builds: a file of Go modules each, and the tag of the code that differs. */
export const builds = [
  { modules: 'go.mod', tag: 'v07' },
  { modules: 'v06.mod', tag: 'v06' },
] as const;

export type Build = (typeof builds)[number];

export const versionOf = ({ modules }: Build): string =>
  /aws-iam-authenticator (v[\d.]+)/.exec(readFileSync(join(here, modules), 'utf8'))?.[1] ?? '';

/** Compiles the program into a directory; its path there. */
export const compile = ({ modules, tag }: Build, directory: string): string => {
  const path = join(directory, `authenticator-${tag}`);
  const { status, stderr, error } = spawnSync('go', ['build', `-modfile=${modules}`, '-tags', tag, '-o', path, '.'], {
    cwd: here,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`go build -modfile=${modules}: ${stderr}`);
  return path;
};

export type Data = Readonly<Record<string, string>>;

/** A ConfigMap, and the ARNs of callers as STS tells them. `times` is how often one calls, where chance decides. */
export type Question = { readonly data: Data; readonly callers: readonly Caller[] };
type Caller = { readonly arn: string; readonly times?: number };

export type Identity = { readonly username: string; readonly groups: readonly string[] };

type Mapping = { readonly username: string; readonly groups: readonly string[] | null };

/** What is kept of the ConfigMap, and the identities that each caller got: none if it is denied. */
export type Answer = {
  readonly roles: readonly (Mapping & { readonly rolearn?: string; readonly sso?: object })[];
  readonly users: readonly (Mapping & { readonly userarn: string })[];
  readonly accounts: readonly string[];
  readonly error?: string;
  readonly callers: readonly { readonly identities: readonly Identity[]; readonly error?: string }[];
};

export type Authenticator = {
  readonly build: Build;
  readonly ask: (question: Question) => Promise<Answer>;
  readonly stop: () => Promise<void>;
};

/** Starts the program. Questions are answered in their order. */
export const startAuthenticator = (build: Build, path: string): Authenticator => {
  const { stdin, stdout, stderr, ...child } = spawnPiped(path);
  const waiting: { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }[] = [];
  let said = '';
  stderr.setEncoding('utf8').on('data', text => (said += String(text)));
  createInterface({ input: stdout }).on('line', line => waiting.shift()?.resolve(JSON.parse(line) as Answer));
  const ended = new Promise<void>(resolve => {
    child.onClose(() => {
      for (const { reject } of waiting) reject(new Error(`the authenticator ended: ${said}`));
      resolve();
    });
  });
  return {
    build,
    ask: async question =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        stdin.write(`${JSON.stringify(question)}\n`);
      }),
    stop: async () => {
      stdin.end();
      await ended;
    },
  };
};

const spawnPiped = (path: string) => {
  const child = spawn(path, { stdio: 'pipe' });
  const { stdin, stdout, stderr } = child;
  // What is written after the end is told by the end.
  stdin.on('error', () => undefined);
  return { stdin, stdout, stderr, onClose: (listener: () => void) => child.on('close', listener) };
};
