/** A live ConfigMap, live entries and bindings, as kubectl and the AWS CLI print them. */
export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
export const user = (name: string): string => `arn:aws:iam::111122223333:user/${name}`;

type Row = { readonly arn: string; readonly username: string; readonly groups?: readonly string[] };

export const configMap = (data: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'aws-auth', namespace: 'kube-system' },
    data,
  });

export const rolesMap = (...rows: readonly Row[]): string =>
  configMap({ mapRoles: JSON.stringify(rows.map(({ arn, ...rest }) => ({ rolearn: arn, ...rest }))) });

type Entry = {
  readonly arn: string;
  readonly type?: string;
  readonly username?: string | undefined;
  readonly groups?: readonly string[];
  /** `Name`, or `Name:namespace`; null leaves the associations out of the snapshot. */
  readonly policies?: readonly string[] | null;
};

export const snapshot = (...entries: readonly Entry[]): string =>
  entries
    .flatMap(({ arn, type = 'STANDARD', username, groups = [], policies = [] }) => [
      { accessEntry: { clusterName: 'demo', principalArn: arn, type, username, kubernetesGroups: groups } },
      ...(policies === null
        ? []
        : [{ clusterName: 'demo', principalArn: arn, associatedAccessPolicies: policies.map(association) }]),
    ])
    .map(document => JSON.stringify(document))
    .join('\n');

const association = (text: string): object => {
  const [name, namespace] = text.split(':');
  const accessScope =
    namespace === undefined ? { type: 'cluster', namespaces: [] } : { type: 'namespace', namespaces: [namespace] };
  return { policyArn: `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`, accessScope };
};

type Subject = { readonly kind: string; readonly name: string; readonly namespace?: string };
export const bindings = (...subjects: readonly Subject[]): string => bindingsBy('view', ...subjects);

/** A binding of the cluster with this name, beside one for nobody. */
export const bindingsBy = (name: string, ...subjects: readonly Subject[]): string =>
  JSON.stringify({
    kind: 'List',
    items: [
      {
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { kind: 'ClusterRole', name },
        subjects,
      },
      { kind: 'RoleBinding', metadata: { name: 'own', namespace: 'team' }, roleRef: { kind: 'Role', name: 'own' } },
    ],
  });
