import fc from 'fast-check';
import {
  appendAfterBlock,
  appendToBody,
  attributesOf,
  blocks,
  indent,
  removeAttribute,
  removeBlock,
  removeItem,
  setAttribute,
  type Body,
  type Edit,
  type Expression,
  type HclFile,
  type ObjectExpression,
  type Tuple,
} from '../../../lib/hcl/index.ts';

/** What to do to a file, before the file is known: numbers choose among what it has. */
export type Change = {
  readonly kind: keyof typeof changes;
  readonly pick: number;
  readonly value: string;
  readonly mask: number;
};

const values = [
  '1',
  '[]',
  '"é"',
  '[\n  1, # a\n  2, # bbb\n]',
  '<<-E\n  a\nE',
  '{\n  a = 1 # why\n  long_name = {\n    a = 1\n  }\n}',
];

const bodiesIn = (body: Body): Body[] => [body, ...blocks(body).flatMap(block => bodiesIn(block.body))];

const collectionsIn = (expression: Expression): (Tuple | ObjectExpression)[] => {
  if (expression.kind === 'tuple') return [expression, ...expression.items.flatMap(collectionsIn)];
  if (expression.kind !== 'object') return [];
  return [expression, ...expression.items.flatMap(({ value }) => collectionsIn(value))];
};

const picked = <T>(list: readonly T[], pick: number): T[] => (list.length === 0 ? [] : [list[pick % list.length]!]);

const changes = {
  removeAttribute: (file: HclFile, { pick }: Change): Edit[] =>
    picked(bodiesIn(file.body).flatMap(attributesOf), pick).map(attribute => removeAttribute(file, attribute)),
  removeBlock: (file: HclFile, { pick }: Change): Edit[] =>
    picked(
      bodiesIn(file.body).flatMap(body => blocks(body)),
      pick,
    ).map(block => removeBlock(file, block)),
  removeItem: (file: HclFile, { pick, mask }: Change): Edit[] =>
    picked(
      bodiesIn(file.body)
        .flatMap(attributesOf)
        .flatMap(({ value }) => collectionsIn(value)),
      pick,
    ).flatMap(collection =>
      picked([...collection.items.keys()], mask).flatMap(index => removeItem(file, collection, index)),
    ),
  setNew: (file: HclFile, { pick, value }: Change): Edit[] =>
    picked(bodiesIn(file.body), pick).map(body => setAttribute(file, body, 'brand_new', value)),
  setOld: (file: HclFile, { pick, value }: Change): Edit[] =>
    picked(
      bodiesIn(file.body).flatMap(body => attributesOf(body).map(({ name }) => ({ body, name }))),
      pick,
    ).map(({ body, name }) => setAttribute(file, body, name, value)),
  append: (file: HclFile, { pick, value }: Change): Edit[] =>
    picked(bodiesIn(file.body), pick).map(body =>
      appendToBody(file, body, `fresh "x" {\n${indent(`a = ${value}`, 2)}\n}`),
    ),
  appendAfter: (file: HclFile, { pick }: Change): Edit[] =>
    picked(blocks(file.body), pick).map(block => appendAfterBlock(file, block, 'fresh "y" {\n}')),
};

export const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])),
  pick: fc.nat(1000),
  value: fc.constantFrom(...values),
  mask: fc.nat(7),
});

export const editsOf = (file: HclFile, wanted: readonly Change[]): Edit[] =>
  wanted.flatMap(one => changes[one.kind](file, one));
