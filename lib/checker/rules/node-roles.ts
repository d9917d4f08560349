import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { entryType, isCertain, nodeOwnerOf, type Field, type NodeGroup } from '../../parser/index.ts';
import { clustersOf, entriesOfCluster, type NamedEntry } from '../entries.ts';
import { isImported } from '../imports.ts';
import { nodeGroupsOf, sameRole } from '../node-groups.ts';
import type { CheckRule } from '../rule.ts';

/**
 * EKS makes the entries of managed node groups and Fargate profiles, the module those of self-managed groups and Karpenter. One made
 * before its group is a known way around a wrong type, so EC2_WINDOWS and FARGATE_LINUX are not said of EKS's.
 * Sources: EKS user guide, migrating-access-entries; terraform-aws-modules/eks issue 2968; containers-roadmap issues 185 and 2327.
 */
export const nodeRoles: CheckRule = state =>
  clustersOf(state).flatMap(cluster => {
    const groups = nodeGroupsOf(state, cluster);
    return entriesOfCluster(state, cluster)
      .filter(({ written }) => isCertain(written))
      .flatMap(entry => {
        const field = entry.written.principal;
        return field ? judge(entry, field, groups, state.source.installed) : [];
      });
  });

const judge = (
  entry: NamedEntry,
  field: Field,
  groups: readonly NodeGroup[],
  installed: ReadonlyMap<string, string>,
): readonly Diagnostic[] => {
  const { module, cluster, name } = entry;
  const owner = nodeOwnerOf(module, cluster, field, installed);
  const group = groups.find(
    ({ entryBy, role }) => entryBy === 'module' && role !== undefined && sameRole(module, role, field),
  );
  const maker = owner.kind === 'module' ? owner.words : group?.words;
  if (maker !== undefined) return [diagnose('TAE717', { entry: name, owner: maker }, field.range)];
  if (owner.kind !== 'eks' || isImported(entry)) return [];
  if (['EC2_WINDOWS', 'FARGATE_LINUX'].includes(entryType(entry.written) ?? '')) return [];
  return [diagnose('TAE716', { entry: name, owner: owner.words }, field.range)];
};
