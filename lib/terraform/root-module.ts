import type { Scope } from './evaluate.ts';
import { spend } from './evaluation/work.ts';
import { createScope, type Surroundings } from './module-scope.ts';
import { sensitiveVariables } from './sensitive-variables.ts';
import { templateParser } from './template-file.ts';
import type { Unit } from './terragrunt-includes.ts';
import type { Value } from './value.ts';
import {
  attribute,
  blocks,
  quote,
  stringValue,
  type Attribute,
  type Block,
  type Expression,
  type HclFile,
  type HclParser,
} from '../hcl/index.ts';

/** A block with the file it stands in. */
export type Placed<T> = T & { readonly in: HclFile };
export type PlacedBlock = Placed<Block>;
export type PlacedExpression = { readonly expression: Expression; readonly file: HclFile };
export type PlacedAttribute = Placed<Attribute>;

/**
 * A root module: the native-syntax files of one directory as trees, the JSON files as text. Blocks and locals are found by
 * address, in any file.
 */
export type RootModule = {
  readonly files: readonly HclFile[];
  /** `.tf.json`, `.tofu.json` by path. They are searched for references and never edited. */
  readonly json: ReadonlyMap<string, string>;
  readonly blocks: readonly PlacedBlock[];
  readonly locals: ReadonlyMap<string, PlacedAttribute>;
  /** The unit of Terragrunt that is among the files, whether it is read as a call or not. */
  readonly unit?: Unit;
  readonly scope: Scope;
  /** The same with values of variables, but of sensitive ones: for what is shown, never for what is written. */
  readonly scopeWith: (variables: ReadonlyMap<string, Value>) => Scope;
  /** Reads an expression that we have put together ourselves. Its ranges are those of a text of its own. */
  readonly parseExpression: (text: string) => PlacedExpression;
};

export const createRootModule = (
  files: readonly HclFile[],
  json: ReadonlyMap<string, string>,
  { parse }: HclParser,
  surroundings: Surroundings = {},
): RootModule => {
  const placed = files.flatMap(file =>
    file.body.items.flatMap(item => (item.kind === 'block' ? [{ ...item, in: file }] : [])),
  );
  const locals = new Map<string, PlacedAttribute>();
  // Of two values of a local that of an override file counts, whatever the files are called.
  for (const block of inMergeOrder(placed.filter(({ type }) => type === 'locals'))) {
    for (const item of block.body.items)
      if (item.kind === 'attribute') locals.set(item.name, { ...item, in: block.in });
  }
  const beside = { parseTemplate: templateParser(parse), isRoot: !seemsCalled({ blocks: placed }), ...surroundings };
  return {
    files,
    json,
    blocks: placed,
    locals,
    scope: createScope(locals, beside),
    scopeWith: variables => {
      const hidden = sensitiveVariables(placed, json);
      return createScope(locals, {
        ...beside,
        variables: new Map([...variables].filter(([name]) => !hidden.has(name))),
      });
    },
    parseExpression: expressionParser(parse),
  };
};

const expressionParser =
  (parse: HclParser['parse']): RootModule['parseExpression'] =>
  text => {
    spend(100 + 2 * text.length);
    const file = parse('', `x = ${text}\n`);
    const found = attribute(file.body, 'x');
    if (!found) throw new Error(`no expression: ${text}`);
    return { expression: found.value, file };
  };

type WithBlocks = Pick<RootModule, 'blocks'>;

export const blocksOf = (module: WithBlocks, type: string, label?: string): readonly PlacedBlock[] =>
  module.blocks.filter(block => block.type === type && (label === undefined || block.labels[0] === label));

/** Without those of override files, which Terraform merges into the block of the same address: each is a part of one. */
export const plainBlocksOf = (module: RootModule, type: string, label?: string): readonly PlacedBlock[] =>
  blocksOf(module, type, label).filter(({ in: { file } }) => !isOverride(file));

/**
 * Blocks of one address: of those that have an argument the last one counts, and override files come after all others.
 * Source: developer.hashicorp.com/terraform/language/files/override.
 */
export const inMergeOrder = (blocksOfOne: readonly PlacedBlock[]): readonly PlacedBlock[] =>
  blocksOfOne.toSorted((a, b) => Number(isOverride(a.in.file)) - Number(isOverride(b.in.file)));

/** An argument of such blocks, as Terraform merges them. */
export const mergedAttribute = (blocksOfOne: readonly PlacedBlock[], name: string): Attribute | undefined =>
  inMergeOrder(blocksOfOne)
    .map(({ body }) => attribute(body, name))
    .findLast(found => found !== undefined);

/** How messages name a call: by its address, or by the file of Terragrunt whose inputs it stands for. */
export const callAddress = ({ isUnit, labels, in: file }: PlacedBlock): string =>
  isUnit ? file.file.slice(file.file.lastIndexOf('/') + 1) : `module.${labels[0]}`;

/** How messages name a block: as its header is written. */
export const blockTitle = ({ type, labels }: Pick<Block, 'type' | 'labels'>): string =>
  [type, ...labels.map(label => quote(label))].join(' ');

/** Override files are merged into others by Terraform, so an edit in them or below them may not do what it seems to. */
export const isOverride = (path: string): boolean => /(^|[_/])override\.(tf|tofu)(\.json)?$/.test(path);

/** `= "..."` as text; undefined when absent or not a plain string. */
export const stringAttribute = (block: Block, name: string): string | undefined => {
  const found = attribute(block.body, name);
  return found && stringValue(found.value);
};

/**
 * Whether other modules seem to call this directory: it takes variables, and has neither a provider nor a backend, which a called
 * module does not have. Source: developer.hashicorp.com/terraform/language/modules/develop/providers.
 */
export const seemsCalled = (module: WithBlocks): boolean =>
  blocksOf(module, 'variable').length > 0 &&
  blocksOf(module, 'provider').length === 0 &&
  !blocksOf(module, 'terraform').some(
    ({ body }) => blocks(body, 'backend').length > 0 || blocks(body, 'cloud').length > 0,
  );
