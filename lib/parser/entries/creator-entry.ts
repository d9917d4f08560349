import type { PrincipalArn } from '../../eks/index.ts';
import type { Entry } from './entry.ts';
import { clusterAdmin } from './held-rights.ts';
import { absent, known } from './readable.ts';

/** The key of the entry that `enable_cluster_creator_admin_permissions` makes, and that of its policy. */
export const creatorKey = 'cluster_creator';
export const creatorPolicyKey = 'admin';

/**
 * The entry that `enable_cluster_creator_admin_permissions` makes for whoever runs Terraform: an administrator without groups.
 * Source: terraform-aws-modules/eks, main.tf.
 */
export const creatorEntry = (arn: PrincipalArn): Entry => ({
  form: 'argument',
  key: creatorKey,
  identity: { kind: 'arn', arn },
  type: absent,
  username: absent,
  groups: known([]),
  associations: known([{ policy: known(clusterAdmin.policy), scope: known(clusterAdmin.scope), namespaces: absent }]),
});
