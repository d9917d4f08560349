import { isAccessEntryType, isAccessPolicyArn, parsePrincipalArn, type PrincipalArn } from '../../eks/index.ts';
import type { Association, Entry } from './entry.ts';
import { policyName } from './entry-fields.ts';
import { absent, known, unreadable } from './readable.ts';
import type { LiveEntry } from './snapshot.ts';
import { clusterAdmin } from './held-rights.ts';

/** An entry of the live cluster. A STANDARD one without its associations in the snapshot may have any; one of nodes has none. */
export const entryOfLive = ({ principalArn, type, username, groups, policies }: LiveEntry): Entry => {
  const arn = parsePrincipalArn(principalArn);
  const isOfNodes = type !== 'STANDARD' && isAccessEntryType(type);
  // A policy of IAM, of an account or of another partition is not the access policy of that name: EKS refuses it.
  const foreign = (policy: string): string | undefined => {
    if (!isAccessPolicyArn(policy)) return `${policy} (no access policy)`;
    return arn !== undefined && !policy.startsWith(`arn:${arn.partition}:`) ? policy : undefined;
  };
  return {
    form: 'live',
    ...(arn ? { identity: { kind: 'arn', arn } } : {}),
    type: known(type),
    username: username === undefined ? absent : known(username),
    groups: known(groups),
    associations: policies
      ? known(
          policies.map(policy => {
            const name = foreign(policy.policyArn);
            return { ...associationOf(policy), ...(name === undefined ? {} : { policy: known(name) }) };
          }),
        )
      : isOfNodes
        ? absent
        : unreadable,
  };
};

/** An association by what the API says of it. Undefined stands for what is not told. */
export const associationOf = ({
  policyArn,
  scope,
  namespaces,
}: {
  readonly policyArn: string | undefined;
  readonly scope: string | undefined;
  readonly namespaces?: readonly string[] | undefined;
}): Association => ({
  policy: policyArn === undefined ? unreadable : known(policyName(policyArn) ?? policyArn),
  scope: scope === undefined ? unreadable : known(scope),
  namespaces: namespaces ? known(namespaces) : unreadable,
});

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
