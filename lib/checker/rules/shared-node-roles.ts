import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { NodeGroup } from '../../parser/index.ts';
import { principalText } from '../../transformer/index.ts';
import { clustersOf } from '../entries.ts';
import { nodeGroupsOf, sameRole } from '../node-groups.ts';
import type { CheckRule } from '../rule.ts';
import type { RootModule } from '../../terraform/index.ts';

/**
 * A role has one entry, of one type. The module makes one for each self-managed group and for Karpenter; EKS makes one for the
 * role of managed groups, however many share it.
 * Sources: terraform-aws-modules/eks issue 2977; eksctl issue 7502; amazon-eks-user-guide issue 1142.
 */
export const sharedNodeRoles: CheckRule = state =>
  clustersOf(state).flatMap(cluster => {
    const groups = nodeGroupsOf(state, cluster);
    return groups.flatMap((group, index) => judge(state.source.module, group, groups.slice(0, index)));
  });

const judge = (module: RootModule, group: NodeGroup, before: readonly NodeGroup[]): readonly Diagnostic[] => {
  const { role } = group;
  const sharing = role ? before.filter(other => other.role && sameRole(module, other.role, role)) : [];
  if (!role || sharing.length === 0) return [];
  const args = { role: principalText(role) };
  const twice = sharing.find(other => makeTwo(other, group));
  const other = sharing.find(
    ({ system }) => system !== undefined && group.system !== undefined && system !== group.system,
  );
  return [
    ...(twice ? [diagnose('TAE739', { ...args, first: twice.words, second: group.words }, role.range)] : []),
    ...(other
      ? [
          diagnose(
            'TAE740',
            group.system === 'windows'
              ? { ...args, linux: other.words, windows: group.words }
              : { ...args, linux: group.words, windows: other.words },
            role.range,
          ),
        ]
      : []),
  ];
};

const makeTwo = (a: NodeGroup, b: NodeGroup): boolean => {
  const makers = [a.entryBy, b.entryBy];
  return makers.includes('module') && makers.every(maker => maker === 'module' || maker === 'eks');
};
