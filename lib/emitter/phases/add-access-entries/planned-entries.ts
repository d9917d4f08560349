import { asValue, attribute, indent, outdent, quote } from '../../../hcl/index.ts';
import { allOf, clusterNameSource, condition, isCalled, staysPut, type Cluster } from '../../../parser/index.ts';
import type { AccessEntry, Planned, PlannedList } from '../../../transformer/index.ts';
import { render } from '../../print-entry.ts';
import { outputOf } from './node-role-lists.ts';

/** The entries that a call makes, as HCL. */
export const entriesOf = ({ address }: Planned): string => `${address}.access_entries`;

/** The call that converts rows at plan time, and the resources for its entries where they are wanted. */
export const printPlanned = (
  planned: Planned,
  cluster: Cluster,
  entries: readonly AccessEntry[],
  nodeRoles: readonly string[],
  directory: string,
): readonly string[] => {
  const { label, form, lists, accounts, ssoPath } = planned;
  const of = (wanted: PlannedList['to']): Argument => [wanted, joined(lists.filter(({ to }) => to === wanted))];
  const rows: readonly Argument[] = [
    of('roles'),
    of('roles_with_paths'),
    of('users'),
    of('node_rows'),
    ['accounts', joined(accounts)],
    ['sso_path', lists.length === 0 || ssoPath === undefined ? undefined : quote(ssoPath)],
  ];
  const elsewhere: readonly Argument[] = [
    ['node_groups', lists.length === 0 || nodeRoles.length === 0 ? undefined : printList(nodeRoles)],
    ['cluster_entries', lists.length === 0 ? undefined : everyEntry(planned, cluster, entries)],
  ];
  const call = {
    label: `${label}_entries`,
    source: quote(`./${directory}`),
    provider: cluster.awsProvider ?? null,
    paragraphs: [rows, elsewhere].map(printArguments).filter(text => text !== ''),
  };
  if (form === 'argument' || lists.length === 0) return [render('entries-module', call)];
  const resources = {
    name: label,
    entries: entriesOf(planned),
    clusterName: clusterNameSource(cluster),
    provider: cluster.awsProvider ?? null,
  };
  return [render('entries-module', call), render('planned-resources', resources)];
};

type Argument = readonly [name: string, value: string | undefined];

const printArguments = (given: readonly Argument[]): string =>
  indent(given.flatMap(([name, value]) => (value === undefined ? [] : `${name} = ${value}`)).join('\n'), 2);

/** One list of all these; undefined for none. */
const joined = (lists: readonly PlannedList[]): string | undefined => {
  const texts = lists.map(list => guarded(list, outdent(list.source, list.indentation)));
  const [first] = texts;
  if (first === undefined || texts.length === 1) return first && asValue(first);
  // It also takes what is null, and the module passes over that.
  return lists.some(({ guards }) => guards.length > 0)
    ? `flatten([${printItems(texts)}])`
    : `concat(${printItems(texts)})`;
};

/** Rows of different shapes and an empty list have no type in common; with null everything has. */
const guarded = ({ guards }: PlannedList, source: string): string => {
  const guard = allOf(guards);
  return guard === undefined ? source : `${condition(guard)} ? ${source} : null`;
};

/** A line that is no longer than this is read at a glance. */
const widest = 120;

const printList = (items: readonly string[]): string => `[${printItems(items)}]`;

const printItems = (items: readonly string[]): string => {
  const line = items.join(', ');
  return line.length > widest || line.includes('\n')
    ? `\n${indent(items.map(text => `${text},`).join('\n'), 2)}\n`
    : line;
};

/** HCL of a list of all entries of the cluster, wherever they stand; undefined where these are the only ones. */
const everyEntry = (
  { form, label }: Planned,
  cluster: Cluster,
  entries: readonly AccessEntry[],
): string | undefined => {
  const written = new Set(cluster.existing.entries.flatMap(({ resource }) => resource?.block ?? []));
  const others = [
    ...(isCalled(cluster) && !staysPut(cluster) ? [outputOf(cluster, 'access_entries')] : []),
    ...[...written].map(({ labels: [, name = ''], body }) => everyOf(name, attribute(body, 'for_each') !== undefined)),
    ...entries.flatMap(entry => (entry.form === 'resource' ? [everyOf(entry.label, false)] : [])),
  ];
  if (others.length === 0) return undefined;
  return printList([...others, ...(form === 'resource' ? [everyOf(label, true)] : [])]);
};

/** A splat makes a list of a resource with `count` or without, and one with `for_each` is a map. */
const everyOf = (label: string, isMap: boolean): string =>
  isMap ? `aws_eks_access_entry.${label}` : `aws_eks_access_entry.${label}[*]`;
