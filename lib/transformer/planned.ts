import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import { ssoPath } from '../eks/index.ts';
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
import type { EntryForm, RowOutcome } from './entry.ts';
import { formIn, guardsIn } from './form.ts';
import { givenRows } from './given-rows.ts';
import { unstripRows, type RestoredList } from './unstrip-rows.ts';
import { waitingReference } from './waits.ts';

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

export type PlannedResult = { readonly planned?: Planned; readonly diagnostics: readonly Diagnostic[] };

/** What becomes of the lists of a mapping that the source does not tell. In mode API nothing has to. */
export const planOf = (context: Context): PlannedResult => {
  const { mapping, cluster, source, ssoRegion } = context;
  if (!mapping || mapping.unread.length === 0 || modeIsApi(cluster)) return { diagnostics: [] };
  const { unread } = mapping;
  if (context.emit === 'aws-cli') {
    return {
      diagnostics: unread.map(({ argument, what, range }) => diagnose('TAE329', { list: argument, what }, range)),
    };
  }
  const rows = unread.filter(({ list }) => list !== 'accounts');
  const read = rows.map(list => ({ list, whole: unstripRows(list, source.module) }));
  const lists = read.flatMap(({ whole }) => whole ?? []);
  const { name, isWritten } = placeFor(source, cluster, lists);
  const stopped = obstacles({ ...context, mapping }, read, isWritten);
  if (stopped.length > 0) return { diagnostics: stopped };
  const planned: Planned = {
    name,
    form: lists.some(({ references }) => waitingReference(context, references)) ? 'resource' : formIn(cluster, true),
    lists: [...lists.filter(({ list }) => list === 'users'), ...lists.filter(({ list }) => list !== 'users')].map(
      list => ({ ...list, ...givenOf(context, list), guards: guardsIn(cluster, list.guards, 'resource') }),
    ),
    accounts: unread.filter(({ list }) => list === 'accounts'),
    ...(ssoRegion === undefined ? {} : { ssoPath: ssoPath(ssoRegion) }),
    isWritten,
  };
  const notes = unread.map(({ list, argument, what, range, isOneRow }) => {
    if (list === 'accounts') return diagnose('TAE421', { list: argument, what, name }, range);
    const words = isOneRow
      ? ({ unknown: `the row that ${what} stands for is`, unit: 'it' } as const)
      : ({ unknown: `how many rows ${what} has is`, unit: 'them' } as const);
    return diagnose('TAE420', { list: argument, name, ...words }, range);
  });
  return { planned, diagnostics: notes };
};

const givenOf = (context: Context, list: UnreadList): Pick<PlannedList, 'given'> => {
  const given = context.variables && givenRows(context, list, context.variables);
  return given ? { given } : {};
};

type Read = { readonly list: UnreadList; readonly whole: PlannedList | undefined };

const obstacles = (
  { mapping, cluster, source }: Context & { readonly mapping: Mapping },
  read: readonly Read[],
  isWritten: boolean,
): readonly Diagnostic[] => {
  const all = (why: string): readonly Diagnostic[] => mapping.unread.map(list => refuse(list, why));
  if (cluster.repetition.kind === 'many') return all(`${cluster.address} has ${cluster.repetition.argument}`);
  if (isInForce(mapping) === false && !isWritten)
    return all(`${mapping.address} writes nothing, so what they grant today is not known`);
  return [
    ...mapping.unread.flatMap(list => {
      const live = reaches(source.graph, list.references, reference => readsAwsAuth(source.module, reference));
      return live ? [refuse(list, `${addressOf(live)} reads them from aws-auth itself, which phase 3 empties`)] : [];
    }),
    ...mapping.unread
      .filter(
        ({ list, argument }) =>
          list === 'node-role-arns' && argument === 'self_managed_node_groups' && staysPut(cluster),
      )
      .map(list =>
        refuse(list, 'before version 20 nobody makes their entries, each of which needs the type of its system'),
      ),
    ...read
      .filter(({ whole }) => whole === undefined)
      .map(({ list }) => refuse(list, 'their principals are rewritten in a way that is not understood')),
  ];
};

const refuse = ({ argument, what, range }: UnreadList, why: string): Diagnostic =>
  diagnose('TAE212', { list: argument, what, why }, range);

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
