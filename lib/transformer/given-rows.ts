import { readGivenRows, type UnreadList } from '../parser/index.ts';
import { evaluate, type Value } from '../terraform/index.ts';
import type { Context } from './context.ts';
import type { Draft } from './draft.ts';
import { draftOf } from './draft-of.ts';
import type { RowOutcome } from './entry.ts';
import { rules } from './rules/index.ts';

/**
 * What the rows of a list end as with these values of variables: for what is shown, never for what is written. Undefined where the
 * values do not tell the whole list.
 */
export const givenRows = (
  context: Context,
  list: UnreadList,
  variables: ReadonlyMap<string, Value>,
): readonly RowOutcome[] | undefined => {
  const { module } = context.source;
  const scope = module.scopeWith(variables);
  const guards = list.guards.map(guard => evaluate(module.parseExpression(guard).expression, scope));
  if (guards.some(guard => guard.kind === 'bool' && !guard.value)) return [];
  const rows = readGivenRows(module, list, evaluate(list.definition.expression, scope));
  if (!rows) return undefined;
  const start: readonly Draft[] = rows.map(row => draftOf(row, context));
  const drafts = rules.reduce((open, [, rule]) => rule(open, context), start);
  return drafts.map(({ row, outcome, name, type, diagnostics }) => ({
    row,
    name,
    diagnostics,
    ...(outcome ??
      (type === 'STANDARD'
        ? { disposition: 'converted', reason: 'as an access entry' }
        : {
            disposition: 'blocked',
            reason: 'a node row: the plan fails unless its role is of a node group of the call',
          })),
  }));
};
