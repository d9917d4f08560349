import { join, relative, sep } from 'node:path';
import { diagnose, Refusal, type PhaseId } from '../../diagnostics/index.ts';
import { terminalText } from '../../escape/terminal.ts';
import { askGit, git, type GitPlace } from '../git.ts';
import type { Host } from '../host.ts';
import { kindOfEntry } from '../io.ts';
import { repositoryRoot } from '../links.ts';
import type { ModuleRun } from '../run-module.ts';
import type { Change } from '../write-files.ts';
import { commitMessage } from './commit-message.ts';

/** The repository of a commit that can be made. */
export type CommitPlace = GitPlace;

/**
 * Where the changes can be committed; throws where they cannot. Nothing but what is written may get into the commit, so that its
 * plan shows what the message says. Files that git does not know, and that are not read, may lie about: a snapshot, a plan.
 */
export const placeOfCommit = async (runs: readonly ModuleRun[], changes: readonly Change[]): Promise<CommitPlace> => {
  const place = await repositoryOf(runs);
  const operation = await operationIn(place);
  if (operation !== undefined) throw refused(`${operation} is under way`);
  const called = (path: string): string => relative(place.directory, path).split(sep).join('/');
  const written = changes.map(({ path }) => called(path));
  const read = runs.flatMap(({ source, configs = [] }) =>
    source === undefined
      ? []
      : [...source.files.keys(), ...configs.flatMap(({ name }) => name ?? [])].map(file =>
          called(join(source.directory, file)),
        ),
  );
  const files = new Set([...written, ...read]);
  const states = await statesOf(place);
  const dirty = states.filter(({ state, path }) => state !== '??' || files.has(path)).map(({ path }) => path);
  if (dirty.length > 0) {
    const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
    throw refused(
      `${dirty.slice(0, 3).join(', ')}${more} ${dirty.length === 1 ? 'is' : 'are'} changed and not committed`,
    );
  }
  const asked = await git(place, ['check-ignore', '-z', '--stdin'], written.join('\0'));
  const ignored = asked.stdout.toString('utf8').split('\0');
  if (ignored[0]) throw refused(`git ignores ${ignored[0]}`);
  return place;
};

/** Commits the changes, with the hooks and the identity that git has; returns how git calls the commit. */
export const commitChanges = async (
  place: CommitPlace,
  phase: PhaseId,
  runs: readonly ModuleRun[],
  changes: readonly Change[],
  host: Host,
): Promise<string> => {
  const paths = changes.map(({ path }) => relative(place.directory, path));
  const modules = runs.map(run => ({
    run,
    name:
      relative(place.directory, run.source?.directory ?? '')
        .split(sep)
        .join('/') || 'the root of the repository',
  }));
  const steps: readonly (readonly [args: readonly string[], input: string])[] = [
    [['--literal-pathspecs', 'add', '--', ...paths], ''],
    [['commit', '--cleanup=whitespace', '--file=-'], commitMessage(phase, modules)],
  ];
  for (const [args, input] of steps) {
    const { status, stdout, stderr } = await git(place, args, input);
    if (status === 0) continue;
    const said = [stdout.toString('utf8').trim(), stderr].filter(text => text !== '').join('\n');
    host.stderr(`${said.split('\n').map(terminalText).join('\n')}\n`);
    throw new Refusal(
      diagnose('TAE118', { step: `git ${args.find(word => !word.startsWith('-'))}`, status: String(status) }),
    );
  }
  return (await askGit(place, 'rev-parse', '--short', 'HEAD')).toString('utf8').trim();
};

const refused = (reason: string): Refusal => new Refusal(diagnose('TAE117', { reason }));

const repositoryOf = async (runs: readonly ModuleRun[]): Promise<CommitPlace> => {
  const roots = new Map<string, string>();
  for (const { source, label } of runs) {
    const root = source && (await repositoryRoot(source.directory));
    if (root === undefined) throw refused(`${label} is in no git repository`);
    if (!roots.has(root)) roots.set(root, label);
  }
  const [[directory, label] = ['', ''], second] = [...roots];
  if (second !== undefined) throw refused('the root modules are in two repositories');
  return { directory, label };
};

/** What git has begun and not ended. Source: git-status(1), and builtin/commit.c of git, determine_whence. */
const operations = {
  MERGE_HEAD: 'a merge',
  CHERRY_PICK_HEAD: 'a cherry-pick',
  REVERT_HEAD: 'a revert',
  'rebase-merge': 'a rebase',
  'rebase-apply': 'a rebase',
} as const;

const operationIn = async (place: GitPlace): Promise<string | undefined> => {
  const directory = (await askGit(place, 'rev-parse', '--absolute-git-dir')).toString('utf8').replace(/\n$/, '');
  for (const [name, operation] of Object.entries(operations)) {
    if ((await kindOfEntry(join(directory, name))) !== undefined) return operation;
  }
  return undefined;
};

type State = { readonly state: string; readonly path: string };

/** `XY <path>`, with a NUL after each. Source: git-status(1), porcelain format version 1. */
const statesOf = async (place: GitPlace): Promise<readonly State[]> => {
  const flags = ['--porcelain=v1', '-z', '--no-renames', '--untracked-files=all', '--ignore-submodules=dirty'];
  const lines = (await askGit(place, 'status', ...flags)).toString('utf8').split('\0');
  return lines.filter(Boolean).map(line => ({ state: line.slice(0, 2), path: line.slice(3) }));
};
