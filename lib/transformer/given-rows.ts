import { readGivenRows, type UnreadList } from '../parser/index.ts';
import { evaluate, type Value } from '../terraform/index.ts';
import { applyRules } from './draft-of.ts';
import type { Context } from './context.ts';
import { grantsOf } from './draft.ts';
import type { RowOutcome } from './entry.ts';

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
  return applyRules(rows, context).map(draft => ({
    row: draft.row,
    name: draft.name,
    grants: grantsOf(draft),
    diagnostics: draft.diagnostics,
    ...(draft.outcome ??
      (draft.type === 'STANDARD'
        ? { disposition: 'converted', reason: 'as an access entry' }
        : {
            disposition: 'blocked',
            reason: 'a node row: the plan fails unless its role is of a node group of the call',
          })),
  }));
};
