import type { Range } from '../../diagnostics/index.ts';
import { attributesOf, type Body, type HclFile, type ObjectItem } from '../../hcl/index.ts';
import { evaluate, knownString, type RootModule } from '../../terraform/index.ts';
import { partOf, type Piece } from './piece.ts';
import { resolve } from './resolve.ts';

/** A key of an object with its value, or an argument of a resource. */
export type WrittenField = { readonly name: string; readonly nameRange: Range; readonly piece: Piece };

/** An object as far as it is read. `whole`: no key of it is unknown. */
export type WrittenObject = { readonly fields: ReadonlyMap<string, WrittenField>; readonly whole: boolean };

/** Undefined where the piece is no object that the source tells. */
export const objectOf = (module: RootModule, piece: Piece): WrittenObject | undefined => {
  const found = resolve(module, piece);
  if (found.expression.kind !== 'object') return undefined;
  const named = found.expression.items.flatMap(item => fieldOfItem(module, found, item) ?? []);
  return {
    fields: new Map(named.map(field => [field.name, field])),
    whole: named.length === found.expression.items.length,
  };
};

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
