import { groupBy } from '../group-by.ts';
import {
  type LiveEntry,
  type LivePolicy,
  type ManagedObject,
  type SnapshotPart,
  isRecord,
  list,
  text,
  type JsonRecord,
} from './snapshot.ts';

/**
 * The entries of a state, as `terraform show -json` prints it. A state knows the associations that Terraform made, so an
 * entry without one has unknown policies. A state without entries says that none is managed.
 *
 * Source: developer.hashicorp.com/terraform/internals/json-format#state-representation; the arguments of
 * aws_eks_access_entry and aws_eks_access_policy_association in the documentation of the AWS provider.
 */
export const readState = (values: JsonRecord): StateParts | string => {
  const resources = resourcesIn(values);
  const entries = resources.filter(({ type }) => type === 'aws_eks_access_entry').map(readEntry);
  const associations = resources
    .filter(({ type }) => type === 'aws_eks_access_policy_association')
    .map(readAssociation);
  if (!entries.every(entry => entry !== undefined)) return 'an aws_eks_access_entry has no principal_arn or no type';
  if (!associations.every(association => association !== undefined)) {
    return 'an aws_eks_access_policy_association has no principal_arn, no policy_arn or no access_scope';
  }
  const byPrincipal = groupBy(associations, ({ principalArn }) => principalArn);
  return {
    parts: [
      ...entries.map((entry): SnapshotPart => ({ kind: 'entry', entry })),
      ...[...byPrincipal].map(([principalArn, found]): SnapshotPart => ({
        kind: 'policies',
        principalArn,
        policies: found.map(({ policy }) => policy),
        ...clusterOf(found[0]?.clusterName),
      })),
    ],
    managed: resources.flatMap(managedObject),
  };
};

/** What a state says: the same as the documents of the AWS CLI, and the addresses. */
export type StateParts = { readonly parts: SnapshotPart[]; readonly managed: readonly ManagedObject[] };

const managedObject = ({ type, address, values }: JsonRecord): ManagedObject[] => {
  const at = text(address);
  if (!isRecord(values) || at === undefined) return [];
  const principalArn = text(values['principal_arn']);
  const policyArn = type === 'aws_eks_access_policy_association' ? text(values['policy_arn']) : undefined;
  if (principalArn === undefined || (type !== 'aws_eks_access_entry' && policyArn === undefined)) return [];
  const cluster = clusterOf(text(values['cluster_name']));
  return [{ address: at, principalArn, ...(policyArn === undefined ? {} : { policyArn }), ...cluster }];
};

type Association = { readonly clusterName?: string; readonly principalArn: string; readonly policy: LivePolicy };

const clusterOf = (clusterName: string | undefined): { clusterName?: string } =>
  clusterName === undefined ? {} : { clusterName };

/** The managed resources in the values of a state, or in those that are planned, at any depth of modules. */
export const resourcesIn = (values: unknown): readonly JsonRecord[] => {
  const found: JsonRecord[] = [];
  const modules: unknown[] = isRecord(values) ? [values['root_module']] : [];
  for (let module = modules.shift(); module !== undefined; module = modules.shift()) {
    if (!isRecord(module)) continue;
    const { resources, child_modules: children } = module;
    if (Array.isArray(resources)) found.push(...resources.filter(isRecord).filter(({ mode }) => mode === 'managed'));
    if (Array.isArray(children)) modules.unshift(...(children as unknown[]));
  }
  return found;
};

const readEntry = ({ values }: JsonRecord): LiveEntry | undefined => {
  if (!isRecord(values)) return undefined;
  const principalArn = text(values['principal_arn']);
  const type = text(values['type']);
  const groups = list(values['kubernetes_groups'] ?? [], text);
  if (principalArn === undefined || type === undefined || groups === undefined) return undefined;
  const username = text(values['user_name']);
  return {
    ...clusterOf(text(values['cluster_name'])),
    principalArn,
    type,
    ...(username === undefined ? {} : { username }),
    groups,
  };
};

const readAssociation = ({ values }: JsonRecord): Association | undefined => {
  if (!isRecord(values)) return undefined;
  const principalArn = text(values['principal_arn']);
  const policyArn = text(values['policy_arn']);
  const [block] = Array.isArray(values['access_scope']) ? (values['access_scope'] as unknown[]) : [];
  if (principalArn === undefined || policyArn === undefined || !isRecord(block)) return undefined;
  const { type: scope } = block;
  const namespaces = list(block['namespaces'] ?? [], text);
  if (namespaces === undefined || (scope !== 'cluster' && scope !== 'namespace')) return undefined;
  return { ...clusterOf(text(values['cluster_name'])), principalArn, policy: { policyArn, scope, namespaces } };
};
