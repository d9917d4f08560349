import { spawn } from 'node:child_process';
import { diagnose, Refusal } from '../diagnostics/index.ts';
import { errorCode } from './file-problem.ts';

/** A directory in a repository, and how messages call it. */
export type GitPlace = { readonly directory: string; readonly label: string };

export type GitOutcome = { readonly status: number | null; readonly stdout: Buffer; readonly stderr: string };

/** What a hook of git is started with: it says which repository the hook is of, and a root module may be in another. */
const ofAnotherRepository = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE)$/;

/** Runs git in a directory, with the person's own settings. No argument goes through a shell. */
export const git = async (place: GitPlace, args: readonly string[], input = ''): Promise<GitOutcome> => {
  const environment = Object.entries(process.env).filter(([name]) => !ofAnotherRepository.test(name));
  const child = spawn('git', [...args], {
    cwd: place.directory,
    env: Object.fromEntries(environment),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A git that ends early reads no more.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [stdout, stderr, status] = await Promise.all([
    bytesOf(child.stdout),
    bytesOf(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    }),
  ]).catch((error: unknown): never => {
    const reason = errorCode(error) === 'ENOENT' ? 'git is not installed' : `git does not start: ${errorCode(error)}`;
    throw gitFailure(place, reason);
  });
  return { status, stdout, stderr: stderr.toString('utf8').trim() };
};

/** Runs a command of git that only reads. */
export const askGit = async (place: GitPlace, ...args: readonly string[]): Promise<Buffer> => {
  const { status, stdout, stderr } = await git(place, args);
  if (status !== 0) throw gitFailure(place, firstLine(stderr));
  return stdout;
};

export const gitFailure = ({ label }: GitPlace, reason: string): Refusal =>
  new Refusal(diagnose('TAE119', { path: label, reason: reason.replace(/\.$/, '') }));

export const firstLine = (text: string): string =>
  text.split('\n').find(line => line.trim() !== '') ?? 'it does not say why';

const bytesOf = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};
