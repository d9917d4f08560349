import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { isNodeGroup, isNodeUsername } from '../../eks/index.ts';
import type { State } from '../../emitter/index.ts';
import {
  entryType,
  isCertain,
  meaningOf,
  modeTold,
  nodeOwnerOf,
  type Cluster,
  type Field,
  type NodeGroup,
  type Row,
} from '../../parser/index.ts';
import { knownString, referencesOf, type RootModule } from '../../terraform/index.ts';
import { principalText } from '../../transformer/index.ts';
import { clustersOf, entriesOfCluster, isBefore20, principalsOf, type CheckRule, type NamedEntry } from '../entries.ts';
import { isImported } from '../imports.ts';
import { nodeGroupsOf, rawGroupsOf, sameRole } from '../node-groups.ts';

/**
 * EKS makes the entries of managed node groups and Fargate profiles, the module those of self-managed groups and Karpenter. One made
 * before its group is a known way around a wrong type, so EC2_WINDOWS and FARGATE_LINUX are not said of EKS's.
 * Sources: EKS user guide, migrating-access-entries; terraform-aws-modules/eks issue 2968; containers-roadmap issues 185 and 2327.
 */
export const nodeRoles: CheckRule = state =>
  clustersOf(state).flatMap(cluster => {
    const groups = nodeGroupsOf(state, cluster);
    return principalsOf(entriesOfCluster(state, cluster))
      .filter(({ written }) => isCertain(written))
      .flatMap(entry => madeElsewhere(entry, groups, state.source.installed));
  });

const madeElsewhere = (
  entry: NamedEntry & { readonly field: Field },
  groups: readonly NodeGroup[],
  installed: ReadonlyMap<string, string>,
): readonly Diagnostic[] => {
  const { module, cluster, name, field } = entry;
  const owner = nodeOwnerOf(module, cluster, field, installed);
  const group = groups.find(
    ({ entryBy, role }) => entryBy === 'module' && role !== undefined && sameRole(module, role, field),
  );
  const maker = owner.kind === 'module' ? owner.words : group?.words;
  if (maker !== undefined && isBefore20(cluster)) return [];
  if (maker !== undefined) return [diagnose('TAE717', { entry: name, owner: maker }, field.range)];
  const isExpected = isImported(entry) || ['EC2_WINDOWS', 'FARGATE_LINUX'].includes(entryType(entry.written) ?? '');
  if (owner.kind === 'eks') {
    return isExpected ? [] : [diagnose('TAE716', { entry: name, owner: owner.words }, field.range)];
  }
  if (owner.kind !== 'unclear' || owner.doubt !== 'cluster' || (isExpected && owner.maker === 'EKS')) return [];
  const { words, maker: likely, group: open } = owner;
  return [diagnose('TAE286', { entry: name, owner: words, maker: likely, group: open.words }, field.range)];
};

/** Before version 20 the module makes no entry, and nodes join by aws-auth. */
const clustersWithEntries = (state: State): readonly Cluster[] =>
  clustersOf(state).filter(cluster => !isBefore20(cluster));

/**
 * A role has one entry, of one type. The module makes one for each self-managed group and for Karpenter; EKS makes one for the
 * role of managed groups, however many share it.
 * Sources: terraform-aws-modules/eks issue 2977; eksctl issue 7502; amazon-eks-user-guide issue 1142.
 */
export const sharedNodeRoles: CheckRule = state =>
  clustersWithEntries(state).flatMap(cluster => {
    const groups = nodeGroupsOf(state, cluster);
    return groups.flatMap((group, index) => {
      const found = shared(state.source.module, group, groups.slice(0, index));
      return found.length > 0 ? found : lent(state, cluster, group);
    });
  });

/** The role is an output of the module that has made it for another group, as in the README of the karpenter submodule. */
const lent = ({ source }: State, cluster: Cluster, group: NodeGroup): readonly Diagnostic[] => {
  const { role, words, entryBy } = group;
  if (!role || entryBy !== 'module') return [];
  const [root, label] = referencesOf(meaningOf(role).expression)[0]?.path ?? [];
  if (root !== 'module' || label !== cluster.label) return [];
  const owner = nodeOwnerOf(source.module, cluster, role, source.installed);
  if (owner.kind !== 'eks' && owner.kind !== 'module') return [];
  const ofEks = owner.kind === 'eks' && owner.isFargate ? besideFargate : besideEks(words);
  const way = owner.kind === 'module' ? allButOne : ofEks;
  return [diagnose('TAE739', { role: principalText(role), first: words, second: owner.words, way }, role.range)];
};

