import { asValue, attribute, indent, outdent, quote, type Body } from '../../../hcl/index.ts';
import { allOf, clusterNameSource, isCalled, staysPut, type Cluster, type UnreadList } from '../../../parser/index.ts';
import type { AccessEntry, Planned } from '../../../transformer/index.ts';
import { condition, render } from '../../print-entry.ts';
import { outputOf } from './node-role-lists.ts';

/** The entries that a call makes, as HCL. */
export const entriesOf = ({ address }: Planned): string =>
  address.startsWith('module.') ? `${address}.access_entries` : address;

/** The call that converts rows at plan time, and the resources for its entries where they are wanted. */
export const printPlanned = (
  planned: Planned,
  cluster: Cluster,
  entries: readonly AccessEntry[],
  nodeRoles: readonly string[],
  directory: string,
): readonly string[] => {
  const { label, form, lists, accounts, ssoPath } = planned;
  const people = lists.filter(({ isOfNodes }) => !isOfNodes);
  const roles = people.filter(({ list }) => list !== 'users');
  const rows: readonly Argument[] = [
    ['roles', joined(roles.filter(({ restored }) => !restored))],
    ['roles_with_paths', joined(roles.filter(({ restored }) => restored))],
    ['users', joined(people.filter(({ list }) => list === 'users'))],
    ['node_rows', joined(lists.filter(({ isOfNodes }) => isOfNodes))],
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
const joined = (lists: readonly UnreadList[]): string | undefined => {
  const [first, ...others] = lists.map(list => guarded(list, outdent(list.source, list.indentation)));
  if (first === undefined) return undefined;
  if (others.length === 0) return asValue(first);
  return `concat(${printItems([first, ...others])})`;
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

const guarded = ({ guards }: UnreadList, source: string): string => {
  const guard = allOf(guards);
  return guard === undefined ? source : `${condition(guard)} ? ${source} : []`;
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
    ...[...written].map(({ labels: [, name = ''], body }) => everyOf(name, hasKeys(body))),
    ...entries.flatMap(entry => (entry.form === 'resource' ? [everyOf(entry.label, false)] : [])),
  ];
  if (others.length === 0) return undefined;
  return printList([...others, ...(form === 'resource' ? [everyOf(label, true)] : [])]);
};

const hasKeys = (body: Body): boolean => attribute(body, 'for_each') !== undefined;

/** A splat makes a list of a resource with `count` or without, and one with `for_each` is a map. */
const everyOf = (label: string, isMap: boolean): string =>
  isMap ? `aws_eks_access_entry.${label}` : `aws_eks_access_entry.${label}[*]`;
