import { defined, diagnose, type Diagnostic } from '../diagnostics/index.ts';
import { partitionOfRegion, ssoPath } from '../eks/index.ts';
import { selfManagedGroups } from '../eks/node-group-forms.ts';
import { isInForce, modeIsApi, readsAwsAuth, staysPut, type Mapping, type UnreadList } from '../parser/index.ts';
import { addressOf, evaluate, knownString, reaches, type RootModule, type Value } from '../terraform/index.ts';
import { walk, type Expression } from '../hcl/index.ts';
import type { Context } from './context.ts';
import type { AccessEntry, Disposition, EntryForm, RowOutcome } from './entry.ts';
import { formIn, guardReferences, guardsIn, waitingReference } from './form.ts';
import { givenRows } from './given-rows.ts';
import { makersOf } from './makers.ts';
import { placeFor, type PlannedPlace } from './planned-place.ts';
import { nodeType } from './rules/nodes.ts';
import { unstripRows } from './unstrip.ts';

/** A list whose rows Terraform converts. */
export type PlannedList = UnreadList & {
  /** The argument of the module that takes it. */
  readonly to: 'roles' | 'roles_with_paths' | 'users' | 'node_rows' | 'accounts';
  /** What its rows end as with the values of variables that were given. */
  readonly given?: readonly RowOutcome[];
};

/** The lists of a mapping that only a plan knows, converted by a Terraform module. */
export type Planned = PlannedPlace & {
  readonly form: EntryForm;
  readonly lists: readonly PlannedList[];
  /** Lists of accounts, which must be empty. */
  readonly accounts: readonly PlannedList[];
  readonly ssoPath?: string;
};

/** How a list ended, and what is said about it. */
export type ListOutcome = {
  readonly list: UnreadList;
  readonly disposition: Disposition;
  readonly diagnostic?: Diagnostic;
};

export type PlannedResult = {
  readonly planned?: Planned;
  readonly lists: readonly ListOutcome[];
};

/** What becomes of the lists of a mapping that the source does not tell. In mode API nothing has to: what stands converts, or not. */
export const planOf = (context: Context, written: readonly AccessEntry[]): PlannedResult => {
  const { mapping, cluster } = context;
  const unread = mapping?.unread ?? [];
  if (!mapping || unread.length === 0) return { lists: [] };
  const judged = judge({ ...context, mapping });
  if (modeIsApi(cluster)) {
    const isConverted = (whole?: PlannedList): boolean =>
      whole !== undefined && placeFor(context.source, cluster, [whole], false).isWritten;
    return {
      lists: judged.map(({ list, whole }) => ({ list, disposition: isConverted(whole) ? 'converted' : 'dropped' })),
    };
  }
  const planned = judged.some(({ why }) => why === undefined) ? plannedOf(context, judged, written) : undefined;
  return {
    ...(planned ? { planned } : {}),
    lists: judged.map(({ list, why }) => ({
      list,
      disposition: why === undefined ? 'converted' : 'blocked',
      diagnostic: refusedByPlan(planned, list) ?? words(context, list, why, planned?.address ?? ''),
    })),
  };
};

/** With the values that were given the plan is known to fail. */
const refusedByPlan = (planned: Planned | undefined, { argument, range }: UnreadList): Diagnostic | undefined => {
  const all = planned ? [...planned.lists, ...planned.accounts] : [];
  const given = all.find(list => list.range === range)?.given ?? [];
  const refused = given.filter(({ disposition }) => disposition === 'blocked');
  if (!planned || refused.length === 0) return undefined;
  const rows = refused.map(row => `${row.name} (${whyRefused(row)})`).join(', ');
  return diagnose('TAE247', { list: argument, address: planned.address, rows }, range);
};

const whyRefused = ({ diagnostics, reason }: RowOutcome): string =>
  diagnostics.find(({ severity }) => severity === 'error')?.code ?? reason;

const plannedOf = (context: Context, judged: readonly Judged[], written: readonly AccessEntry[]): Planned => {
  const { cluster, mapping, source, ssoRegion } = context;
  const taken = judged.flatMap(({ whole, why }) => (why === undefined && whole ? [whole] : []));
  const lists = taken.filter(({ to }) => to !== 'accounts');
  const given = context.variables && givenRows(context, taken, context.variables, written);
  // What the rows of nodes read decides about no entry.
  const waits = lists.some(
    ({ to, references, guards }) =>
      to !== 'node_rows' && waitingReference(context, [...references, ...guardReferences(source, guards)]),
  );
  return {
    ...placeFor(source, cluster, taken, !mapping || isInForce(mapping) !== false),
    form: waits ? 'resource' : formIn(cluster, true),
    lists: lists.map(list => ({
      ...list,
      ...defined({ given: given?.get(list) }),
      guards: guardsIn(cluster, list.guards, 'resource'),
    })),
    accounts: taken
      .filter(({ to }) => to === 'accounts')
      .map(list => ({ ...list, ...defined({ given: given?.get(list) }) })),
    ...(ssoRegion === undefined ? {} : { ssoPath: ssoPath(ssoRegion) }),
  };
};

