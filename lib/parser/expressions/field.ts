import {
  indentationAt,
  sourceOf,
  unwrapParentheses,
  type Expression,
  type HclFile,
  attributesOf,
  type Body,
  type ObjectItem,
} from '../../hcl/index.ts';
import { evaluate, type RootModule, knownString } from '../../terraform/index.ts';
import { placeOf, textOf, type Piece, partOf } from './piece.ts';
import { resolve } from './resolve.ts';
import type { Field } from '../aws-auth/row.ts';
import type { Range } from '../../diagnostics/index.ts';

/** `range` is where the field stands in the source, when its expression is one that we have put together. */
export const fieldOf = (
  module: RootModule,
  expression: Expression,
  file: HclFile,
  range = expression.range,
): Field => ({
  source: sourceOf(file.text, expression.range),
  expression,
  range,
  value: evaluate(expression, module.scope),
  indentation: indentationAt(file.text, expression.range.start),
});

/** The field at a place, with a local's name followed. */
export const fieldAt = (module: RootModule, piece: Piece): Field =>
  withMeaning(module, fieldOf(module, piece.expression, piece.file, placeOf(piece)), piece);

/** What is taken off an ARN, and whose role it is, stands where a local is defined. */
export const withMeaning = (module: RootModule, field: Field, piece: Piece): Field => {
  const found = resolve(module, piece);
  if (found.expression === unwrapParentheses(piece.expression)) return field;
  return { ...field, meaning: { source: textOf(found), expression: found.expression } };
};

/** A key of an object with its value, or an argument of a resource. */
export type WrittenField = { readonly name: string; readonly nameRange: Range; readonly piece: Piece };

/** An object as far as it is read. `whole`: no key of it is unknown. */
export type WrittenObject = { readonly fields: ReadonlyMap<string, WrittenField>; readonly whole: boolean };

/** Undefined where the piece is no object that the source tells, or objects that are merged: of a key in several the last counts. */
export const objectOf = (module: RootModule, piece: Piece): WrittenObject | undefined => {
  const found = resolve(module, piece);
  const { expression } = found;
  if (expression.kind === 'call' && expression.name === 'merge' && !expression.expand) {
    const parts = expression.args.map(arg => objectOf(module, partOf(found, arg)));
    return parts.every(part => part !== undefined) ? mergedObject(parts) : undefined;
  }
  if (expression.kind !== 'object') return undefined;
  const named = expression.items.flatMap(item => fieldOfItem(module, found, item) ?? []);
  return {
    fields: new Map(named.map(field => [field.name, field])),
    whole: named.length === expression.items.length,
  };
};

const mergedObject = (parts: readonly WrittenObject[]): WrittenObject => ({
  fields: new Map(parts.flatMap(({ fields }) => [...fields])),
  whole: parts.every(({ whole }) => whole),
});

const fieldOfItem = (module: RootModule, object: Piece, item: ObjectItem): WrittenField | undefined => {
  const name = item.name ?? knownString(evaluate(item.key, module.scope));
  if (name === undefined) return undefined;
  return { name, nameRange: object.at ?? item.key.range, piece: partOf(object, item.value) };
};

/** The arguments of a block. */
export const fieldsOf = (body: Body, file: HclFile): WrittenObject['fields'] =>
  new Map(
    attributesOf(body).map(({ name, nameRange, value }) => [
      name,
      { name, nameRange, piece: { expression: value, file } },
    ]),
  );
