import { attribute, blocks, stringValue, type Attribute, type Expression, type HclFile } from '../../hcl/index.ts';
import { parseModuleSource, type ModuleSource, type RootModule } from '../../terraform/index.ts';
import { arms } from '../expressions/read-list.ts';
import { partOf, type Piece } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import { routeOfModule, routes } from './routes.ts';
import { rowsOfArguments, type Given, type RowsElsewhere } from './rows-elsewhere.ts';

/** Rows in the inputs of Terragrunt; `module` is its file, whose locals are those of a root module to read. */
export const rowsInInputs = (module: RootModule): readonly RowsElsewhere[] =>
  module.files.flatMap(file =>
    handedOver(file).flatMap(({ inputs, source }) => {
      const route = routes.find(({ seen }) => seen.kind === 'inputs');
      if (!route) return [];
      const behind = source && routeOfModule(source);
      const given = (argument: string): Given | undefined =>
        member(module, { expression: inputs.value, file }, argument);
      const isKnown = behind !== undefined || (source !== undefined && /\beks\b/.test(source.name));
      const teams = behind?.teams ?? [];
      const found = rowsOfArguments(module, { ...route, teams }, given, isKnown);
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
const member = (module: RootModule, piece: Piece, name: string, depth = 0): Given | undefined => {
  const found = resolve(module, piece);
  const { expression } = found;
  if (depth > 50) return undefined;
  const deeper = (parts: readonly Piece[]): Given | undefined => {
    for (const part of parts.toReversed()) {
      const given = member(module, part, name, depth + 1);
      if (given) return given;
    }
    return undefined;
  };
  if (expression.kind === 'object') {
    const item = expression.items.findLast(one => one.name === name);
    return item && { piece: partOf(found, item.value), range: { ...item.range, end: item.key.range.end } };
  }
  if (expression.kind === 'conditional') return deeper(arms(found).map(([arm]) => arm));
  const isMerge = expression.kind === 'call' && expression.name === 'merge';
  return isMerge ? deeper(expression.args.map(arg => partOf(found, arg))) : undefined;
};
