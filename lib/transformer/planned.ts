import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import { ssoPath } from '../eks/index.ts';
import { selfManagedGroups } from '../eks/node-group-forms.ts';
import { sourceOf } from '../hcl/index.ts';
import {
  isInForce,
  isPlannedEntries,
  modeIsApi,
  normalizeSource,
  plannedNames,
  readsAwsAuth,
  staysPut,
  type Cluster,
  type Mapping,
  type Source,
  type UnreadList,
} from '../parser/index.ts';
import { addressOf, reaches, type RootModule } from '../terraform/index.ts';
import type { Context } from './context.ts';
import type { Disposition, EntryForm, RowOutcome } from './entry.ts';
import { formIn, guardsIn, waitingReference } from './form.ts';
import { givenRows } from './given-rows.ts';
import { unstripRows, type RestoredList } from './unstrip.ts';

/** A list whose rows Terraform converts. */
export type PlannedList = RestoredList & {
  /** What its rows end as with the values of variables that were given. */
  readonly given?: readonly RowOutcome[];
};

/**
 * The lists of a mapping that only a plan knows, converted by Terraform itself. `name` begins the names of the locals, the output
 * and the resources; `isWritten` when they stand in the source already.
 */
export type Planned = {
  readonly name: string;
  readonly form: EntryForm;
  /** Users first: of several rows with one principal the last counts, and the roles beat the users. */
  readonly lists: readonly PlannedList[];
  /** HCL of the lists of accounts, which must be empty, and where they stand. */
  readonly accounts: readonly Pick<UnreadList, 'source' | 'argument'>[];
  readonly ssoPath?: string;
  readonly isWritten: boolean;
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

/** What becomes of the lists of a mapping that the source does not tell. In mode API nothing has to. */
export const planOf = (context: Context): PlannedResult => {
  const { mapping, cluster } = context;
  const unread = mapping?.unread ?? [];
  if (!mapping || unread.length === 0) return { lists: [] };
  if (modeIsApi(cluster)) return { lists: unread.map(list => ({ list, disposition: 'dropped' })) };
  const judged = judge({ ...context, mapping });
  const planned = judged.some(({ why }) => why === undefined) ? plannedOf(context, judged) : undefined;
  return {
    ...(planned ? { planned } : {}),
    lists: judged.map(({ list, why }) => ({
      list,
      disposition: why === undefined ? 'converted' : 'blocked',
      diagnostic: words(context, list, why, planned?.name ?? ''),
    })),
  };
};

const plannedOf = (context: Context, judged: readonly Judged[]): Planned => {
  const { cluster, source, ssoRegion } = context;
  const taken = judged.filter(({ why }) => why === undefined);
  const lists = taken.flatMap(({ whole }) => whole ?? []);
  return {
    ...placeFor(source, cluster, lists),
    form: lists.some(({ references }) => waitingReference(context, references)) ? 'resource' : formIn(cluster, true),
    lists: [...lists.filter(({ list }) => list === 'users'), ...lists.filter(({ list }) => list !== 'users')].map(
      list => ({ ...list, ...givenOf(context, list), guards: guardsIn(cluster, list.guards, 'resource') }),
    ),
    accounts: taken.map(({ list }) => list).filter(({ list }) => list === 'accounts'),
    ...(ssoRegion === undefined ? {} : { ssoPath: ssoPath(ssoRegion) }),
  };
};

const words = ({ emit }: Context, list: UnreadList, why: string | undefined, name: string): Diagnostic => {
  const { argument, what, range, isOneRow } = list;
  if (emit === 'aws-cli') return diagnose('TAE329', { list: argument, what }, range);
  if (why !== undefined) return diagnose('TAE212', { list: argument, what, why }, range);
  if (list.list === 'accounts') return diagnose('TAE421', { list: argument, what, name }, range);
  const row = isOneRow
    ? ({ unknown: `the row that ${what} stands for is`, unit: 'it' } as const)
    : ({ unknown: `how many rows ${what} has is`, unit: 'them' } as const);
  return diagnose('TAE420', { list: argument, name, ...row }, range);
};

const givenOf = (context: Context, list: UnreadList): Pick<PlannedList, 'given'> => {
  const given = context.variables && givenRows(context, list, context.variables);
  return given ? { given } : {};
};

/** A list, with what it is to Terraform where its principals are understood, and why it cannot be converted. */
type Judged = { readonly list: UnreadList; readonly whole?: PlannedList; readonly why?: string };

const judge = (context: Context & { readonly mapping: Mapping }): readonly Judged[] => {
  const { mapping, source } = context;
  const judged = mapping.unread.map((list): Judged => {
    if (context.emit === 'aws-cli') return { list, why: 'a script knows no plan' };
    const whole = list.list === 'accounts' ? undefined : unstripRows(list, source.module);
    const why = obstacle(context, list, list.list === 'accounts' || whole !== undefined);
    return { list, ...(whole ? { whole } : {}), ...(why === undefined ? {} : { why }) };
  });
  const why = obstacleOfAll(context, judged);
  return why === undefined ? judged : judged.map(({ list }) => ({ list, why }));
};

/** What holds for every list of a call. */
const obstacleOfAll = (
  { mapping, cluster, source, emit }: Context & { readonly mapping: Mapping },
  judged: readonly Judged[],
): string | undefined => {
  if (emit === 'aws-cli') return undefined;
  if (cluster.repetition.kind === 'many') return `${cluster.address} has ${cluster.repetition.argument}`;
  if (isInForce(mapping) !== false) return undefined;
  const lists = judged.flatMap(({ whole, why }) => (whole && why === undefined ? [whole] : []));
  return placeFor(source, cluster, lists).isWritten
    ? undefined
    : `${mapping.address} writes nothing, so what they grant today is not known`;
};

const obstacle = (
  { cluster, source }: Context,
  { list, argument, references }: UnreadList,
  isUnderstood: boolean,
): string | undefined => {
  const live = reaches(source.graph, references, reference => readsAwsAuth(source.module, reference));
  if (live) return `${addressOf(live)} reads them from aws-auth itself, which phase 3 empties`;
  if (list === 'node-role-arns' && argument === selfManagedGroups.argument && staysPut(cluster))
    return 'before version 20 nobody makes their entries, each of which needs the type of its system';
  return isUnderstood ? undefined : 'their principals are rewritten in a way that is not understood';
};

/** A name that is free, or the one under which these lists stand in the source already. */
const placeFor = (
  { module, clusters }: Source,
  cluster: Cluster,
  lists: readonly PlannedList[],
): Pick<Planned, 'name' | 'isWritten'> => {
  const base = clusters.length > 1 ? `${cluster.label}_aws_auth` : 'aws_auth';
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}_${number}`;
    const { rows, entries } = plannedNames(name);
    const locals = [...module.locals.values()].filter(local => local.name.startsWith(`${name}_`));
    const text = locals.map(local => normalizeSource(sourceOf(local.in.text, local.value.range))).join('\n');
    const isWritten = lists.every(({ source }) => text.includes(normalizeSource(source)));
    if (lists.length > 0 && isWritten && isPlannedEntries(module, entries)) return { name, isWritten };
    if (lists.length === 0 && hasOutput(module, rows)) return { name, isWritten: true };
    if (!isTaken(module, name)) return { name, isWritten: false };
  }
};

const hasOutput = (module: RootModule, name: string): boolean =>
  module.blocks.some(({ type, labels }) => type === 'output' && labels[0] === name);

const isTaken = (module: RootModule, name: string): boolean =>
  hasOutput(module, plannedNames(name).rows) ||
  [...module.locals.keys()].some(local => local.startsWith(`${name}_`)) ||
  module.blocks.some(
    ({ type, labels }) => type === 'resource' && labels[0]?.startsWith('aws_eks_access_') && labels[1] === name,
  );
