import { asValue, attribute, indent, outdent, type Body } from '../../../hcl/index.ts';
import { allOf, clusterNameSource, isCalled, isMadeHere, staysPut, type Cluster } from '../../../parser/index.ts';
import type { AccessEntry, Planned, PlannedList } from '../../../transformer/index.ts';
import { condition, render } from '../../print-entry.ts';
import { membersOf } from './node-role-lists.ts';

/** The blocks that convert rows at plan time: locals, the output that fails the plan, and resources where they are wanted. */
export const printPlanned = (
  planned: Planned,
  cluster: Cluster,
  entries: readonly AccessEntry[],
  nodeRoles: readonly string[],
): readonly string[] => {
  const { name, form, lists, accounts, ssoPath } = planned;
  const named = lists.map((list, index) => ({ ...list, label: `${name}_list_${index + 1}` }));
  const data = {
    name,
    long: named.filter(isLong).map(list => ({ ...list, source: asValue(guarded(list, nested(list))) })),
    lists: named.map(list => ({
      source: isLong(list) ? `local.${list.label}` : list.source,
      // The local has the condition, so that nothing behind it is evaluated where it does not hold.
      guard: isLong(list) ? null : (guardOf(list) ?? null),
      key: principalKey(list),
      user: String(list.list === 'users'),
      matched: list.restored ? 'true' : String.raw`!can(regex(":role/.+/", row.${principalKey(list)}))`,
    })),
    accounts,
    cluster: isMadeHere(cluster) ? cluster.address : 'this root module',
    owners: nodeRoles.join(', '),
    principal:
      ssoPath === undefined ? 'row.arn' : `replace(row.arn, ":role/AWSReservedSSO_", ":role${ssoPath}AWSReservedSSO_")`,
    ssoPath: ssoPath ?? null,
    every: `[for entry in ${everyEntry(planned, cluster, entries)} : lower(entry.principal_arn)]`,
  };
  if (form === 'argument' || lists.length === 0) return [render('planned-entries', data)];
  const resources = {
    name,
    clusterName: clusterNameSource(cluster),
    provider: cluster.awsProvider ?? null,
  };
  return [render('planned-entries', data), render('planned-resources', resources)];
};

/** What takes several lines has a local of its own. */
const isLong = ({ source }: PlannedList): boolean => source.includes('\n');

/** The author's lines, as far to the right as a local. */
const nested = ({ source, indentation }: PlannedList): string => indent(outdent(source, indentation), 2).slice(2);

const guarded = (list: PlannedList, source: string): string => {
  const guard = guardOf(list);
  return guard === undefined ? source : `${guard} ? ${source} : []`;
};

const guardOf = ({ guards }: PlannedList): string | undefined => {
  const guard = allOf(guards);
  return guard === undefined ? undefined : condition(guard);
};

const principalKey = ({ list }: PlannedList): string => (list === 'users' ? 'userarn' : 'rolearn');

/** HCL of all entries of the cluster, wherever they stand. */
const everyEntry = ({ form, name, lists }: Planned, cluster: Cluster, entries: readonly AccessEntry[]): string => {
  const written = cluster.existing.entries.flatMap(({ resource }) => resource?.block ?? []);
  const resources = [
    ...[...new Set(written)].map(({ labels: [, label = ''], body }) => everyOf(label, hasKeys(body))),
    ...entries.flatMap(entry => (entry.form === 'resource' ? [everyOf(entry.label, false)] : [])),
  ];
  const all = [
    ...(isCalled(cluster) && !staysPut(cluster) ? [membersOf(cluster, 'access_entries')] : []),
    ...resources,
    ...(form === 'resource' && lists.length > 0 ? [everyOf(name, true)] : []),
  ];
  return all.length <= 1 ? (all[0] ?? '[]') : `concat(${all.join(', ')})`;
};

const hasKeys = (body: Body): boolean => attribute(body, 'for_each') !== undefined;

/** A splat makes a list of a resource with `count` or without, and one with `for_each` is a map. */
const everyOf = (label: string, isMap: boolean): string =>
  isMap ? `values(aws_eks_access_entry.${label})` : `aws_eks_access_entry.${label}[*]`;
