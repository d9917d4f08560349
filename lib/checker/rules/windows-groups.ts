import { diagnose } from '../../diagnostics/index.ts';
import { entryType } from '../../parser/index.ts';
import { clustersOf, entriesOfCluster } from '../entries.ts';
import { nodeGroupsOf } from '../node-groups.ts';
import type { CheckRule } from '../rule.ts';

/**
 * EKS takes a managed group with an image that it does not know for one of Linux nodes. An entry of the type EC2_WINDOWS in the
 * source is taken for the way around it. Sources: containers-roadmap issue 2327; terraform-aws-modules/eks issues 2994 and 3411.
 */
export const windowsGroups: CheckRule = state =>
  clustersOf(state).flatMap(cluster => {
    const types = entriesOfCluster(state, cluster).map(({ written }) => entryType(written));
    if (types.some(type => type === undefined || type === 'EC2_WINDOWS')) return [];
    return nodeGroupsOf(state, cluster)
      .filter(
        ({ form, system, ownImage, entryBy }) =>
          form.kind === 'managed' && system === 'windows' && ownImage && entryBy === 'eks',
      )
      .map(({ words, range }) => diagnose('TAE741', { group: words }, range));
  });
