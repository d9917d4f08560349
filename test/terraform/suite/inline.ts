import { elsewhereProfile } from './elsewhere-profile.ts';
import { role, user } from './principals.ts';
import type { Supplement } from './supplements.ts';

const network = { vpc_id: 'vpc-1', private_subnet_ids: ['subnet-1', 'subnet-2'] };

const viewers = { rolearn: role('viewers'), username: 'viewers', groups: ['viewers'] };
const operators = { rolearn: role('operators'), username: 'operators', groups: ['system:masters'] };

const networkModule = `output "vpc_id" {
  value = "vpc-1"
}

output "private_subnets" {
  value = ["subnet-1", "subnet-2"]
}
`;

const regional = (alias: string): string => `provider "aws" {\n  alias  = "${alias}"\n  region = "eu-west-1"\n}\n`;

const kubernetes = (alias: string, cluster: string): string =>
  `provider "kubernetes" {\n  alias = "${alias}"\n  host  = module.${cluster}.cluster_endpoint\n}\n`;

/** Modules up to 19.x, whose rows are arguments of the cluster itself. */
export const inlineSupplements: Readonly<Record<string, Supplement>> = {
  'inline/arguments-with-arns': {
    variables: { more_nodes: [], windows: true },
    otherwise: [{ windows: false }],
    files: elsewhereProfile('"arn:aws:iam::111122223333:role/pods"'),
  },
  'inline/count': { variables: { enabled: true } },
  // Its cold start is over: nodes have made the object.
  'inline/flags-as-expressions': {
    world: { configMaps: { 'kube-system/aws-auth': { data: {} } } },
  },
  'inline/karpenter': { files: { 'extra.json': '{ "Version": "2012-10-17" }\n' } },
  'inline/label-is-taken': { files: { 'modules/notify/main.tf': 'output "topic" {\n  value = "notify"\n}\n' } },
  'inline/providers': { override: regional('eu') },
  'inline/providers-kubernetes-alone': { override: kubernetes('eks', 'eks') },
  'inline/roles-of-a-concat': { variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'] } },
  'inline/roles-of-a-variable': {
    variables: { cluster_name: 'wrapped', node_groups: { general: {} }, aws_auth_roles: [viewers, operators] },
    principals: [role('viewers'), role('operators')],
  },
  'inline/roles-that-nodes-are-given': { files: { 'ec2.json': '{ "Version": "2012-10-17" }\n' } },
  'inline/two-clusters': {
    override: 'module "green_spot" {\n  iam_role_use_name_prefix = false\n}\n',
    files: {
      'clouds.tf': [
        regional('green'),
        'provider "kubernetes" {\n  host = module.blue.cluster_endpoint\n}\n',
        kubernetes('green', 'green'),
      ].join('\n'),
    },
    world: { options: { configMapsPerCluster: true } },
    // No row has the nodes of the call of its own; EKS makes their entry when the mode gains the API.
    changed: {
      [role('spot-eks-node-group')]: {
        username: 'system:node:{{EC2PrivateDNSName}}',
        groups: ['system:bootstrappers', 'system:nodes'],
      },
    },
  },
  'inline/version-17-in-place': { modeByHand: true, world: { configMaps: {} } },
  'inline/version-19-in-place': {
    modeByHand: true,
    variables: { roles: [viewers] },
    principals: [role('viewers')],
  },
  'inline/v17-stay-put': {
    modeByHand: true,
    files: { 'network/main.tf': networkModule },
    // The module makes the object itself; nothing is there before.
    world: { configMaps: {} },
  },
  'inline/v18-stay-put': {
    modeByHand: true,
    variables: { vpc_id: 'vpc-1', private_subnets: ['subnet-1', 'subnet-2'], extra_roles: [viewers] },
    principals: [role('viewers')],
  },
  'inline/v19-literal': { variables: network },
  'inline/v19-stay-put': {
    modeByHand: true,
    variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'], aws_auth_roles: [viewers, operators] },
    principals: [role('viewers'), role('operators'), role('scheduler-nodes'), user('breakglass')],
  },
  'inline/v19-windows': { variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'] } },
};
