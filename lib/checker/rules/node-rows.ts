import { diagnose } from '../../diagnostics/index.ts';
import { isNodeGroup, isNodeUsername } from '../../eks/index.ts';
import type { Row } from '../../parser/index.ts';
import { knownString } from '../../terraform/index.ts';
import { nodeGroupsOf } from '../node-groups.ts';
import type { CheckRule } from '../rule.ts';

/**
 * The submodule of version 20 writes mapRoles whole and adds no rows for nodes, as versions 18 and 19 did. In mode CONFIG_MAP those
 * rows are how nodes join. Sources: terraform-aws-modules/eks, modules/aws-auth and docs/UPGRADE-20.0.md; its issue 2952.
 */
export const nodeRows: CheckRule = state =>
  state.source.pairs.flatMap(({ cluster, mapping }) => {
    const { mode } = cluster;
    if (mode.kind !== 'literal' || mode.value !== 'CONFIG_MAP') return [];
    if (mapping.create.value !== true || mapping.manageConfigMap.value !== true) return [];
    if (mapping.unread.length > 0 || mapping.rows.some(mayBeOfNodes)) return [];
    const groups = nodeGroupsOf(state, cluster).filter(({ entryBy }) => entryBy !== undefined);
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
