/** The file that Terragrunt merges with the unit beside it by itself, and which counts before the unit. */
export const autoIncluded = 'terragrunt.autoinclude.hcl';

/**
 * A file as one of Terragrunt names it: by a path from the unit on, or by one from the nearest directory above the unit that holds
 * a file called `marker`; from the farthest one, where that is the directory of the repository.
 */
export type NamedFile = { readonly path: string; readonly marker?: string; readonly isOfRepository?: boolean };

/** Which file an expression names, as it is written; undefined where that is computed. `parent`: the directory of the file that it stands in. */
export const namedFile = (written: string, parent?: string): NamedFile | undefined => {
  const [found, bare, quoted] = findAbove.exec(written) ?? [];
  const name = bare ?? quoted ?? defaultName;
  if (found !== undefined) return { path: name, marker: name };
  const [beside, marker = defaultName, below = ''] = besideFound.exec(written) ?? [];
  if (beside !== undefined) return { path: below, marker };
  const [, start = '', path] = ofDirectory.exec(written) ?? [];
  if (path === undefined || (start === '' && path.startsWith('/'))) return undefined;
  if (!start.includes('get_parent')) return { path: plain(path) };
  return parent === undefined ? undefined : { path: `${parent}${plain(path)}` };
};

/** The same of a path from the directory of the repository on, which only the files that were given tell. */
export const fileOfRepository = (written: string): NamedFile | undefined => {
  const [, path] = ofRepository.exec(written) ?? [];
  return path === undefined ? undefined : { path, marker: path, isOfRepository: true };
};

const ofRepository = /^"\$\{\s*get_(?:path_to_)?repo_root\(\)\s*\}\/+([^"$%\\{}\n]+)"$/;

const defaultName = 'terragrunt.hcl';

const call = String.raw`find_in_parent_folders\(\s*(?:"([^"$%\\]+)"\s*)?\)`;
const findAbove = new RegExp(String.raw`^(?:${call}|"\$\{\s*${call}\s*\}")$`);
const besideFound = new RegExp(String.raw`^"\$\{\s*dirname\(\s*${call}\s*\)\s*\}/([^"$%\\]+)"$`);
const ofDirectory = /^"(\$\{\s*get_(?:parent_)?terragrunt_dir\(\)\s*\}\/)?([^"$%\\]+)"$/;

const plain = (path: string): string => path.replace(/^(?:\.\/)+/, '');

/** Where the file may be, the nearest first, with the files that tell which it is; `above` are the ways up from the unit on. */
export const possiblePaths = ({ path, marker }: NamedFile, above: readonly string[]): readonly string[] =>
  marker === undefined ? [path] : above.flatMap(up => [...new Set([`${up}${marker}`, `${up}${path}`])]);

/** The path of a file from the unit on, among those that were given; undefined where it is not known. */
export const pathOf = (
  { path, marker, isOfRepository = false }: NamedFile,
  files: { readonly keys: () => Iterable<string> },
): string | undefined => {
  if (marker === undefined) return path;
  const ups = [...files.keys()].flatMap(key => {
    const up = /^(?:\.\.\/)+/.exec(key)?.[0];
    return up !== undefined && key === `${up}${marker}` ? [up] : [];
  });
  const up = ups.toSorted((a, b) => a.length - b.length).at(isOfRepository ? -1 : 0);
  return up === undefined ? undefined : `${up}${path}`;
};

/**
 * The files that a text of Terragrunt may name, whatever for: those to include, and those of values. One whose directory is computed may
 * be in any above.
 */
export const mayName = (text: string, parent?: string): readonly NamedFile[] =>
  [...text.matchAll(expression)].flatMap(([written]) => {
    const plainly = written.replace(/^"--?var-file=/, '"');
    const [, end] = computedStart.exec(plainly) ?? [];
    const named = namedFile(plainly, parent) ?? (end === undefined ? undefined : { path: end, marker: end });
    return named && /\.(?:hcl|tfvars)(?:\.json)?$/.test(named.path) ? [named] : [];
  });

const expression = new RegExp(
  String.raw`"(?:--?var-file=)?(?:(?:\$\{[^}\n]*\}/)?[^"$%\\{}\n]+|\$\{\s*${call}\s*\})"|${call}`,
  'g',
);

const computedStart = /^"\$\{[^}\n]*\}\/+([^"$%\\{}\n]+)"$/;

/** Of the includes of a unit whose paths are computed, what each is known to end with, from a slash on; nothing where that is not known. */
export const computedIncludes = (text: string): readonly string[] =>
  [...text.matchAll(includePath)].flatMap(([, written = '']) => {
    if (namedFile(written)) return [];
    const [, end] = computedStart.exec(written) ?? [];
    return end === undefined ? '' : `/${end}`;
  });

const includePath =
  /^[ \t]*include\b[^{\n]*\{[^{}]*?\bpath[ \t]*=[ \t]*([^\n]*?)(?:[ \t]+(?:#|\/\/)[^\n]*)?(?:\}[ \t]*)?\s*$/gm;

/** The directory that a path is in, with a slash at its end. */
export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
