import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { PhaseId } from '../diagnostics/index.ts';
import { unitFile } from '../terraform/foreign-files.ts';
import { callsEks, localSources, takesVariables, writesAwsAuth } from '../parser/callers/look.ts';
import type { CallerPlace } from '../parser/index.ts';
import { findModules } from './check/find-modules.ts';
import type { Host } from './host.ts';
import { kindOf, kindOfEntry, listDirectory, readBytes, realPath } from './io.ts';
import { filesOfUnit, sourceTexts } from './included-files.ts';
import { finishJournal, interrupted } from './journal.ts';
import { followLink, isInside, repositoryRoot, type Tree } from './links.ts';
import { isTerraformFile, journalName } from './module-files.ts';
import { findModule, readIfText, readText, type ModuleSource } from './read-module.ts';

/**
 * The directory to convert for a path: that of the module which makes the cluster, where the root module at the path does no more
 * than call it. Of several such modules none is meant.
 */
export const moduleBehind = async (path: string, cwd: string): Promise<string> => {
  const { directory } = await findModule(path, cwd);
  const texts = await sourcesIn(directory, await filesIn(directory));
  if (texts.some(({ text }) => callsEks(text))) return path;
  const around = (await treeAround(directory, cwd)) ?? directory;
  const behind = new Set<string>();
  for (const [, real] of await leadsOf(directory, texts)) {
    if (!isInside(around, real)) continue;
    const called = textsIn(real, await filesIn(real));
    if (called.some(callsEks) && called.some(takesVariables)) behind.add(real);
  }
  const [only, ...others] = behind;
  return only === undefined || others.length > 0 ? path : relative(cwd, only) || '.';
};

/**
 * Where callers of a module are looked for: in its repository, in none in the working directory above it, or else, outside of here, in
 * what was given. A home and the root of a disk hold too much that is somebody else's.
 */
const treeAround = async (directory: string, cwd: string): Promise<string | undefined> => {
  const repository = await repositoryRoot(directory);
  if (repository !== undefined) return repository;
  const isTree = cwd !== directory && isInside(cwd, directory) && cwd !== homedir() && dirname(cwd) !== cwd;
  return isTree ? cwd : undefined;
};

/** Whether a directory of a tree is worth a run: it seems to make a cluster or to write aws-auth. */
export const mayHaveCluster = async (path: string, cwd: string): Promise<boolean> => {
  const { directory } = await findModule(path, cwd);
  return (await sourcesIn(directory, await filesIn(directory))).some(
    ({ text }) => callsEks(text) || writesAwsAuth(text),
  );
};

/** A module with the root modules of its repository that call it. */
export type Called = Pick<ModuleSource, 'files' | 'links' | 'top'> & { readonly callers: readonly CallerPlace[] };

/**
 * Looks through the repository for those who call a module, and reads their files. Those below the module, such as its examples, call
 * it as anybody may who is not in sight.
 */
export const readCalled = async (
  { directory, label, files, links }: Pick<ModuleSource, 'directory' | 'label' | 'files' | 'links'>,
  start: string,
  finish: PhaseId | undefined,
  host: Host,
): Promise<Called> => {
  const texts = [...files].flatMap(([name, text]) => (isTerraformFile(name) && !name.includes('/') ? [text] : []));
  if (!texts.some(callsEks) || !texts.some(takesVariables)) return { files, links, callers: [] };
  const root = (await treeAround(directory, host.cwd)) ?? (await findModule(start, '/')).directory;
  if (root === directory || !isInside(root, directory)) return { files, links, callers: [] };
  const tree: Tree = { directory: root, name: 'the repository' };
  const modules = await callersIn(root, host);
  const [read, readLinks, callers] = [new Map(files), new Map(links), [] as CallerPlace[]];
  for (const module of modules) {
    if (isInside(directory, module.directory)) continue;
    const { names } = module;
    const sources = sourcesTo(directory, module);
    if (sources.length === 0) continue;
    const place = relative(directory, module.directory).split(sep).join('/');
    const caller = join(label, place);
    if (finish !== undefined) await finishJournal(module.directory, caller, finish);
    else if ((await kindOfEntry(join(module.directory, journalName))) !== undefined)
      throw interrupted(module.directory, caller);
    for (const [name, text] of await filesBeside(module.directory, names, caller, tree))
      read.set(`${place}/${name}`, text);
    for (const name of names) {
      const at = join(module.directory, name);
      const real = await followLink(at, join(caller, name), tree);
      read.set(`${place}/${name}`, await readText(real, join(caller, name)));
      if (real !== at) readLinks.set(`${place}/${name}`, relative(directory, real).split(sep).join('/'));
    }
    const isCalled = modules.some(
      other => !isExample(relative(root, other.directory)) && sourcesTo(module.directory, other).length > 0,
    );
    callers.push({ directory: place, label: caller, sources, ...(isCalled ? { isCalled: true } : {}) });
  }
  // Whoever publishes a module shows how it is called. Its users are not in sight then, and their rows are not in the examples.
  if (callers.every(({ directory: place }) => isExample(relative(root, resolve(directory, place)))))
    return { files, links, callers: [] };
  return { files: read, links: readLinks, top: root, callers };
};

