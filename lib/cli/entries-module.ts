import { dirname, join, posix, relative } from 'node:path';
import { FileProblem } from './file-problem.ts';
import { kindOf, kindOfEntry, listDirectory, realPath, type Listed } from './io.ts';
import { isInside } from './links.ts';
import { entriesModule, isInGit, isTerraformFile } from './module-files.ts';

/**
 * The files of the Terraform module in `place`, a path from the root module on: those that we ship, and all others that Terraform
 * reads with them. `bounds` is where its real path must be: what lies elsewhere is not listed.
 */
const listFiles = async (directory: string, place: string, bounds: string): Promise<readonly Listed[]> => {
  const at = join(directory, place);
  const real = await realPath(at).catch(() => undefined);
  if (real === undefined || !isInside(bounds, real) || (await kindOf(real)) !== 'directory') return [];
  const shipped = await shippedPaths(place);
  const found: Listed[] = (await listDirectory(at))
    .map(({ name, kind }) => ({ name: `${place}/${name}`, kind }))
    .filter(
      ({ name, kind }) => kind !== 'directory' && (isTerraformFile(posix.basename(name)) || shipped.includes(name)),
    );
  for (const name of shipped.filter(path => dirname(path) !== place)) {
    const kind = await kindOfEntry(join(directory, name));
    if (kind !== undefined) found.push({ name, kind });
  }
  return found;
};

const shippedPaths = async (place: string): Promise<readonly string[]> => {
  const { moduleFiles } = await import('../emitter/modules.generated.ts');
  return Object.keys(moduleFiles).map(path => `${place}${path.slice(entriesModule.length)}`);
};

/**
 * Where the module is to be written: its files that are there, and the directories on the way to any of them that are links. One
 * that leads out of the root module is refused before anything is written through it.
 */
export const listPlaceOfEntries = async (
  directory: string,
  place: string,
  bounds: string,
): Promise<readonly Listed[]> => {
  const links: Listed[] = [];
  for (const name of await directoriesTo(directory, place)) {
    if ((await kindOfEntry(join(directory, name))) === 'link') links.push({ name, kind: 'link' });
    const real = await realPath(join(directory, name));
    if (isInGit(relative(directory, real ?? join(directory, name)))) throw new FileProblem('it leads into .git');
  }
  return [...links, ...(await listFiles(directory, place, bounds))];
};

const directoriesTo = async (directory: string, place: string): Promise<ReadonlySet<string>> => {
  const isThere = (await kindOf(join(directory, place)).catch(() => undefined)) === 'directory';
  const paths = isThere ? await shippedPaths(place) : [`${place}/main.tf`];
  const found = new Set<string>();
  for (const path of paths) for (let at = dirname(path); at !== '.'; at = dirname(at)) found.add(at);
  return found;
};

/**
 * The files of such a module that a call names. Nothing is written there, so what is a link to elsewhere is Terraform's to read.
 */
export const listCalledEntries = async (
  directory: string,
  place: string,
  bounds: string,
): Promise<readonly Listed[]> => {
  const found: Listed[] = [];
  for (const file of await listFiles(directory, place, bounds)) {
    const real = await realPath(join(directory, file.name)).catch(() => undefined);
    if (real !== undefined && isInside(bounds, real)) found.push(file);
  }
  return found;
};

/** The directories below the root module that calls in these texts may name. A first look: who reads the texts knows better. */
export const calledEntries = (texts: Iterable<string>): ReadonlySet<string> =>
  new Set(
    [...texts]
      .flatMap(text => [...text.matchAll(/\bsource"?\s*[=:]\s*"(\.\/[^"\\$%\n]*)"/g)])
      .map(([, path = '']) => posix.join(path).replace(/\/$/, ''))
      .filter(path => posix.basename(path) === entriesModule && !path.startsWith('../')),
  );
