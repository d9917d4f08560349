import { rows } from './module-interface.generated.ts';
import { moduleReleases } from './module-versions.ts';

// What the eks module and its submodules take and give, release by release. The table is large, and what a command loads counts
// against its start: this file is imported where it is asked, and not by way of the room's index.

/** The names that a release has, of the root module or of a submodule. */
type Names = { readonly input: ReadonlySet<string>; readonly output: ReadonlySet<string> };

const places = new Map(moduleReleases.map(({ version }, place) => [version, place]));
const position = (version: string): number => places.get(version) ?? -1;

const namesIn = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap(list => list.split(' ')).filter(name => name !== ''));

const read = (version: string, submodule: string): Names | undefined => {
  const place = position(version);
  if (place === -1 || !Object.hasOwn(rows, submodule)) return undefined;
  const stretches = (rows[submodule] ?? []).filter(([from, to]) => position(from) <= place && place <= position(to));
  if (stretches.length === 0) return undefined;
  return { input: namesIn(stretches.map(row => row[2])), output: namesIn(stretches.map(row => row[3])) };
};

/** Read once per submodule and release. */
const known = new Map<string, Names | undefined>();

/**
 * The inputs and outputs that the module has at a release. `submodule` as in a source, `modules/karpenter` or `karpenter`; undefined is
 * the root module. Undefined for a release that is not in the table, and for a submodule that the release does not have.
 */
export const interfaceOf = (version: string, submodule: string | undefined): Names | undefined => {
  const name = submodule?.replace(/^modules\//, '') ?? '';
  const at = `${version} ${name}`;
  if (!known.has(at)) known.set(at, read(version, name));
  return known.get(at);
};

/** Whether the module has this input variable at this release; undefined where `interfaceOf` is. */
export const hasInput = (version: string, submodule: string | undefined, name: string): boolean | undefined =>
  interfaceOf(version, submodule)?.input.has(name);

export const hasOutput = (version: string, submodule: string | undefined, name: string): boolean | undefined =>
  interfaceOf(version, submodule)?.output.has(name);

/** Whether a release has this submodule; undefined for a release that is not in the table. */
export const hasSubmodule = (version: string, submodule: string): boolean | undefined =>
  position(version) === -1 ? undefined : interfaceOf(version, submodule) !== undefined;
