import type { Conversion } from '../../convert.ts';
import { defined, diagnose, isPhaseBefore, refusalOf, type PhaseId } from '../../diagnostics/index.ts';
import { modulesJsonPath } from '../../terraform/modules-json.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import type { Decision } from '../decide-phase.ts';
import { askGit, firstLine, git, gitFailure } from '../git.ts';
import { autoLoadedFiles } from '../auto-loaded-files.ts';
import type { Host } from '../host.ts';
import { repositoryRoot } from '../links.ts';
import { isModuleFile } from '../module-files.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import type { ModuleSource } from '../read-module.ts';
import type { ModuleRun } from '../run-module.ts';

/**
 * What is decided about a phase that is due, where the phase before it is not in the last commit. It is said at once: what else is to
 * say about the root module would stop the commit of that phase.
 */
export const waitsForCommit = async (
  run: ModuleRun,
  phase: PhaseId,
  flags: ConvertFlags,
  host: Host,
): Promise<Decision | undefined> => {
  try {
    const last = await phaseNotInHead(run, host);
    if (last === undefined) return undefined;
    const diagnostic = diagnose('TAE122', { phase, last, path: run.label });
    if (!flags.quiet) printDiagnostics(diagnostic, host, flags);
    return { kind: 'nothing', diagnostic };
  } catch (error) {
    const [diagnostic, ...others] = refusalOf(error);
    if (diagnostic === undefined) throw error;
    run.diagnostics.push(diagnostic, ...others);
    return { kind: 'refused', diagnostic };
  }
};

/**
 * The last phase of the source, where the last commit does not have it yet: what is written now would get into the commit that holds
 * it, and the two would be one apply. Undefined where it has it, or there is no commit to ask.
 */
const phaseNotInHead = async ({ source, result, ...run }: ModuleRun, host: Host): Promise<PhaseId | undefined> => {
  const last = result?.sourcePhase;
  if (source === undefined || result === undefined || (last && isInCalls(last, result.state))) return undefined;
  const head = await filesInHead(source);
  if (head === undefined || isSame(head, source.files)) return undefined;
  const { convert, runtime } = await host.pipeline();
  const { config, configs, awsAuth, environments, variableFiles } = run;
  const { sourcePhase, report } = await convert(head, {
    runtime,
    revisions: false,
    // What values say is no part of the commit.
    autoLoadedFiles: place => autoLoadedFiles({ ...run, source }, place, host),
    ...defined({
      config,
      configs: configs?.map(file => ({ ...file, isShared: true })),
      awsAuth,
      environments,
      variableFiles,
    }),
  });
  // Phase 0 is no phase that a source is at: there it was still to be written, and here it is no more.
  if (last === undefined) return isOpen(report) && !isOpen(result.report) ? 'split-aws-auth' : undefined;
  return sourcePhase !== undefined && !isPhaseBefore(sourcePhase, last) ? undefined : last;
};

const isOpen = ({ phases }: Conversion['report']): boolean =>
  phases.some(({ id, status }) => id === 'split-aws-auth' && status !== 'done');

/** Whether those who call the module give the mode: their files are not looked up in the commit. */
const isInCalls = (phase: PhaseId, state: NonNullable<ModuleRun['result']>['state']): boolean =>
  (phase === 'enable-api' || phase === 'api-only') && (state?.modes?.size ?? 0) > 0 && (state?.calls ?? []).length > 0;

/** The files of a root module as the last commit has them; undefined without a repository, or a commit in it. */
const filesInHead = async (source: ModuleSource): Promise<ReadonlyMap<string, string> | undefined> => {
  const { files, links } = source;
  if ((await repositoryRoot(source.directory)) === undefined) return undefined;
  const { status, stderr } = await git(source, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (status === 1) return undefined;
  if (status !== 0) throw gitFailure(source, firstLine(stderr));
  const found = new Map<string, string>();
  const modules = files.get(modulesJsonPath);
  if (modules !== undefined) found.set(modulesJsonPath, modules);
  const listed = (await askGit(source, 'ls-tree', '-r', '-z', 'HEAD', './')).toString('utf8').split('\0');
  const blobs = new Map(listed.flatMap(line => blobOf(line) ?? []));
  for (const name of new Set([...files.keys(), ...[...blobs.keys()].filter(isInModule)])) {
    const blob = blobs.get(links.get(name) ?? name);
    // Neither `git show` nor a filter: the bytes as they are, and no command of the repository's is run.
    if (blob !== undefined) found.set(name, (await askGit(source, 'cat-file', 'blob', blob)).toString('utf8'));
  }
  return found;
};

/** Those of sub-directories are of other modules. */
const isInModule = (path: string): boolean => !path.includes('/') && isModuleFile(path);

/** `<mode> blob <hash>\t<path>`, of a regular file. Source: git-ls-tree(1). */
const blobOf = (line: string): readonly (readonly [path: string, hash: string])[] | undefined => {
  const [, hash, path] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
  return hash === undefined || path === undefined ? undefined : [[path, hash]];
};

const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([name, text]) => b.get(name) === text);
