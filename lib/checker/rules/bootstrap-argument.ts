import { diagnose } from '../../diagnostics/index.ts';
import { attribute } from '../../hcl/index.ts';
import { isFork } from '../../parser/index.ts';
import type { CheckRule } from '../rule.ts';

/** Source: terraform-aws-modules/eks, variables.tf of every release; its issues 3025 and 3408. */
export const bootstrapArgument: CheckRule = ({ source }) =>
  source.clusters
    .filter(cluster => !isFork(cluster))
    .flatMap(({ address, block }) => {
      const found = attribute(block.body, 'bootstrap_cluster_creator_admin_permissions');
      return found ? [diagnose('TAE737', { call: address }, found.nameRange)] : [];
    });
