import { expect } from '@jest/globals';
import { createScope } from '../../../lib/terraform/index.ts';
import { loadReaders } from '../../../lib/terraform/readers.ts';
import { parseExpression } from '../../support/expression.ts';
import type { Outcome } from './engine.ts';
import { ourOutcome } from './outcome.ts';

/** An expression, then `<JSON> of <type>`, `error` or `unknown`. */
export type Expected = readonly [source: string, outcome: string];

export async function expectOutcome(source: string, expected: string): Promise<void> {
  const scope = createScope(new Map(), await loadReaders(['jsondecode regex() yamldecode']));
  const outcome = ourOutcome(await parseExpression(source), scope);
  expect(show(outcome)).toEqual(expected);
}

const show = (outcome: Outcome): string =>
  outcome.kind === 'value' ? `${outcome.json} of ${showType(outcome.type)}` : outcome.kind;

/** `list(string)` for `["list","string"]`. */
function showType(type: unknown): string {
  if (!Array.isArray(type)) return String(type);
  const [kind, inner] = type as unknown as readonly [string, unknown];
  if (kind === 'tuple') return `tuple(${(inner as readonly unknown[]).map(showType).join(', ')})`;
  if (kind !== 'object') return `${kind}(${showType(inner)})`;
  const attributes = Object.entries(inner as Readonly<Record<string, unknown>>).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return `object(${attributes.map(([name, attribute]) => `${name}=${showType(attribute)}`).join(', ')})`;
}
