import { attribute, blocks, sourceOf, stringValue, type Expression, type HclFile } from '../hcl/index.ts';
import { autoIncluded, directoryOf, fileOfRepository, namedFile, pathOf } from './terragrunt-paths.ts';

/**
 * How a file is merged with the unit. An input of the unit takes the place of one of a `shallow` file; with those of a `deep` one lists are
 * joined, and maps are merged key by key. What is `over` the unit takes the place of its inputs.
 */
type Merge = 'shallow' | 'deep' | 'over';

/** A file that Terragrunt merges with a unit, by its path from there; without a tree it was not given, or cannot be read. */
export type IncludedFile = {
  readonly name: string;
  readonly merge: Merge;
  /** The directory that it is in, as a path from the unit on. */
  readonly directory?: string;
  readonly file?: HclFile;
};

/** A unit of Terragrunt with the files that are merged with it. */
export type Unit = { readonly file: HclFile; readonly included: readonly IncludedFile[] };

/**
 * A unit as it is given. `files` have their paths from the unit on; `parse` gives none for what cannot be read.
 * Sources: terragrunt.gruntwork.io/docs/reference/hcl/blocks (include, autoinclude), .../functions (find_in_parent_folders)
 */
export const readUnit = async (
  file: HclFile,
  files: ReadonlyMap<string, string>,
  parse: (path: string, text: string) => Promise<HclFile | undefined>,
): Promise<Unit> => {
  const read = async (name: string, path: string | undefined, merge: Merge): Promise<IncludedFile> => {
    const text = path === undefined ? undefined : files.get(path);
    const tree = path === undefined || text === undefined ? undefined : await parse(path, text);
    return {
      name,
      merge,
      ...(path === undefined ? {} : { directory: directoryOf(path) }),
      ...(tree ? { file: tree } : {}),
    };
  };
  const included: IncludedFile[] = [];
  for (const { body } of blocks(file.body, 'include')) {
    const merge = mergeOf(attribute(body, 'merge_strategy')?.value);
    if (!merge) continue;
    const written = attribute(body, 'path');
    const text = written && sourceOf(file.text, written.value.range);
    const named = text === undefined ? undefined : (namedFile(text) ?? fileOfRepository(text));
    const path = named && pathOf(named, files);
    included.push(await read(path ?? named?.path ?? 'a file whose name is computed', path, merge));
  }
  if (files.has(autoIncluded)) included.push(await read(autoIncluded, autoIncluded, 'over'));
  return { file, included };
};

/** One that is computed may be any; with `no_merge` there is none. */
const mergeOf = (written: Expression | undefined): Merge | undefined => {
  const text = written ? stringValue(written) : 'shallow';
  return text === 'no_merge' ? undefined : text === 'shallow' ? 'shallow' : 'deep';
};

/** Whether a file that is included gives no input of a name for certain: it has no inputs, or writes them out and this one is not there. */
export const givesNo = (argument: string, { file }: IncludedFile): boolean => {
  if (!file) return false;
  const inputs = attribute(file.body, 'inputs')?.value;
  return (
    inputs === undefined ||
    (inputs.kind === 'object' && inputs.items.every(({ name }) => name !== undefined && name !== argument))
  );
};

/** The files that write out an input of a name, which a unit is merged with. */
export const filesWith = (argument: string, { included }: Unit): readonly IncludedFile[] =>
  included.filter(({ file }) => {
    const inputs = file && attribute(file.body, 'inputs')?.value;
    return inputs?.kind === 'object' && inputs.items.some(({ name }) => name === argument);
  });

/** What a unit has not itself, as messages name it, and the files that may have it. */
export type FromIncluded = { readonly what: string; readonly files: readonly IncludedFile[] };

/** The source that an included file has in place of the unit; or else its inputs, where it has none at all. */
export const fromIncluded = ({ file, included }: Unit): FromIncluded | undefined => {
  if (!hasSource(file)) {
    const files = included.filter(one => one.file && hasSource(one.file));
    return files.length > 0 ? { what: 'its source', files } : undefined;
  }
  return attribute(file.body, 'inputs') || included.length === 0 ? undefined : { what: 'its inputs', files: included };
};

const hasSource = ({ body }: HclFile): boolean =>
  blocks(body, 'terraform').some(terraform => attribute(terraform.body, 'source') !== undefined);
