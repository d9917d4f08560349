import { parsePrincipalArn, samePrincipal } from '../eks/index.ts';
import { readGivenRows, type Row, type UnreadList } from '../parser/index.ts';
import { changeByType, evaluate, knownString, type RootModule, type Scope, type Value } from '../terraform/index.ts';
import { applyRules } from './draft-of.ts';
import type { Context } from './context.ts';
import { grantsOf, type Draft } from './draft.ts';
import type { AccessEntry, RowOutcome } from './entry.ts';

type HandedOver = UnreadList & { readonly to: string };

/**
 * What the rows of lists end as with these values of variables: for what is shown, never for what is written. Lists of which the
 * values do not tell the whole are left out. Which of the rows are refused decides whether phase 2 is ready.
 */
export const givenRows = (
  context: Context,
  lists: readonly HandedOver[],
  variables: ReadonlyMap<string, Value>,
  written: readonly AccessEntry[],
): ReadonlyMap<UnreadList, readonly RowOutcome[]> => {
  const { module } = context.source;
  // What a type makes of a list is not computed: what it does not leave as it is, is not known.
  const isKept = ([name, value]: readonly [string, Value]): boolean =>
    (value.kind !== 'list' && value.kind !== 'object') || changeByType(module, name, value) === undefined;
  const scope = module.scopeWith(new Map([...variables].filter(isKept)));
  const known = lists.flatMap(list => {
    const rows = rowsOf(module, list, scope);
    return rows ? [{ list, rows }] : [];
  });
  // The module puts the lists together. Of the rows in node_rows it makes no entries.
  const [nodes, others] = [true, false].map(are => known.filter(({ list }) => (list.to === 'node_rows') === are));
  return new Map([nodes, others].flatMap((together = []) => judged(context, together, written)));
};

const rowsOf = (module: RootModule, list: UnreadList, scope: Scope): readonly Row[] | undefined => {
  const guards = list.guards.map(guard => evaluate(module.parseExpression(guard).expression, scope));
  if (guards.some(guard => guard.kind === 'bool' && !guard.value)) return [];
  return readGivenRows(module, list, evaluate(list.definition.expression, scope));
};

type Known = { readonly list: HandedOver; readonly rows: readonly Row[] };

const judged = (
  context: Context,
  known: readonly Known[],
  written: readonly AccessEntry[],
): readonly (readonly [UnreadList, readonly RowOutcome[]])[] => {
  const rows = known.flatMap(of => of.rows.map(asTheModuleReads));
  // The module knows nothing of the config.
  const drafts = applyRules(rows, { ...context, config: {}, byModule: true });
  const owners = known.flatMap(({ list, rows: own }) => own.map(() => list));
  const [roles, withPaths] = ['roles', 'roles_with_paths'].map(
    to => new Set(drafts.flatMap(({ name }, index) => (owners[index]?.to === to ? [name.toLowerCase()] : []))),
  );
  const isInBoth = ({ name }: Draft): boolean => [roles, withPaths].every(names => names?.has(name.toLowerCase()));
  return known.map(({ list }) => [
    list,
    drafts.flatMap((draft, index) =>
      owners[index] === list ? [outcomeOf(draft, inPlan(draft, written, isInBoth(draft)))] : [],
    ),
  ]);
};

const keys = ['rolearn', 'userarn', 'username', 'groups'];

/** A key that it does not know is nothing to it. One in another spelling is refused, and `sso`, which the authenticator knows. */
const asTheModuleReads = ({ problem: _problem, ...row }: Row): Row => {
  const misspelt = (row.keys ?? []).filter(
    key => key === 'sso' || (keys.includes(key.toLowerCase()) && !keys.includes(key)),
  );
  return misspelt.length === 0 ? row : { ...row, problem: `has the key ${misspelt.join(', ')}` };
};

type Outcome = Pick<RowOutcome, 'disposition' | 'reason'>;

const outcomeOf = (draft: Draft, outcome: Outcome | undefined): RowOutcome => ({
  row: draft.row,
  name: draft.name,
  grants: grantsOf(draft),
  diagnostics: draft.diagnostics,
  ...(outcome ?? draft.outcome ?? { disposition: 'converted', reason: 'as an access entry' }),
});

/** What the plan makes of a row, where that is not what becomes of one that is written out. */
const inPlan = (
  { existing, outcome, row, type, principal }: Draft,
  written: readonly AccessEntry[],
  isInBoth: boolean,
): Outcome | undefined => {
  const isNobody = row.principal === undefined || knownString(row.principal.value) === '';
  if (isNobody && row.opaque === undefined && row.problem === undefined)
    return { disposition: 'dropped', reason: 'a row without an ARN grants nothing' };
  if (isInBoth) return { disposition: 'blocked', reason: 'rows both in roles and in roles_with_paths' };
  const isTwice = written.some(({ principalArn = '' }) => {
    const arn = parsePrincipalArn(principalArn);
    return arn !== undefined && principal?.arn !== undefined && samePrincipal(arn, principal.arn);
  });
  if ((existing && existing.entry.form !== 'live') || (isTwice && outcome === undefined))
    return { disposition: 'blocked', reason: 'its principal has an access entry that is written out' };
  return outcome === undefined && type !== 'STANDARD'
    ? {
        disposition: 'left-to-eks',
        reason: 'a node row: the plan fails unless its role is of a node group of the call, or node_types has it',
      }
    : undefined;
};