const shared = (module: RootModule, group: NodeGroup, before: readonly NodeGroup[]): readonly Diagnostic[] => {
  const { role } = group;
  const sharing = role ? before.filter(other => other.role && sameRole(module, other.role, role)) : [];
  if (!role || sharing.length === 0) return [];
  const args = { role: principalText(role) };
  const twice = sharing.find(other => makeTwo(other, group));
  const other = sharing.find(
    ({ system }) => system !== undefined && group.system !== undefined && system !== group.system,
  );
  const [linux, windows] = group.system === 'windows' ? [other, group] : [group, other];
  return [
    ...(twice
      ? [
          diagnose(
            'TAE739',
            { ...args, first: twice.words, second: group.words, way: oneEntry(twice, group) },
            role.range,
          ),
        ]
      : []),
    ...(linux && windows
      ? [diagnose('TAE740', { ...args, linux: linux.words, windows: windows.words }, role.range)]
      : []),
  ];
};

const makeTwo = (a: NodeGroup, b: NodeGroup): boolean => {
  const makers = [a.entryBy, b.entryBy];
  return makers.includes('module') && makers.every(maker => maker === 'module' || maker === 'eks');
};

const inState = 'Where the state has that entry already, the apply destroys it: see the page of this code.';
const allButOne = `Set create_access_entry = false on all but one that the module makes entries for. ${inState}`;
const besideEks = (words: string): string =>
  `Set create_access_entry = false on ${words}: EKS makes the entry of the other. ${inState}`;
/** Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html (another role than that of EC2 nodes). */
const besideFargate =
  'Give the Fargate profile a role of its own: EKS wants another one for it than for EC2 nodes. See the page of this code.';

const oneEntry = (a: NodeGroup, b: NodeGroup): string => {
  if ([a, b].some(({ form }) => form.kind === 'fargate')) return besideFargate;
  const [one, ...more] = [a, b].filter(({ entryBy }) => entryBy === 'module');
  return one && more.length === 0 ? besideEks(one.words) : allButOne;
};

/**
 * EKS takes a managed group with an image that it does not know for one of Linux nodes. An entry of the type EC2_WINDOWS in the
 * source is taken for the way around it. Sources: containers-roadmap issue 2327; terraform-aws-modules/eks issues 2994 and 3411.
 */
export const windowsGroups: CheckRule = state =>
  clustersWithEntries(state).flatMap(cluster => {
    const types = entriesOfCluster(state, cluster).map(({ written }) => entryType(written));
    if (types.some(type => type === undefined || type === 'EC2_WINDOWS')) return [];
    return nodeGroupsOf(state, cluster)
      .filter(
        ({ form, system, ownImage, entryBy }) =>
          form.kind === 'managed' && system === 'windows' && ownImage && entryBy === 'eks',
      )
      .map(({ words, range }) => diagnose('TAE741', { group: words }, range));
  });

/**
 * The submodule of version 20 writes mapRoles whole and adds no rows for nodes, as versions 18 and 19 did. In mode CONFIG_MAP those
 * rows are how nodes join. Sources: terraform-aws-modules/eks, modules/aws-auth and docs/UPGRADE-20.0.md; its issue 2952.
 */
export const nodeRows: CheckRule = state =>
  state.source.pairs.flatMap(({ cluster, mapping }) => {
    if (modeTold(cluster.mode) !== 'CONFIG_MAP') return [];
    if (mapping.create.value !== true || mapping.manageConfigMap.value !== true) return [];
    if (mapping.resource?.lists.includes('roles') === false) return [];
    if (mapping.unread.length > 0 || mapping.rows.some(mayBeOfNodes)) return [];
    const groups = [...nodeGroupsOf(state, cluster), ...rawGroupsOf(state, cluster)].filter(
      ({ entryBy }) => entryBy !== undefined,
    );
    const [first] = groups;
    if (!first) return [];
    const owners = groups.length === 1 ? first.words : `${first.words} and ${groups.length - 1} more`;
    return [diagnose('TAE742', { call: mapping.address, owners }, mapping.block.headerRange)];
  });

/** A row of nodes, or one whose username and groups the source does not tell. */
const mayBeOfNodes = ({ username, groups, opaque }: Row): boolean => {
  if (opaque !== undefined) return true;
  const name = username && knownString(username.value);
  const items = groups?.value.kind === 'list' ? groups.value.items.map(knownString) : [undefined];
  if (username && name === undefined) return true;
  if (name !== undefined && isNodeUsername(name)) return true;
  return groups !== undefined && items.some(group => group === undefined || isNodeGroup(group));
};
