import { isUtf8 } from 'node:buffer';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { concernsAccess } from '../../checker/concerns.ts';
import { mayGenerateAccess } from '../../parser/callers/look.ts';
import { configName } from '../../config/config.ts';
import { isForeignFile, jsonUnitFile, unitFile } from '../../terraform/foreign-files.ts';
import { hasOwnSource, includedTexts, sourceTexts } from '../included-files.ts';
import { kindOf, listDirectory, readBytes, realPath, type Kind, type Listed } from '../io.ts';
import type { Tree } from '../links.ts';
import { hasManifest, manifestName } from '../manifest.ts';
import {
  entriesModule,
  hasInputRows,
  isTerraformFile,
  isUnitOfEks,
  journalName,
  warningName,
} from '../module-files.ts';

/**
 * A directory that is a root module: as it is called, and its real path. `tree`: what was looked through when it was found.
 * `concerned`: something in it is of interest, or it cannot be read.
 */
export type FoundModule = {
  readonly path: string;
  readonly directory: string;
  readonly tree: Tree;
  readonly concerned: boolean;
  /** It has no more than files that units of Terragrunt include. */
  readonly isShared?: true;
};

/** `walked`: the real paths of directories that were looked through. What is not found below them is not there. */
export type Found = { readonly modules: readonly FoundModule[]; readonly walked: readonly string[] };

/** A directory to look at, with those below it or alone. `real` tells links apart from what they lead to. */
type Place = { readonly directory: string; readonly real: string; readonly deep: boolean; readonly tree: Tree };

type Looked = { readonly module?: FoundModule; readonly below: readonly Place[] };

/** Copies of modules, packages, history: nothing in there is written by hand. */
const skipped = new Set(['.terraform', '.terragrunt-cache', '.git', 'node_modules']);

/**
 * The root modules that paths stand for, each once, with a first look at the texts of their files: of a hook's many files few are
 * of interest. A file stands for its directory, a directory for itself and, with `recursive`, for those below it. What cannot be
 * read counts as of interest, so that it is read in earnest and said to be unreadable. With `units` each unit of Terragrunt is one.
 */
export const findModules = async (
  paths: readonly string[],
  cwd: string,
  { recursive = true, units = false } = {},
): Promise<Found> => {
  const found = new Map<string, FoundModule>();
  const start = await startingPlaces(paths, cwd, recursive);
  let level: readonly Place[] = start;
  while (level.length > 0) {
    const looked = await inTurns(level, place => look(place, cwd, units));
    level.forEach(({ real }, index) => {
      const module = looked[index]?.module;
      if (module && !found.has(real)) found.set(real, module);
    });
    level = looked.flatMap(one => one.below);
  }
  return {
    modules: [...found.values()].toSorted(({ path: a }, { path: b }) => (a < b ? -1 : 1)),
    walked: start.flatMap(({ deep, real }) => (deep ? [real] : [])),
  };
};

/** Each directory once, whatever number of its files is named. */
const startingPlaces = async (paths: readonly string[], cwd: string, recursive: boolean): Promise<readonly Place[]> => {
  const places = new Map<string, Pick<Place, 'directory' | 'deep'>>();
  const kinds = await inTurns([...new Set(paths.map(path => resolve(cwd, path)))], async path => {
    return { path, kind: await kindOf(path).catch((): Kind => 'other') };
  });
  for (const { path, kind } of kinds) {
    const directory = kind === 'file' ? dirname(path) : path;
    const deep = (recursive && kind === 'directory') || places.get(directory)?.deep === true;
    places.set(directory, { directory, deep });
  }
  return inTurns([...places.values()], async place => {
    const real = (await realPath(place.directory).catch(() => undefined)) ?? place.directory;
    return { ...place, real, tree: { directory: real, name: 'the directory that is checked' } };
  });
};