/** Source: developer.hashicorp.com/terraform/language/modules/develop/structure (examples/). */
const isExample = (path: string): boolean => path.split(sep).some(name => /^(examples?|tests?)$/.test(name));

/** What says more of a unit of Terragrunt. */
const filesBeside = async (
  directory: string,
  names: readonly string[],
  label: string,
  tree: Tree,
): Promise<ReadonlyMap<string, string>> =>
  names.includes(unitFile)
    ? filesOfUnit(textsIn(directory, [unitFile]).join(''), directory, tree, name =>
        readIfText(join(directory, name), join(label, name), tree),
      )
    : new Map();

/** A root module that calls local ones: its files, where each `source` leads, and those that only Terragrunt knows. */
type MayCall = {
  readonly directory: string;
  readonly names: readonly string[];
  readonly leads: ReadonlyMap<string, string>;
  readonly computed: readonly string[];
};

const looked = new WeakMap<Host, Map<string, Promise<readonly MayCall[]>>>();

/** Those of a repository. A command that goes through many modules looks once: none of its own edits changes who calls whom. */
const callersIn = (root: string, host: Host): Promise<readonly MayCall[]> => {
  const ofHost = looked.get(host) ?? new Map<string, Promise<readonly MayCall[]>>();
  looked.set(host, ofHost);
  const found = ofHost.get(root) ?? lookForCallers(root);
  ofHost.set(root, found);
  return found;
};

const lookForCallers = async (root: string): Promise<readonly MayCall[]> => {
  const { modules } = await findModules([root], '/', { units: true });
  const found: MayCall[] = [];
  for (const { directory } of modules) {
    const names = await filesIn(directory);
    const texts = await sourcesIn(directory, names);
    const leads = await leadsOf(directory, texts);
    const computed = texts.flatMap(({ text }) => computedSources(text));
    if (leads.size + computed.length > 0) found.push({ directory, names, leads, computed });
  }
  return found;
};

/** Where each local source leads, from the directory on or else from that of the text: of an included file it is one of the two. */
const leadsOf = async (
  directory: string,
  texts: Awaited<ReturnType<typeof sourcesIn>>,
): Promise<ReadonlyMap<string, string>> => {
  const leads = new Map<string, string>();
  for (const { text, directory: own } of texts) {
    for (const source of new Set(localSources(text))) {
      const real = (await directoryAt(resolve(directory, source))) ?? (await directoryAt(resolve(own, source)));
      if (real !== undefined) leads.set(source, real);
    }
  }
  return leads;
};

/** The texts of `source` that lead to the module. */
const sourcesTo = (module: string, { leads, computed }: MayCall): readonly string[] => [
  ...[...leads].flatMap(([source, real]) => (real === module ? [source, source.replace(/\/\/+/g, '/')] : [])),
  ...computed.filter(source => module.endsWith(tailOf(source))),
];

/** Sources that begin with what only Terragrunt knows, such as `${get_repo_root()}//modules/eks`. */
const computedSources = (text: string): readonly string[] =>
  [...text.matchAll(/\bsource\s*=\s*"([^"\n]*\}\/[^"{}\n]*)"/g)].flatMap(([, source = '']) => source);

const tailOf = (source: string): string =>
  source
    .slice(source.lastIndexOf('}') + 1)
    .replace(/\/\/+/g, '/')
    .replace(/\/$/, '')
    .split('/')
    .join(sep);

const directoryAt = async (path: string): Promise<string | undefined> => {
  const real = await realPath(path).catch(() => undefined);
  return real !== undefined && (await kindOf(real)) === 'directory' ? real : undefined;
};

const filesIn = async (directory: string): Promise<readonly string[]> =>
  (await listDirectory(directory))
    .filter(({ kind, name }) => kind !== 'directory' && (isTerraformFile(name) || name === unitFile))
    .map(({ name }) => name);

/** The texts that may have the sources of what a directory calls. */
const sourcesIn = async (directory: string, names: readonly string[]): ReturnType<typeof sourceTexts> => {
  const own = textsIn(
    directory,
    names.filter(name => name !== unitFile),
  ).map(text => ({ text, directory }));
  const [unit] = textsIn(
    directory,
    names.filter(name => name === unitFile),
  );
  return unit === undefined
    ? own
    : [...own, ...(await sourceTexts(unit, directory, { directory, name: 'its directory' }))];
};

/** What cannot be read says nothing here; who reads it in earnest says so. */
const textsIn = (directory: string, names: readonly string[]): readonly string[] =>
  names.flatMap(name => {
    try {
      return readBytes(join(directory, name))?.toString('latin1') ?? [];
    } catch {
      return [];
    }
  });
