import type { Range } from '../../diagnostics/index.ts';
import { attribute, blocks } from '../../hcl/index.ts';
import {
  blocksOf,
  evaluate,
  knownString,
  referencesOf,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import type { EntryMap, PlacedFor } from './entry-maps.ts';
import { expandFor } from '../expressions/expand-for.ts';
import { partOf, placeOf, type Piece } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import { fieldsOf, objectOf, type WrittenObject } from '../expressions/written-object.ts';

/** A policy association: a key of `policy_associations`, or a resource. `scope` is absent where it is no literal. */
export type WrittenAssociation = WrittenObject & {
  readonly key: string;
  readonly range: Range;
  readonly scope?: WrittenObject;
};

/**
 * An access entry as somebody wrote it, with all its fields, whatever they are. `certain`: it is there, once, under this key; not
 * so in an arm of a conditional, or where a plan decides how often. `associations` are undefined where they cannot be read.
 */
export type WrittenEntry = WrittenObject & {
  readonly form: 'argument' | 'resource';
  /** Absent where the source does not tell it. */
  readonly key?: string;
  readonly range: Range;
  readonly certain: boolean;
  readonly associations?: readonly WrittenAssociation[];
};

/** The entries of a map: those that are written out, and those a `for` makes. */
export const writtenInMap = (module: RootModule, map: EntryMap): readonly WrittenEntry[] => [
  ...map.items.flatMap(({ item, piece, presence }) => {
    const key = item.name ?? knownString(evaluate(item.key, module.scope));
    const entry = entryOf(module, key, item.range, piece);
    return entry ? [{ ...entry, certain: presence === undefined && key !== undefined }] : [];
  }),
  ...map.loops.flatMap(loop => writtenByFor(module, loop)),
];

/** The rounds of a `for` over what the source tells, else its body, once, with names that stand for nothing. */
const writtenByFor = (module: RootModule, { loop, piece, presence }: PlacedFor): readonly WrittenEntry[] => {
  const body = entryOf(module, undefined, loop.value.range, partOf(piece, loop.value));
  if (!body || !loop.key) return [];
  const asList = { ...loop, object: false };
  const values = expandFor(module, partOf(piece, asList));
  const keys = expandFor(module, partOf(piece, { ...asList, value: loop.key }));
  if (!values || keys?.length !== values.length || loop.grouped) return [{ ...body, certain: false }];
  return values.flatMap(({ value, guards }, index) => {
    const key = keys[index] && knownString(evaluate(keys[index].value.expression, module.scope));
    const entry = entryOf(module, key, placeOf(value), value);
    if (!entry) return [];
    const certain = presence === undefined && guards.length === 0 && key !== undefined;
    return [{ ...entry, fields: placedLike(body, entry, loop), certain }];
  });
};

/** Fields of a round that no iterator is in stand where the body of the `for` has them. */
const placedLike = (
  body: WrittenEntry,
  { fields }: WrittenEntry,
  { keyName, valueName }: PlacedFor['loop'],
): WrittenEntry['fields'] =>
  new Map(
    [...fields].map(([name, field]) => {
      const own = body.fields.get(name);
      if (!own) return [name, field];
      const iterated = referencesOf(own.piece.expression).some(({ path: [root] }) =>
        [keyName, valueName].includes(root),
      );
      const piece = iterated ? field.piece : own.piece;
      return [name, { ...field, nameRange: own.nameRange, piece }];
    }),
  );

/** Undefined where the value is no object that the source tells. */
const entryOf = (module: RootModule, key: string | undefined, range: Range, piece: Piece): WrittenEntry | undefined => {
  const object = objectOf(module, piece);
  if (!object) return undefined;
  const associations = associationsOf(module, object);
  return {
    form: 'argument',
    range,
    certain: true,
    ...object,
    ...(key === undefined ? {} : { key }),
    ...(associations ? { associations } : {}),
  };
};

const associationsOf = (
  module: RootModule,
  { fields, whole }: WrittenObject,
): readonly WrittenAssociation[] | undefined => {
  const field = fields.get('policy_associations');
  if (!field) return whole ? [] : undefined;
  const found = resolve(module, field.piece);
  if (found.expression.kind === 'null') return [];
  if (found.expression.kind !== 'object') return undefined;
  const read = found.expression.items.map(item => {
    const key = item.name ?? knownString(evaluate(item.key, module.scope));
    const object = objectOf(module, partOf(found, item.value));
    if (key === undefined || !object) return undefined;
    const scope = object.fields.get('access_scope');
    const scoped = scope && objectOf(module, scope.piece);
    return { ...object, key, range: found.at ?? item.range, ...(scoped ? { scope: scoped } : {}) };
  });
  return read.every(association => association !== undefined) ? read : undefined;
};

/** An `aws_eks_access_entry`, with the associations that read its principal. */
export const writtenResource = (module: RootModule, block: PlacedBlock): WrittenEntry => {
  const label = block.labels[1] ?? '';
  return {
    form: 'resource',
    key: label,
    range: block.headerRange,
    certain: !attribute(block.body, 'count') && !attribute(block.body, 'for_each'),
    fields: fieldsOf(block.body, block.in),
    whole: true,
    associations: blocksOf(module, 'resource', 'aws_eks_access_policy_association')
      .filter(association => readsEntry(association, label))
      .map(association => {
        const [scope] = blocks(association.body, 'access_scope');
        return {
          key: association.labels[1] ?? '',
          range: association.headerRange,
          fields: fieldsOf(association.body, association.in),
          whole: true,
          ...(scope ? { scope: { fields: fieldsOf(scope.body, association.in), whole: true } } : {}),
        };
      }),
  };
};

const readsEntry = ({ body }: PlacedBlock, label: string): boolean => {
  const principal = attribute(body, 'principal_arn');
  return (
    principal !== undefined &&
    referencesOf(principal.value).some(({ path }) => path[0] === 'aws_eks_access_entry' && path[1] === label)
  );
};
