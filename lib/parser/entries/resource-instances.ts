import { attribute, blocks, type Body } from '../../hcl/index.ts';
import { evaluate, knownString, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { repetitionOf } from '../clusters/repetition.ts';
import { itemsOf } from '../expressions/items.ts';
import { placeOf, textOf, type Piece } from '../expressions/piece.ts';
import { mentions, substitute, type Bindings } from '../expressions/substitute.ts';
import { fieldsOf, type WrittenField, type WrittenObject } from '../expressions/field.ts';
import type { ResourceInstance } from './entry.ts';

/** An instance of a resource with its arguments, `each` and `count` filled in where the source tells what they stand for. */
export type ReadInstance = ResourceInstance & {
  readonly object: WrittenObject;
  /** The one block of a type inside it. */
  readonly inner: (type: string) => WrittenObject | undefined;
};

/** More instances than a cluster may have entries are nobody's. */
const maxInstances = 20_000;

/**
 * The instances of a resource. Where only a plan knows them, one stands for all, and `each` and `count` in it for nothing.
 * Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each.
 */
export const instancesOf = (module: RootModule, block: PlacedBlock): readonly ReadInstance[] => {
  const each = attribute(block.body, 'for_each');
  if (each) {
    const keyed = keyedBy(module, { expression: each.value, file: block.in });
    if (!keyed) return [instance(module, block, 'many')];
    return keyed.map(({ key, filled, at }) => instance(module, block, 'certain', key, new Map([['each', filled]]), at));
  }
  const count = attribute(block.body, 'count');
  if (!count) return [instance(module, block, 'certain')];
  const value = evaluate(count.value, module.scope);
  if (value.kind === 'number' && /^\d+$/.test(value.text) && Number(value.text) <= maxInstances) {
    return Array.from({ length: Number(value.text) }, (_, index) => {
      const filled = module.parseExpression(`{ index = ${index} }`);
      return instance(module, block, 'certain', index, new Map([['count', filled]]));
    });
  }
  if (repetitionOf({ block }).kind === 'when') return [instance(module, block, 'maybe', 0)];
  return [instance(module, block, 'many')];
};

type Keyed = { readonly key: string; readonly filled: Piece; readonly at: Piece };

const keyedBy = (module: RootModule, piece: Piece): readonly Keyed[] | undefined => {
  const items = itemsOf(module, piece);
  if (!items || items.length > maxInstances) return undefined;
  const keyed = items.map(({ key, value }) => {
    const name = knownString(evaluate(module.parseExpression(key).expression, module.scope));
    const text = textOf(value);
    // A heredoc has lines of its own, which cannot be put there.
    if (name === undefined || text.includes('<<')) return undefined;
    return { key: name, filled: module.parseExpression(`{ key = ${key}, value = ${text} }`), at: value };
  });
  return keyed.every(one => one !== undefined) ? keyed : undefined;
};

const instance = (
  module: RootModule,
  block: PlacedBlock,
  presence: ResourceInstance['presence'],
  key?: string | number,
  bindings: Bindings = new Map(),
  at?: Piece,
): ReadInstance => {
  const objectIn = (body: Body): WrittenObject => ({
    fields: new Map(
      [...fieldsOf(body, block.in)].map(([name, field]) => [name, filledIn(module, field, bindings, at)]),
    ),
    whole: true,
  });
  return {
    block,
    presence,
    ...(key === undefined ? {} : { key }),
    object: objectIn(block.body),
    inner: type => {
      const [found] = blocks(block.body, type);
      return found && objectIn(found.body);
    },
  };
};

/** What an iterator is in stands where its item does. */
const filledIn = (module: RootModule, field: WrittenField, bindings: Bindings, at: Piece | undefined): WrittenField => {
  if (bindings.size === 0 || !mentions(field.piece.expression, bindings)) return field;
  const text = substitute(module, field.piece, bindings);
  if (text === undefined) return field;
  return { ...field, piece: { ...module.parseExpression(text), at: placeOf(at ?? field.piece) } };
};
