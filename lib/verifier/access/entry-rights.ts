import { clusterAdminPolicy, defaultUsername, parsePrincipalArn } from '../../eks/index.ts';
import type { LiveEntry, LivePolicy } from '../../parser/index.ts';
import { nodeIdentities } from './node-identities.ts';
import type { Rights } from './rights.ts';

/**
 * What an entry grants. One for the root of an account is taken by the API and has no effect.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/797
 */
export const rightsOfEntry = (entry: LiveEntry): Rights | undefined => {
  const { principalArn, type, username, groups, policies } = entry;
  const parsed = parsePrincipalArn(principalArn);
  if (parsed?.kind === 'root') return undefined;
  const node = nodeIdentities.get(type);
  return {
    username: node?.username ?? username ?? (parsed && defaultUsername(parsed)) ?? principalArn,
    groups: node?.groups ?? groups,
    admin: node !== undefined && policies === undefined ? false : policies?.some(isAdmin),
    policies: policies?.map(policyText) ?? [],
  };
};

const isAdmin = ({ policyArn, scope }: LivePolicy): boolean =>
  scope === 'cluster' && policyArn.endsWith(`/${clusterAdminPolicy}`);

const policyText = ({ policyArn, scope, namespaces }: LivePolicy): string => {
  const name = policyArn.slice(policyArn.lastIndexOf('/') + 1);
  return scope === 'cluster' ? name : `${name} in ${namespaces.toSorted().join(', ')}`;
};
