import {
  attribute,
  blocks,
  stringValue,
  type Attribute,
  type Expression,
  type HclFile,
  type ObjectExpression,
} from '../../hcl/index.ts';
import { parseModuleSource, type ModuleSource, type RootModule } from '../../terraform/index.ts';
import { arms } from '../expressions/read-list.ts';
import { partOf, type Piece } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import { isNamedForAwsAuth, ofAuthModule } from './own-arguments.ts';
import { routeOfModule, routes } from './routes.ts';
import { rowsOfArguments, type Given, type RowsElsewhere } from './rows-elsewhere.ts';

/** Rows in the inputs of Terragrunt; `module` is its file, whose locals are those of a root module to read. */
export const rowsInInputs = (module: RootModule): readonly RowsElsewhere[] =>
  module.files.flatMap(file =>
    handedOver(file).flatMap(({ inputs, source }) => {
      const route = routes.find(({ seen }) => seen.kind === 'inputs');
      if (!route) return [];
      const behind = source && routeOfModule(source);
      const piece = { expression: inputs.value, file };
      const given = (argument: string): Given | undefined => member(module, piece, argument);
      const isKnown = behind !== undefined || (source !== undefined && /\beks\b/.test(source.name));
      const isForAuth = behind === undefined && source !== undefined && isNamedForAwsAuth(source);
      const teams = behind?.teams ?? [];
      const names = behind ? [] : [...new Set(memberNames(module, piece))];
      const found =
        rowsOfArguments(module, { ...route, teams }, given, isKnown || isForAuth, names) ??
        (isForAuth ? ofAuthModule(module, route, names, given, inputs.nameRange) : undefined);
      return found
        ? [{ module, route, name: route.name, way: behind?.way ?? route.way, address: file.file, ...found }]
        : [];
    }),
  );

type HandedOver = { readonly inputs: Attribute; readonly source: ModuleSource | undefined };

/**
 * The inputs of a unit, and the values that a stack hands to each of its own.
 * Source: https://terragrunt.gruntwork.io/docs/reference/hcl/blocks (terraform, unit, stack)
 */
const handedOver = ({ body }: HclFile): readonly HandedOver[] => {
  const inputs = attribute(body, 'inputs');
  const members = [...blocks(body, 'unit'), ...blocks(body, 'stack')].flatMap(block => {
    const values = attribute(block.body, 'values');
    return values ? [{ inputs: values, source: parsedSource(attribute(block.body, 'source')?.value) }] : [];
  });
  return [...(inputs ? [{ inputs, source: parsedSource(sourceOfUnit(body)) }] : []), ...members];
};

/** In JSON syntax `terraform` is an object. */
const sourceOfUnit = (body: HclFile['body']): Expression | undefined => {
  const [found] = blocks(body, 'terraform').flatMap(block => attribute(block.body, 'source') ?? []);
  const object = attribute(body, 'terraform')?.value;
  return (
    found?.value ?? (object?.kind === 'object' ? object.items.find(({ name }) => name === 'source')?.value : undefined)
  );
};

/** Terragrunt's own scheme for a registry is `tfr://`, with or without a host. */
const parsedSource = (source: Expression | undefined): ModuleSource | undefined => {
  const text = source && stringValue(source);
  return text === undefined ? undefined : parseModuleSource(text.replace(/^tfr:\/\/[^/]*\//, ''));
};

/** An item of a map that is written out, or of one that is merged into it: the last one counts. */
const member = (module: RootModule, piece: Piece, name: string): Given | undefined => {
  for (const { found, object } of writtenMaps(module, piece).toReversed()) {
    const item = object.items.findLast(one => one.name === name);
    if (item) return { piece: partOf(found, item.value), range: { ...item.range, end: item.key.range.end } };
  }
  return undefined;
};

const memberNames = (module: RootModule, piece: Piece): readonly string[] =>
  writtenMaps(module, piece).flatMap(({ object }) => object.items.flatMap(({ name }) => name ?? []));

/** The maps that are written out of which one is made by `merge` and conditionals, in their order. */
const writtenMaps = (
  module: RootModule,
  piece: Piece,
  depth = 0,
): readonly { readonly found: Piece; readonly object: ObjectExpression }[] => {
  const found = resolve(module, piece);
  const { expression } = found;
  if (depth > 50) return [];
  const deeper = (parts: readonly Piece[]) => parts.flatMap(part => writtenMaps(module, part, depth + 1));
  if (expression.kind === 'object') return [{ found, object: expression }];
  if (expression.kind === 'conditional') return deeper(arms(found).map(([arm]) => arm));
  const isMerge = expression.kind === 'call' && expression.name === 'merge';
  return isMerge ? deeper(expression.args.map(arg => partOf(found, arg))) : [];
};
