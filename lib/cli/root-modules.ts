import { resolve } from 'node:path';
import type { Code } from '../diagnostics/index.ts';
import { findModules, type Found, type FoundModule } from './check/find-modules.ts';
import type { Behind } from './callers.ts';
import type { Host } from './host.ts';
import { kindOf, realPath, type Kind } from './io.ts';
import { stdinPath } from './arguments/syntax.ts';
import { findModule } from './read-module.ts';

/** What says that the cluster of a root module is in a module that it calls, or that another tool composes it. */
export const clusterElsewhere: readonly Code[] = ['TAE011', 'TAE030', 'TAE293'];

/**
 * The module to convert for a path: of a tree with one cluster that one. What cannot be read is said by whoever reads it in earnest.
 */
export const moduleToConvert = async (path: string, host: Host): Promise<string> => {
  if (path === stdinPath) return path;
  const [only, ...others] = await modulesToConvert([path], host);
  return only && others.length === 0 ? only.path : path;
};

/**
 * A module to convert, and the path that stands for it: of the module itself, or of one that calls it. `roots`: the directories of all
 * root modules that do.
 */
export type Place = { readonly path: string; readonly from: string; readonly roots: readonly string[] };

/**
 * Each module once that paths stand for, also where several of them call it. A directory that is no module, and has a module with
 * callers below it, stands for all that may have a cluster there.
 */
export const modulesToConvert = async (paths: readonly string[], host: Host): Promise<readonly Place[]> => {
  const { cwd } = host;
  const { moduleBehind } = await import('./callers.ts');
  const places = new Map<string, Place>();
  for (const given of await placesOf(paths, cwd)) {
    const below = await placesBelow(given, host);
    const { path } = await moduleBehind(given, host).catch(() => itself(given));
    const { label } = await findModule(given, cwd).catch(() => ({ label: given }));
    for (const place of below.length > 0 ? below : [{ path, from: given, roots: [label] }]) {
      const { directory } = await findModule(place.path, cwd).catch(() => ({ directory: place.path }));
      const before = places.get(directory);
      places.set(directory, { ...(before ?? place), roots: [...(before?.roots ?? []), ...place.roots] });
    }
  }
  return [...places.values()];
};

/** Of a root module that was found: where the module is which makes its cluster, the local one that it does no more than call, or itself. */
export const clusterOf = async (
  { path, directory }: FoundModule,
  host: Host,
): Promise<Pick<FoundModule, 'path' | 'directory'>> => {
  const { moduleBehind } = await import('./callers.ts');
  const behind = await moduleBehind(path, host).catch(() => itself(path));
  if (behind.path === path) return { path, directory };
  return { path: behind.path, directory: (await realPath(resolve(host.cwd, behind.path))) ?? behind.path };
};

const itself = (path: string): Behind => ({ path, isCaller: false });

const placesBelow = async (given: string, host: Host): Promise<readonly Place[]> => {
  const { cwd } = host;
  const { mayHaveCluster, moduleBehind } = await import('./callers.ts');
  const fleet = await findFleet([given], cwd, { units: true }).catch(() => undefined);
  const places: Place[] = [];
  let hasCallers = false;
  for (const { path: below, concerned } of fleet?.modules ?? []) {
    // Who calls a module may hand it rows under any name, so that its own text need not show them.
    const { path, isCaller } = await moduleBehind(below, host).catch(() => itself(below));
    hasCallers ||= isCaller;
    if (path !== below || (concerned && (await mayHaveCluster(below, cwd).catch(() => true))))
      places.push({ path, from: given, roots: [below] });
  }
  return hasCallers ? places : [];
};

/** Each directory once that paths stand for, by a path that was given: a file stands for its directory. */
const placesOf = async (paths: readonly string[], cwd: string): Promise<readonly string[]> => {
  const places = new Map<string, string>();
  for (const path of paths) {
    const { directory } = await findModule(path, cwd).catch(() => ({ directory: path }));
    if (!places.has(directory)) places.set(directory, path);
  }
  return [...places.values()];
};

/**
 * The root modules that paths stand for, where they are several: several directories are named, or one that is no root module and
 * holds some below it. What units of Terragrunt include makes none of it. Undefined for one root module. How many there are does not decide it: a tree with one of them is a tree.
 */
export const findFleet = async (
  paths: readonly string[],
  cwd: string,
  { units = false } = {},
): Promise<Found | undefined> => {
  const [first = '.', ...others] = await placesOf(paths, cwd);
  if (others.length > 0) return findModules(paths, cwd);
  if ((await kindOf(resolve(cwd, first)).catch((): Kind => 'other')) !== 'directory') return undefined;
  const { modules: here } = await findModules([first], cwd, { recursive: false });
  const [own] = here;
  if (own && !own.isShared) return undefined;
  const found = await findModules([first], cwd, { units });
  return found.modules.some(({ directory }) => directory !== own?.directory) ? found : undefined;
};