const words = (
  { emit, source, mapping }: Context,
  list: UnreadList,
  why: string | undefined,
  address: string,
): Diagnostic => {
  const { argument, what, range, isOneRow } = list;
  if (emit === 'aws-cli') return diagnose('TAE329', { list: argument, what }, range);
  if (why !== undefined) {
    const isOff = mapping !== undefined && isInForce(mapping) === false;
    const way = argument === selfManagedGroups.argument ? 'groups' : isOff ? 'off' : 'rows';
    return diagnose('TAE212', { list: argument, what, why, way }, range);
  }
  if (list.list === 'accounts') return diagnose('TAE421', { list: argument, what, address }, range);
  const makers = makersOf(source.graph, list);
  const row = isOneRow
    ? ({ unknown: `the row that ${what} stands for is`, unit: 'it' } as const)
    : ({ unknown: `how many rows ${what} has is`, unit: 'them' } as const);
  return diagnose('TAE420', { list: argument, address, makers, ...row }, range);
};

const isOfNodes = ({ definition: { expression } }: UnreadList, { scope }: RootModule): boolean => {
  if (expression.kind !== 'for' || expression.object || expression.value.kind !== 'object') return false;
  const { items } = expression.value;
  const valueOf = (name: string): Value | undefined => {
    const item = items.find(other => other.name === name);
    return item && evaluate(item.value, scope);
  };
  const username = knownString(valueOf('username'));
  const groups = valueOf('groups');
  return (
    username !== undefined &&
    groups?.kind === 'list' &&
    nodeType(
      username,
      groups.items.map(group => knownString(group) ?? ''),
    ) !== undefined
  );
};

/** A list, with what it is to Terraform where its principals are understood, and why it cannot be converted. */
type Judged = { readonly list: UnreadList; readonly whole?: PlannedList; readonly why?: string };

const judge = (context: Context & { readonly mapping: Mapping }): readonly Judged[] => {
  const { mapping, source } = context;
  const judged = mapping.unread.map((list): Judged => {
    if (context.emit === 'aws-cli') return { list, why: 'a script knows no plan' };
    const whole = handedOver(list, source.module);
    const why = obstacle(context, list, whole !== undefined);
    return { list, ...(whole ? { whole } : {}), ...(why === undefined ? {} : { why }) };
  });
  const why = obstacleOfAll(context, judged);
  return why === undefined ? judged : judged.map(({ list }) => ({ list, why }));
};

/** Undefined where it is not understood how its principals are rewritten. */
const handedOver = (list: UnreadList, module: RootModule): PlannedList | undefined => {
  if (list.list === 'accounts') return { ...list, to: 'accounts' };
  const found = unstripRows(list, module);
  if (!found) return undefined;
  const { restored, ...whole } = found;
  if (isOfNodes(list, module)) return { ...whole, to: 'node_rows' };
  return { ...whole, to: list.list === 'users' ? 'users' : restored ? 'roles_with_paths' : 'roles' };
};

/** What holds for every list of a call. */
const obstacleOfAll = (
  { mapping, cluster, source, emit }: Context & { readonly mapping: Mapping },
  judged: readonly Judged[],
): string | undefined => {
  if (emit === 'aws-cli') return undefined;
  if (cluster.repetition.kind === 'many') return `${cluster.address} has ${cluster.repetition.argument}`;
  if (isInForce(mapping) !== false) return undefined;
  const lists = judged.flatMap(({ whole, why }) => (why === undefined && whole ? [whole] : []));
  return placeFor(source, cluster, lists, false).isWritten
    ? undefined
    : `${mapping.address} writes nothing, so what they grant today is not known`;
};

const obstacle = (
  { cluster, source, ssoRegion }: Context,
  { list, argument, references, definition }: UnreadList,
  isUnderstood: boolean,
): string | undefined => {
  // As TAE334 says it of rows that are written out.
  if (list !== 'accounts' && ssoRegion !== undefined && partitionOfRegion(ssoRegion) === undefined)
    return `${ssoRegion} is no region that is known, so that their Identity Center roles would get a path that EKS refuses: correct --sso-region (ssoRegion in the config), or leave it out, and the plan looks the paths up`;
  if (ofInstance(definition.expression)) return 'they are those of one instance of the call (`count` or `each`)';
  const live = reaches(source.graph, references, reference => readsAwsAuth(source.module, reference));
  if (live) return `${addressOf(live)} reads them from aws-auth itself, which phase 3 empties`;
  if (list === 'node-role-arns' && argument === selfManagedGroups.argument && staysPut(cluster))
    return 'before version 20 nobody makes their entries, each of which needs the type of its system';
  return isUnderstood ? undefined : 'their principals are rewritten in a way that is not understood';
};

const ofInstance = (expression: Expression): boolean => {
  let found = false;
  walk(expression, node => {
    if (node.kind === 'variable' && (node.name === 'count' || node.name === 'each')) found = true;
  });
  return found;
};
