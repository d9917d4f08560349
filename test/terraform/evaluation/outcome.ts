import { evaluateWithErrors, typeOf, type Scope, type Type } from '../../../lib/terraform/index.ts';
import { encodeJson } from '../../../lib/terraform/functions/json.ts';
import { isWhollyKnown } from '../../../lib/terraform/evaluation/types.ts';
import { withLimit } from '../../../lib/terraform/evaluation/work.ts';
import type { Expression } from '../../../lib/hcl/index.ts';
import type { Outcome } from './engine.ts';

/** Our answer in the form of the engine's. */
export function ourOutcome(expression: Expression, scope: Scope): Outcome {
  const value = evaluateWithErrors(expression, scope);
  if (value.kind === 'error') return { kind: 'error' };
  const unknown: Outcome = { kind: 'unknown' };
  return withLimit<Outcome>(
    1_000_000,
    () => (isWhollyKnown(value) ? { kind: 'value', json: encodeJson(value), type: stateType(typeOf(value)) } : unknown),
    unknown,
  ).result;
}

/** A type as the state writes it. */
function stateType(type: Type): unknown {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return [type.kind, stateType(type.element)];
    case 'tuple':
      return ['tuple', type.elements.map(stateType)];
    case 'object':
      return [
        'object',
        Object.fromEntries([...type.attributes].map(([name, attribute]) => [name, stateType(attribute)])),
      ];
    default:
      return type.kind;
  }
}

/** What is wrong with our answer; undefined when it is right, or `unknown`, which never is wrong. */
export function disagreement(ours: Outcome, engine: Outcome): string | undefined {
  // Now and then Terraform refuses with a panic what it would refuse anyhow.
  if (ours.kind === 'unknown' || (ours.kind === 'error' && engine.kind === 'refused')) return undefined;
  // An unknown type may be any. The value must be right all the same.
  const untyped = ours.kind === 'value' && JSON.stringify(ours.type).includes('"any"');
  if (untyped && engine.kind === 'value' && ours.json === engine.json) return undefined;
  const [a, b] = [show(ours), show(engine)];
  return a === b ? undefined : `ours ${a}, the engine ${b}`;
}

const show = (outcome: Outcome): string =>
  outcome.kind === 'value'
    ? `${outcome.json} of ${JSON.stringify(sorted(outcome.type))}`
    : outcome.kind === 'refused'
      ? `refused: ${outcome.message}`
      : outcome.kind;

/** Attribute names in one order. */
function sorted(type: unknown): unknown {
  if (Array.isArray(type)) return type.map(sorted);
  if (typeof type !== 'object' || type === null) return type;
  return Object.fromEntries(
    Object.entries(type)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
