import { rows } from './module-interface.generated.ts';
import { moduleReleases } from './module-versions.ts';

// What the eks module and its submodules take and give, release by release. The table is large, and what a command loads counts
// against its start: this file is imported where it is asked, and not by way of the room's index.

type Kind = 'input' | 'output';

/** `''` is the root module. */
const key = (submodule: string | undefined): string => submodule?.replace(/^modules\//, '') ?? '';

const places = new Map(moduleReleases.map(({ version }, place) => [version, place]));
const position = (version: string): number => places.get(version) ?? -1;

const names = (lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap(list => list.split(' ')).filter(name => name !== ''));

/** Read once per submodule and release. */
const known = new Map<string, Readonly<Record<Kind, ReadonlySet<string>>> | undefined>();

const read = (version: string, submodule: string): Readonly<Record<Kind, ReadonlySet<string>>> | undefined => {
  const place = position(version);
  if (place === -1 || !Object.hasOwn(rows, submodule)) return undefined;
  const stretches = (rows[submodule] ?? []).filter(([from, to]) => position(from) <= place && place <= position(to));
  if (stretches.length === 0) return undefined;
  return { input: names(stretches.map(row => row[2])), output: names(stretches.map(row => row[3])) };
};

const interfaceNames = (
  version: string,
  submodule: string | undefined,
  kind: Kind,
): ReadonlySet<string> | undefined => {
  const name = key(submodule);
  const at = `${version} ${name}`;
  if (!known.has(at)) known.set(at, read(version, name));
  return known.get(at)?.[kind];
};

/**
 * Whether the module has this input variable at this release. `submodule` as in a source, `modules/karpenter` or `karpenter`;
 * undefined is the root module. The answer is undefined for a release that is not in the table, and for a submodule that the
 * release does not have.
 */
export const hasInput = (version: string, submodule: string | undefined, name: string): boolean | undefined =>
  interfaceNames(version, submodule, 'input')?.has(name);

/** Whether the module has this output at this release; undefined as for `hasInput`. */
export const hasOutput = (version: string, submodule: string | undefined, name: string): boolean | undefined =>
  interfaceNames(version, submodule, 'output')?.has(name);

/** All inputs of a release; undefined as for `hasInput`. */
export const inputsOf = (version: string, submodule: string | undefined): ReadonlySet<string> | undefined =>
  interfaceNames(version, submodule, 'input');

/** All outputs of a release; undefined as for `hasInput`. */
export const outputsOf = (version: string, submodule: string | undefined): ReadonlySet<string> | undefined =>
  interfaceNames(version, submodule, 'output');

/** Whether a release has this submodule; undefined for a release that is not in the table. */
export const hasSubmodule = (version: string, submodule: string): boolean | undefined =>
  position(version) === -1 ? undefined : interfaceNames(version, submodule, 'input') !== undefined;
