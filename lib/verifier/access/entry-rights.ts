import { defaultUsername, parsePrincipalArn } from '../../eks/index.ts';
import {
  clusterAdmin,
  entryOfLive,
  holdsPolicy,
  readItems,
  valueOr,
  type Association,
  type LiveEntry,
} from '../../parser/index.ts';
import { nodeIdentities } from './node-identities.ts';
import type { Rights } from './rights.ts';

/**
 * What an entry grants. One for the root of an account is taken by the API and has no effect.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/797
 */
export const rightsOfEntry = (live: LiveEntry): Rights | undefined => {
  const { principalArn, type } = live;
  const parsed = parsePrincipalArn(principalArn);
  if (parsed?.kind === 'root') return undefined;
  const node = nodeIdentities.get(type);
  const entry = entryOfLive(live);
  const admin = holdsPolicy(entry, clusterAdmin);
  return {
    username:
      node?.username ?? valueOr(entry.username, undefined) ?? (parsed && defaultUsername(parsed)) ?? principalArn,
    groups: node?.groups ?? readItems(entry.groups),
    admin: admin === 'unreadable' ? undefined : admin === 'yes',
    policies: readItems(entry.associations).map(policyText),
  };
};

const policyText = ({ policy, scope, namespaces }: Association): string => {
  const name = valueOr(policy, '') ?? '';
  return valueOr(scope, 'cluster') === 'cluster' ? name : `${name} in ${readItems(namespaces).toSorted().join(', ')}`;
};
