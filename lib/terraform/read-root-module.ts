import { diagnose, Refusal, type Diagnostic } from '../diagnostics/index.ts';
import type { Gate, HclFile, HclParser } from '../hcl/index.ts';
import { misnamedBlocks } from './block-names.ts';
import { isForeignFile, jsonUnitFile, unitFile } from './foreign-files.ts';
import { hclOfJson } from './json-as-hcl.ts';
import { loadReaders } from './readers.ts';
import { readUnit } from './terragrunt-includes.ts';
import { moduleOfUnit } from './terragrunt-unit.ts';
import { createRootModule, type RootModule } from './root-module.ts';

/** What reads HCL: the tree parser and the gate. Both are passed in, so that nothing here loads wasm by itself. */
export type Runtime = { readonly parser: HclParser; readonly gate: Gate };

/**
 * Reads the files of one directory; those below it are of other modules. Every native-syntax file passes the gate before it is read; what does not ends in a
 * `Refusal` that names all such files. `known` holds the trees of the revision before, by text, those of expressions too. The files of
 * another `directory` keep their paths, as messages and edits name them.
 */
export const readRootModule = async (
  files: ReadonlyMap<string, string>,
  { parser, gate }: Runtime,
  known: Map<string, HclFile> = new Map(),
  directory = '',
): Promise<RootModule> => {
  const start = directory === '' ? '' : `${directory}/`;
  const unit = `${start}${unitFile}`;
  const here = [...files].filter(([path]) => path.startsWith(start) && !path.slice(start.length).includes('/'));
  const native = here
    .filter(([path]) => /\.(tf|tofu)$/.test(path) || path === unit)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const isJson = (path: string): boolean =>
    /\.(tf|tofu)\.json$/.test(path) || (start !== '' && path === `${start}${jsonUnitFile}`);
  const json = new Map(here.filter(([path]) => isJson(path)));
  const refused: Diagnostic[] = [];
  const trees: HclFile[] = [];
  let unitTree: HclFile | undefined;
  const earlier = new Map(known);
  known.clear();
  const parse: HclParser['parse'] = (path, text) => {
    const key = treeKey(path, text);
    const tree = known.get(key) ?? earlier.get(key) ?? parser.parse(path, text);
    known.set(key, tree);
    return tree;
  };
  for (const [path, text] of native) {
    const found = earlier.has(treeKey(path, text)) ? undefined : await gate(path, text);
    // Of a file that is refused as a whole the tree may tell the place.
    const isPlaced = found !== undefined && found.range?.end !== 0;
    const tree = isPlaced ? undefined : orRefused(() => parse(path, text), found ? [] : refused);
    const misnamed = tree ? misnamedBlocks(tree) : [];
    refused.push(...(found && misnamed.length === 0 ? [found] : misnamed));
    if (path === unit) unitTree = tree;
    const read = path === unit ? tree && moduleOfUnit(tree) : tree;
    if (read) trees.push(read);
  }
  if (refused.length > 0) throw new Refusal(...refused);
  const readers = await loadReaders([...files.values()]);
  // What `file("x")` reads is beside the module, wherever that is.
  const beside =
    start === ''
      ? files
      : new Map(
          [...files].flatMap(([path, text]) => (path.startsWith(start) ? [[path.slice(start.length), text]] : [])),
        );
  const module = createRootModule(withoutOverridden(trees), json, { parse }, { files: beside, ...readers });
  if (!unitTree) return module;
  const parseIncluded = async (path: string, text: string): Promise<HclFile | undefined> => {
    const at = `${start}${path}`;
    const isRead = path.endsWith('.hcl') && (earlier.has(treeKey(at, text)) || (await gate(at, text)) === undefined);
    return isRead ? orRefused(() => parse(at, text), []) : undefined;
  };
  return { ...module, unit: await readUnit(unitTree, beside, parseIncluded) };
};

/** One file that is no part of the module and has the syntax and the locals of one. In JSON syntax its blocks are attributes. */
export const readFileAlone = async (
  path: string,
  text: string,
  files: ReadonlyMap<string, string>,
  { parser, gate }: Runtime,
): Promise<RootModule> => {
  const hcl = path.endsWith('.json') ? hclOfJson(path, text) : text;
  const refused = await gate(path, hcl);
  if (refused && hcl !== text) throw new Refusal(unlikeHcl(path));
  if (refused) throw new Refusal(refused);
  return createRootModule([parser.parse(path, hcl)], new Map(), parser, { files, ...(await loadReaders([hcl])) });
};

/** A string of JSON may have escapes that one of HCL has not. */
const unlikeHcl = (file: string): Diagnostic =>
  diagnose(
    'TAE006',
    { reason: 'a string in its JSON has escapes that HCL writes otherwise' },
    { file, start: 0, end: 0 },
  );

const treeKey = (path: string, text: string): string => `${path}\u0000${text}`;

const orRefused = (parse: () => HclFile, refused: Diagnostic[]): HclFile | undefined => {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refused.push(...error.diagnostics);
    return undefined;
  }
};

/** OpenTofu reads `main.tofu` in place of `main.tf`. Source: opentofu.org/docs/language/files. */
const withoutOverridden = (trees: readonly HclFile[]): readonly HclFile[] => {
  const paths = new Set(trees.map(({ file }) => file));
  return trees.filter(({ file }) => !(file.endsWith('.tf') && paths.has(file.replace(/\.tf$/, '.tofu'))));
};

/** Files that say another tool composes the module. */
export const foreignLayout = (paths: Iterable<string>): readonly Diagnostic[] =>
  [...paths].filter(isForeignFile).map(path => diagnose('TAE011', { path }));
