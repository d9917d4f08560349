import { attribute, sourceOf, unwrapParentheses } from '../../hcl/index.ts';
import { negate, textOf, type Piece } from '../expressions/piece.ts';
import type { Addressed } from './module-call.ts';
import { normalizeSource } from '../expressions/identity.ts';

/**
 * How often a module call stands: once; once under a condition, as instance `[0]` (without `condition`: always); or as many times
 * as an expression says.
 */
export type Repetition =
  | { readonly kind: 'once' }
  | { readonly kind: 'when'; readonly condition?: string }
  | { readonly kind: 'many'; readonly argument: 'count' | 'for_each'; readonly source: string };

export const repetitionOf = ({ block }: Pick<Addressed, 'block'>): Repetition => {
  const each = attribute(block.body, 'for_each');
  if (each) return { kind: 'many', argument: 'for_each', source: sourceOf(block.in.text, each.value.range) };
  const count = attribute(block.body, 'count');
  if (!count) return { kind: 'once' };
  const piece: Piece = { expression: unwrapParentheses(count.value), file: block.in };
  const { expression } = piece;
  if (expression.kind === 'number' && expression.text === '1') return { kind: 'when' };
  if (expression.kind === 'conditional') {
    const [yes, no] = [expression.then, expression.else].map(arm => (arm.kind === 'number' ? arm.text : undefined));
    const condition: Piece = { ...piece, expression: expression.condition };
    if (yes === '1' && no === '0') return { kind: 'when', condition: textOf(condition) };
    if (yes === '0' && no === '1') return { kind: 'when', condition: negate(condition) };
  }
  return { kind: 'many', argument: 'count', source: textOf(piece) };
};

/** The condition under which it stands, where there is one. */
export const conditionsOf = (repetition: Repetition): readonly string[] =>
  repetition.kind === 'when' && repetition.condition !== undefined ? [repetition.condition] : [];

/** Whether two calls have the same instances, so that what `each` is in one it is in the other. */
export const sameInstances = (a: Repetition, b: Repetition): boolean =>
  a.kind === 'many' &&
  b.kind === 'many' &&
  a.argument === b.argument &&
  normalizeSource(a.source) === normalizeSource(b.source);

/** HCL of the one instance: `module.eks`, or `module.eks[0]`. */
export const instanceOf = ({ address }: Pick<Addressed, 'address'>, repetition: Repetition): string =>
  repetition.kind === 'when' ? `${address}[0]` : address;

/** HCL of the instance that stands beside one of another call with the same repetition. */
export const nameOfInstance = (call: Pick<Addressed, 'address'>, repetition: Repetition): string => {
  if (repetition.kind !== 'many') return instanceOf(call, repetition);
  return `${call.address}[${repetition.argument === 'count' ? 'count.index' : 'each.key'}]`;
};

/** What addresses in a call begin with, by its instance. A unit of Terragrunt has the module itself as its root module. */
export const prefixOfInstance = (
  { block }: Pick<Addressed, 'address'> & { readonly block?: Addressed['block'] },
  instance: string,
): string => (block?.isUnit ? '' : `${instance}.`);