const look = async ({ directory, real, deep, tree }: Place, cwd: string, units: boolean): Promise<Looked> => {
  // As it is called from where the command runs.
  const path = relative(cwd, directory) || '.';
  try {
    const entries = await listDirectory(directory);
    if (isOutput(directory, entries) || isInEntriesModule(real)) return { below: [] };
    const below = entries
      .filter(({ name, kind }) => deep && kind === 'directory' && !skipped.has(name))
      .map(({ name }) => ({ directory: join(directory, name), real: join(real, name), deep, tree }));
    const files = entries.filter(({ kind }) => kind !== 'directory');
    const sources = files.filter(({ name }) => isTerraformFile(name));
    const unit = files.some(({ name }) => name === unitFile) ? await lookAtUnit(directory, tree) : undefined;
    const isHanded = unit?.isOfInterest === true || files.some(({ name }) => hasInputRows(directory, name));
    const isUnit = unit !== undefined || files.some(({ name }) => name === jsonUnitFile);
    if (sources.length === 0 && !isHanded && !(units && isUnit)) return { below };
    const marked = entries.some(({ name }) => name === journalName || name === configName);
    const concerned = marked || isHanded || (await someConcern(directory, sources));
    const isComposed = files.some(({ name }) => name !== unitFile && isForeignFile(name));
    const isShared = sources.length === 0 && !isComposed && !unit?.hasSource;
    return { module: { path, directory: real, tree, concerned, ...(isShared ? { isShared } : {}) }, below };
  } catch {
    return { module: { path, directory: real, tree, concerned: true }, below: [] };
  }
};

/** What cannot be read has nothing: it may be encrypted. */
const lookAtUnit = async (
  directory: string,
  tree: Tree,
): Promise<{ readonly isOfInterest: boolean; readonly hasSource: boolean }> => {
  try {
    const text = readBytes(join(directory, unitFile))?.toString('latin1') ?? '';
    const texts = (await sourceTexts(text, directory, tree)).map(one => one.text);
    const isOfInterest = isUnitOfEks(text, texts) || (await generatesAccess(text, directory, tree));
    return { isOfInterest, hasSource: texts.some(hasOwnSource) };
  } catch {
    return { isOfInterest: false, hasSource: true };
  }
};

/** A file that it includes may do so for it. */
const generatesAccess = async (text: string, directory: string, tree: Tree): Promise<boolean> =>
  mayGenerateAccess(text) ||
  [...((await includedTexts(text, directory, tree)) ?? new Map<string, string>()).values()].some(mayGenerateAccess);

/** Our output, or a phase of it: copies of the root module. */
const isOutput = (directory: string, entries: readonly Listed[]): boolean => {
  const has = (wanted: string): boolean => entries.some(({ name, kind }) => name === wanted && kind === 'file');
  return (has(manifestName) && hasManifest(directory)) || (has(warningName) && hasManifest(dirname(directory)));
};

/** The module that we copy beside a root module, or the one of its tests. One of that name that is somebody's has another first line. */
const isInEntriesModule = (directory: string): boolean => {
  const parts = directory.split(sep);
  const last = parts.lastIndexOf(entriesModule);
  if (last === -1) return false;
  const main = readBytes(join(parts.slice(0, last + 1).join(sep), 'main.tf'));
  return main?.toString('latin1').startsWith(`# ${entriesModule} `) === true;
};

const someConcern = async (directory: string, files: readonly Listed[]): Promise<boolean> => {
  for (const { name, kind } of files) {
    const path = join(directory, name);
    const behind = kind === 'link' ? await kindOf(path) : kind;
    if (behind === 'directory') continue;
    const bytes = behind === 'file' ? readBytes(path) : undefined;
    if (bytes === undefined || !isUtf8(bytes) || concernsAccess(bytes.toString('latin1'))) return true;
  }
  return false;
};

/** As many at once as keeps the disk busy without using up what files may be open. */
const inTurns = async <Item, Result>(
  items: readonly Item[],
  task: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await task(item);
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return results;
};
