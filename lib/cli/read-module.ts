import { dirname, join, relative, resolve, sep } from 'node:path';
import { diagnose, Refusal, refusalOf, type Diagnostic } from '../diagnostics/index.ts';
import { unitFile } from '../terraform/foreign-files.ts';
import { callsEks, mayWriteConfigMap, namesAwsAuth } from '../parser/callers/look.ts';
import { filesOfUnit } from './included-files.ts';
import { localDirectory } from '../terraform/local-source.ts';
import { modulesJsonPath } from '../terraform/modules-json.ts';
import type { Runtime } from '../terraform/read-root-module.ts';
import { sourcesIn } from './local-sources.ts';
import { calledEntries, listCalledEntries, listPlaceOfEntries } from './entries-module.ts';
import { computedFiles } from './computed-files.ts';
import { FileProblem, reasonOf } from './file-problem.ts';
import { filesOfFilesets } from './filesets.ts';
import { refusing } from './refusing.ts';
import { kindOf, listDirectory, readBytes, realPath, type Listed } from './io.ts';
import { interrupted } from './journal.ts';
import { followLink, isInside, repositoryOr, type Tree } from './links.ts';
import {
  computesFiles,
  entriesModule as entriesModuleName,
  filesets,
  hasInputRows,
  isInGit,
  isModuleFile,
  isTerraformFile,
  journalName,
  mayHandRows,
  mayListManifests,
  mayNameRows,
  namedFiles,
} from './module-files.ts';

/** A root module as it is on the disk. */
export type ModuleSource = {
  /** The real path of its directory; empty for stdin. */
  readonly directory: string;
  /** How messages name it. */
  readonly label: string;
  readonly files: ReadonlyMap<string, string>;
  /** Where the text of a file is that is a link: a path from the directory. */
  readonly links: ReadonlyMap<string, string>;
  /** The directory above the module and its callers, where there are some. */
  readonly top?: string;
  readonly diagnostics: readonly Diagnostic[];
};

export type ReadModuleOptions = {
  /** Where links may lead; without it into the directory, as is right for those who write. */
  readonly tree?: Tree;
  /** Where the Terraform module lies that converts rows at plan time. */
  readonly entriesModule?: string;
  /** Whether files of Terragrunt are read that hand over rows, whatever they are called. */
  readonly inputs?: boolean;
  /** What reads the source of a call that is an expression: without it such a call is not followed. */
  readonly runtime?: () => Promise<Runtime>;
};

/**
 * Reads the directory at `path`, or the one of the file at `path`. Sub-directories are other modules, of which ours are
 * read too: where one is to be written, and those that are called.
 */
export const readModule = async (
  path: string,
  cwd: string,
  { tree, entriesModule = entriesModuleName, inputs = false, runtime }: ReadModuleOptions = {},
): Promise<ModuleSource> => {
  const { directory, label } = await findModule(path, cwd);
  const inside = tree ?? { directory, name: 'the root module' };
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  const refused: Diagnostic[] = [];
  const read = async ({ name, kind }: Listed): Promise<void> => {
    try {
      const called = join(label, name);
      const at = join(directory, name);
      const real = kind === 'link' ? await followLink(at, called, inside) : at;
      if (kind === 'link' && (await kindOf(real)) === 'directory') return;
      if (real !== at) links.set(name, relative(directory, real).split(sep).join('/'));
      files.set(name, await readText(real, called));
    } catch (error) {
      refused.push(...refusalOf(error));
    }
  };
  for (const file of await listModule(directory, label, inputs)) await read(file);
  const called = new Set([entriesModule, ...calledEntries(files.values())]);
  for (const place of called) {
    const list = place === entriesModule ? listPlaceOfEntries : listCalledEntries;
    const found = await refusing('TAE002', join(label, place), () => list(directory, place, inside.directory));
    for (const file of found) await read(file);
  }
  for (const [name, text] of await readNamedFiles({ directory, label }, files, inside, runtime))
    if (!files.has(name)) files.set(name, text);
  const around = await repositoryOr(directory, inside);
  const unit = files.get(unitFile);
  if (unit !== undefined) {
    const readMore = (name: string): Promise<string | undefined> =>
      readIfText(join(directory, name), join(label, name), around);
    for (const [name, text] of await filesOfUnit(unit, directory, around, readMore)) files.set(name, text);
  }
  if (refused.length > 0) throw new Refusal(...refused);
  for (const [name, text] of await readLocalModules({ directory, label }, files, around, runtime))
    if (!files.has(name)) files.set(name, text);
  const modules = await readModulesJson(directory, label);
  if (modules.text !== undefined) files.set(modulesJsonPath, modules.text);
  return { directory, label, files, links, diagnostics: modules.diagnostics };
};

/** The directory that `path` stands for, with links resolved. */
export const findModule = (path: string, cwd: string): Promise<Pick<ModuleSource, 'directory' | 'label'>> =>
  refusing('TAE002', path, async () => {
    const absolute = resolve(cwd, path);
    const kind = await kindOf(absolute);
    const directory = await realPath(kind === 'directory' ? absolute : dirname(absolute));
    if (kind === undefined || directory === undefined) throw new Refusal(diagnose('TAE001', { path }));
    if (kind !== 'file' && kind !== 'directory') throw new FileProblem('it is neither a file nor a directory');
    return { directory, label: kind === 'directory' ? withoutSlash(path) : dirname(path) };
  });

