import { importBlocks, type ImportBlocksOptions, type ImportBlocksResult } from '../../../lib/import-blocks.ts';
import { readSnapshot } from '../../../lib/parser/entries/read-snapshot.ts';
import { runtime } from '../../support/fixture.ts';

export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
export const policy = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`;

type Live = {
  readonly arn: string;
  readonly type?: string;
  readonly policies?: readonly string[];
  readonly cluster?: string;
};

/** What the AWS CLI prints for live entries. Without `policies` only the entry is described. */
export const live = (...entries: readonly Live[]): string =>
  entries
    .flatMap(({ arn: principalArn, type = 'STANDARD', policies, cluster: clusterName = 'demo' }) => [
      { accessEntry: { clusterName, principalArn, kubernetesGroups: [], username: 'x', type } },
      ...(policies === undefined
        ? []
        : [
            {
              clusterName,
              principalArn,
              associatedAccessPolicies: policies.map(name => ({
                policyArn: policy(name),
                accessScope: { type: 'cluster', namespaces: [] },
              })),
            },
          ]),
    ])
    .map(document => JSON.stringify(document))
    .join('\n');

/** What `terraform show -json` prints: entries and, with a policy, associations, by address. */
export const state = (objects: Readonly<Record<string, readonly [arn: string, policyName?: string]>>): string => {
  const resources = Object.entries(objects).map(([address, [principal_arn, policyName]]) => ({
    address,
    mode: 'managed',
    type: policyName === undefined ? 'aws_eks_access_entry' : 'aws_eks_access_policy_association',
    values: {
      cluster_name: 'demo',
      principal_arn,
      ...(policyName === undefined
        ? { type: 'STANDARD', kubernetes_groups: [] }
        : { policy_arn: policy(policyName), access_scope: [{ type: 'cluster' }] }),
    },
  }));
  return JSON.stringify({ format_version: '1.0', values: { root_module: { resources } } });
};

/** A root module that may be planned by any Terraform which has for_each in import blocks. */
export const cluster = (entries: string, { version = '20.24.3', more = '', required = '>= 1.7' } = {}): string =>
  `terraform {
  required_version = "${required}"
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name = "demo"
${more}
  access_entries = ${entries}
}
`;

export const admin = (arn: string, type = ''): string => `{
      principal_arn = "${arn}"${type === '' ? '' : `\n      type          = "${type}"`}
      policy_associations = {
        admin = {
          policy_arn   = "${policy('ClusterAdmin')}"
          access_scope = { type = "cluster" }
        }
      }
    }`;

type Run = Partial<Omit<ImportBlocksOptions, 'runtime' | 'snapshot'>>;

export const run = async (
  source: string | Readonly<Record<string, string>>,
  existing: string,
  options: Run = {},
): Promise<ImportBlocksResult> =>
  importBlocks(new Map(Object.entries(typeof source === 'string' ? { 'main.tf': source } : source)), {
    runtime: await runtime(),
    clusterName: 'demo',
    ...options,
    snapshot: readSnapshot('entries.json', existing),
  });

/** `to <- id` of each import, and `from -> to` of each move. */
export const blocksOf = ({ imports, moves }: ImportBlocksResult): string[] => [
  ...imports.map(({ to, id }) => `${to} <- ${id}`),
  ...moves.map(({ from, to }) => `${from} -> ${to}`),
];

export const codesOf = ({ diagnostics }: ImportBlocksResult): string[] => diagnostics.map(({ code }) => code);
