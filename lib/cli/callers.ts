import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Refusal, type PhaseId } from '../diagnostics/index.ts';
import { isUnitFile, unitFile } from '../terraform/foreign-files.ts';
import { callsEks, mayWriteConfigMap, writesAwsAuth } from '../parser/callers/look.ts';
import type { CallerPlace, RootPlace } from '../parser/index.ts';
import { runtimeOf, type Host } from './host.ts';
import { kindOfEntry } from './io.ts';
import { filesOfUnit } from './included-files.ts';
import { finishJournal, interrupted } from './journal.ts';
import { followLink, isInside, repositoryRoot, type Tree } from './links.ts';
import { isTerraformFile, journalName } from './module-files.ts';
import {
  findModule,
  readIfText,
  readLocalModules,
  readNamedFiles,
  readText,
  type ModuleSource,
} from './read-module.ts';
import { callersIn, filesIn, leadsOf, rootsAmong, sourcesTo, textPlaces, textsByName, textsIn } from './who-calls.ts';

/** The directory to convert for a path, and whether a module that makes a cluster is called there. */
export type Behind = { readonly path: string; readonly isCaller: boolean };

/**
 * The directory to convert for a path is that of the module which makes the cluster, where the root module at the path does no more
 * than call it. Of several such modules none is meant.
 */
export const moduleBehind = async (path: string, host: Host): Promise<Behind> => {
  const { cwd } = host;
  const { directory } = await findModule(path, cwd);
  const names = await filesIn(directory);
  const places = await textPlaces(directory, names);
  if (places.some(({ texts }) => texts.some(([, text]) => callsEks(text)))) return { path, isCaller: false };
  const repository = await repositoryRoot(directory);
  const around = treeAround(repository, directory, cwd) ?? directory;
  const behind = new Set<string>();
  const { leads } = await leadsOf(directory, places, host);
  for (const real of leads.values()) {
    if (!isInside(around, real) || (await repositoryRoot(real)) !== repository) continue;
    const called = textsIn(real, await filesIn(real));
    if (called.some(callsEks)) behind.add(real);
  }
  const [only, ...others] = behind;
  if (only === undefined || others.length > 0) return { path, isCaller: false };
  const isOwn = await hasConfigMap(directory, names, host);
  return { path: isOwn ? path : relative(cwd, only) || '.', isCaller: true };
};

/** Whether a root module writes aws-auth by a resource of its own: it has rows to convert then, whoever makes the cluster. */
const hasConfigMap = async (directory: string, names: readonly string[], host: Host): Promise<boolean> => {
  const own = textsByName(directory, names);
  const texts = own.map(([, text]) => text);
  if (!texts.some(mayWriteConfigMap)) return false;
  const load = runtimeOf(host);
  const place = { directory, label: directory };
  const named = await readNamedFiles(place, new Map(own), { directory, name: 'the root module' }, load);
  const runtime = await load();
  const { readRootModule } = await import('../terraform/index.ts');
  const { readRawResources } = await import('../parser/index.ts');
  const module = await readRootModule(new Map([...own, ...named]), runtime).catch(nothingRead);
  return module !== undefined && (await readRawResources(module)).length > 0;
};

/** Who reads it in earnest says why it cannot be read. */
const nothingRead = (error: unknown): undefined => {
  if (!(error instanceof Refusal)) throw error;
};

/**
 * Where callers of a module are looked for: in its repository, in none in the working directory above it, or else, outside of here, in
 * what was given. A home and the root of a disk hold too much that is somebody else's.
 */
const treeAround = (repository: string | undefined, directory: string, cwd: string): string | undefined => {
  if (repository !== undefined) return repository;
  const isTree = cwd !== directory && isInside(cwd, directory) && cwd !== homedir() && dirname(cwd) !== cwd;
  return isTree ? cwd : undefined;
};

/** Whether a directory of a tree is worth a run: it seems to make a cluster or to write aws-auth. */
export const mayHaveCluster = async (path: string, cwd: string): Promise<boolean> => {
  const { directory } = await findModule(path, cwd);
  const places = await textPlaces(directory, await filesIn(directory));
  return places.some(({ texts }) => texts.some(([, text]) => callsEks(text) || writesAwsAuth(text)));
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
  if (!texts.some(callsEks)) return { files, links, callers: [] };
  const repository = await repositoryRoot(directory);
  const root = treeAround(repository, directory, host.cwd) ?? (await findModule(start, '/')).directory;
  if (root === directory || !isInside(root, directory)) return { files, links, callers: [] };
  const tree: Tree = { directory: root, name: 'the repository' };
  const modules = await callersIn(root, host);
  const isShown = ({ directory: at }: { readonly directory: string }): boolean => isExample(relative(root, at));
  // An environment may be called test: others lie beside it.
  const isEnvironment = (at: string): boolean =>
    modules.some(one => dirname(one.directory) === dirname(at) && one.directory !== directory && !isShown(one));
  const rootsOf = rootsAmong(modules.filter(module => !isShown(module) || isEnvironment(module.directory)));
  const [read, readLinks, callers] = [new Map(files), new Map(links), [] as CallerPlace[]];
  for (const module of modules) {
    if (isInside(directory, module.directory)) continue;
    const { names } = module;
    const sources = sourcesTo(directory, module);
    if (sources.length === 0) continue;
    const place = relative(directory, module.directory).split(sep).join('/');
    const caller = join(label, place);
    // In another repository, such as a submodule.
    let isElsewhere = (await repositoryRoot(module.directory)) !== repository;
    // What a run in another repository left there is finished there.
    if (!isElsewhere && finish !== undefined) await finishJournal(module.directory, caller, finish);
    else if (!isElsewhere && (await kindOfEntry(join(module.directory, journalName))) !== undefined)
      throw interrupted(module.directory, caller);
    for (const [name, text] of await filesBeside(module.directory, names, caller, tree))
      read.set(`${place}/${name}`, text);
    const own = new Map<string, string>();
    for (const name of names) {
      const at = join(module.directory, name);
      const real = await followLink(at, join(caller, name), tree);
      const text = await readText(real, join(caller, name));
      own.set(name, text);
      read.set(`${place}/${name}`, text);
      isElsewhere ||= real !== at && (await repositoryRoot(dirname(real))) !== repository;
      if (real !== at) readLinks.set(`${place}/${name}`, relative(directory, real).split(sep).join('/'));
    }
    const at = { directory: module.directory, label: caller };
    const inside: Tree = { directory: module.directory, name: 'the root module' };
    const named = await readNamedFiles(at, own, inside, runtimeOf(host));
    for (const [name, text] of [...named, ...(await readLocalModules(at, own, tree, runtimeOf(host)))])
      if (!isInside(directory, resolve(module.directory, name))) read.set(`${place}/${name}`, text);
    const roots = rootsOf(module.directory).map((one): RootPlace => {
      const way = relative(directory, one.directory).split(sep).join('/');
      return {
        directory: way,
        label: join(label, way),
        ...(one.names.some(isUnitFile) ? { isUnit: true } : {}),
      };
    });
    callers.push({
      directory: place,
      label: caller,
      sources,
      ...(roots.length > 0 ? { roots } : {}),
      ...(isElsewhere ? { isElsewhere } : {}),
    });
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
