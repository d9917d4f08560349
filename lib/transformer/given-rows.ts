import { parsePrincipalArn, samePrincipal } from '../eks/index.ts';
import { readGivenRows, type Row, type UnreadList } from '../parser/index.ts';
import { evaluate, knownString, type Value } from '../terraform/index.ts';
import { applyRules } from './draft-of.ts';
import type { Context } from './context.ts';
import { grantsOf, type Draft } from './draft.ts';
import type { AccessEntry, RowOutcome } from './entry.ts';

/**
 * What the rows of a list end as with these values of variables: for what is shown, never for what is written. Undefined where the
 * values do not tell the whole list. Which of them are refused decides whether phase 2 is ready.
 */
export const givenRows = (
  context: Context,
  list: UnreadList,
  variables: ReadonlyMap<string, Value>,
  written: readonly AccessEntry[],
): readonly RowOutcome[] | undefined => {
  const { module } = context.source;
  const scope = module.scopeWith(variables);
  const guards = list.guards.map(guard => evaluate(module.parseExpression(guard).expression, scope));
  if (guards.some(guard => guard.kind === 'bool' && !guard.value)) return [];
  const rows = readGivenRows(module, list, evaluate(list.definition.expression, scope));
  // The module knows nothing of the config.
  return (
    rows && applyRules(rows.map(asTheModuleReads), { ...context, config: {} }).map(draft => outcomeOf(draft, written))
  );
};

const keys = ['rolearn', 'userarn', 'username', 'groups'];

/** A key that it does not know is nothing to it. One in another spelling is refused, and `sso`, which the authenticator knows. */
const asTheModuleReads = ({ problem: _problem, ...row }: Row): Row => {
  const misspelt = (row.keys ?? []).filter(
    key => key === 'sso' || (keys.includes(key.toLowerCase()) && !keys.includes(key)),
  );
  return misspelt.length === 0 ? row : { ...row, problem: `has the key ${misspelt.join(', ')}` };
};

/** What the plan makes of a row, where that is not what becomes of one that is written out. */
const outcomeOf = (draft: Draft, written: readonly AccessEntry[]): RowOutcome => ({
  row: draft.row,
  name: draft.name,
  grants: grantsOf(draft),
  diagnostics: draft.diagnostics,
  ...(inPlan(draft, written) ?? draft.outcome ?? { disposition: 'converted', reason: 'as an access entry' }),
});

const inPlan = (
  { existing, outcome, row, type, principal }: Draft,
  written: readonly AccessEntry[],
): Pick<RowOutcome, 'disposition' | 'reason'> | undefined => {
  const isNobody = row.principal === undefined || knownString(row.principal.value) === '';
  if (isNobody && row.opaque === undefined && row.problem === undefined)
    return { disposition: 'dropped', reason: 'a row without an ARN grants nothing' };
  const isTwice = written.some(({ principalArn = '' }) => {
    const arn = parsePrincipalArn(principalArn);
    return arn !== undefined && principal?.arn !== undefined && samePrincipal(arn, principal.arn);
  });
  if ((existing && existing.entry.form !== 'live') || (isTwice && outcome === undefined))
    return { disposition: 'blocked', reason: 'its principal has an access entry that is written out' };
  return outcome === undefined && type !== 'STANDARD'
    ? {
        disposition: 'left-to-eks',
        reason: 'a node row: the plan fails unless its role is of a node group of the call',
      }
    : undefined;
};