const withoutSlash = (path: string): string => join(path).replace(/(?<=.)[/\\]$/, '');

const listModule = (directory: string, label: string, inputs: boolean): ReturnType<typeof listDirectory> =>
  refusing('TAE002', label, async () => {
    const entries = await listDirectory(directory);
    if (entries.some(({ name }) => name === journalName)) throw interrupted(directory, label);
    const isRead = ({ name }: Listed): boolean => isModuleFile(name) || (inputs && hasInputRows(directory, name));
    return entries.filter(one => one.kind !== 'directory' && isRead(one));
  });

type Place = Pick<ModuleSource, 'directory' | 'label'>;

/** The files by their path from the directory on, without those that cannot be read. */
const readAll = async (
  { directory, label }: Place,
  names: Iterable<string>,
  inside: Tree,
): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const name of names) {
    const text = await readIfText(join(directory, name), join(label, name), inside);
    if (text !== undefined) files.set(name, text);
  }
  return files;
};

/** The files in which a directory may have rows of aws-auth, those of a `fileset` included. */
export const readNamedFiles = async (
  place: Place,
  own: ReadonlyMap<string, string>,
  inside: Tree,
  runtime?: () => Promise<Runtime>,
): Promise<ReadonlyMap<string, string>> => {
  const texts = [...own.values()];
  if (!mayNameRows(texts)) return new Map();
  const computed = runtime && texts.some(computesFiles) ? await computedFiles(own, runtime) : undefined;
  const calls = mayListManifests(texts) ? [...filesets(texts), ...(computed?.filesets ?? [])] : [];
  const listed = await filesOfFilesets(place.directory, calls);
  const named = [...namedFiles(texts), ...(computed?.names ?? [])].filter(name => name !== '' && !isInGit(name));
  return readAll(place, new Set([...named, ...listed]), inside);
};

/** The local modules that a directory may hand rows to, or that may write rows into aws-auth of its cluster. */
export const readLocalModules = async (
  place: Place,
  own: ReadonlyMap<string, string>,
  around: Tree,
  runtime?: () => Promise<Runtime>,
): Promise<ReadonlyMap<string, string>> => {
  const texts = [...own.values()];
  const mayHand = texts.some(mayHandRows);
  if (!mayHand && !texts.some(callsEks)) return new Map();
  const { local } = await sourcesIn(own, runtime);
  const places = new Set(local.flatMap(source => localDirectory(source) || []));
  const files = await readAll(place, await filesOfLocalModules(place.directory, places, around), around);
  // Each module that is kept is parsed, and most that are called beside a cluster have nothing to do with aws-auth.
  return mayHand || [...files.values()].some(text => namesAwsAuth(text) || mayWriteConfigMap(text)) ? files : new Map();
};

/** The files of local modules that may be handed rows, as paths from the root module on; only those inside of the repository. */
const filesOfLocalModules = async (
  directory: string,
  places: ReadonlySet<string>,
  around: Tree,
): Promise<readonly string[]> => {
  const found = await Promise.all(
    [...places].map(async place => {
      const real = await realPath(join(directory, place)).catch(() => undefined);
      if (real === undefined || !isInside(around.directory, real) || (await kindOf(real)) !== 'directory') return [];
      const names = (await listDirectory(real)).filter(
        ({ kind, name }) => kind !== 'directory' && isTerraformFile(name),
      );
      return names.map(({ name }) => `${place}/${name}`);
    }),
  );
  return found.flat();
};

/** Undefined where there is no such text: Terraform says what it makes of that, and here nothing of it is known. */
export const readIfText = async (path: string, label: string, inside: Tree): Promise<string | undefined> => {
  try {
    return await readText(await followLink(path, label, inside), label);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

/** The text of a file that was found. Only bytes that are UTF-8 are read; a byte order mark stays. */
export const readText = async (path: string, label: string): Promise<string> => {
  const bytes = await refusing('TAE002', label, () => readBytes(path, { links: false }));
  if (bytes === undefined) throw new Refusal(diagnose('TAE001', { path: label }));
  return decode(bytes, label);
};

export const decode = (bytes: Uint8Array, label: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal(diagnose('TAE004', { path: label }));
  }
};

/** What `terraform init` installed. Without it the versions come from the constraints. */
const readModulesJson = async (
  directory: string,
  label: string,
): Promise<{ readonly text?: string; readonly diagnostics: readonly Diagnostic[] }> => {
  try {
    const real = await realPath(join(directory, modulesJsonPath));
    const tree = await repositoryOr(directory, { directory, name: 'its directory' });
    if (real !== undefined && !isInside(tree.directory, real)) throw new FileProblem(`it is outside ${tree.name}`);
    const bytes = real === undefined ? undefined : readBytes(real, { links: false });
    return bytes === undefined ? { diagnostics: [] } : { text: decode(bytes, label), diagnostics: [] };
  } catch (error) {
    const reason = error instanceof Refusal ? 'it is not UTF-8 text' : reasonOf(error);
    return { diagnostics: [diagnose('TAE013', { path: join(label, modulesJsonPath), reason })] };
  }
};
