import type { World } from '../oracle/world.ts';
import { elsewhereProfile } from './elsewhere-profile.ts';
import { inlineSupplements } from './inline.ts';
import { role, sso, user } from './principals.ts';
import { shapeSupplements } from './shapes.ts';

/** What a case needs beside its files to be applied. Nothing here changes a text that the product wrote. */
export type Supplement = {
  /** Values of variables: what the caller of the root module would give. */
  variables?: Record<string, unknown>;
  /** Values of the same variables with which guards come out the other way: each is a run of its own. */
  otherwise?: readonly Record<string, unknown>[];
  /** Files that an excerpt leaves out: child modules, policies. */
  files?: Record<string, string>;
  /** Principals that exist beside those that the input names, with their real paths. */
  principals?: string[];
  /** Principals that the input names and that do not exist. */
  absent?: string[];
  world?: Partial<World>;
  /** What the author's configuration has and the excerpt leaves out, as an override file or blocks of its own. */
  override?: string;
  /** What is there before the rest: addresses that are applied first. */
  first?: readonly string[];
  /** Made by an older release of the module, in the mode CONFIG_MAP: a cluster of today's cannot be. */
  olderCluster?: true;
  /** No argument of the module sets the mode, so a person does, where enable-api and api-only would be. */
  modeByHand?: true;
  /** Files that only this engine reads. */
  engine?: 'tofu';
  /** What becomes of principals whose access the options change on purpose, beside those that the config accepts and drops by ARN. */
  changed?: Record<string, Becomes>;
  /** Of several clusters those that are migrated. */
  migrated?: readonly string[];
};

/** An entry by what it has: without a username the one that EKS gives it; a policy with its namespaces behind it. */
export type Becomes = 'nothing' | { username?: string; groups?: readonly string[]; policies?: readonly string[] };

const admin = { policies: ['AmazonEKSClusterAdminPolicy'] };

export const runner = role('terraform-runner');

const china = { partition: 'aws-cn', region: 'cn-north-1' };
const perCluster = { options: { configMapsPerCluster: true } };

const trust = `assume_role_policy = jsonencode({ Version = "2012-10-17" })`;
const roleModule = (name: string, output = 'role_arn'): string =>
  `resource "aws_iam_role" "this" {\n  name = "${name}"\n  ${trust}\n}\n\noutput "${output}" {\n  value = aws_iam_role.this.arn\n}\n`;

const roleModules = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map(name => [`modules/${name}/main.tf`, roleModule(name)]));

const inputNamedCluster = `variable "cluster_name" {\n  type = string\n}\n\n`;
const roleOfCluster = roleModule('\u0024{var.cluster_name}-access');

const mapOfRoles = 'output "roles" {\n  value = { payments = aws_iam_role.this.arn }\n}\n';

const viewers = { rolearn: role('viewers'), username: 'viewers', groups: ['viewers'] };
const rowModule = `output "aws_auth_configmap_role" {\n  value = { rolearn = "${role('payments')}", username = "payments", groups = ["payments"] }\n}\n`;

const otherCluster = {
  'cluster.tf': `resource "aws_eks_cluster" "other" {\n  name     = "shop-prod"\n  role_arn = "${role('cluster')}"\n\n  access_config {\n    authentication_mode = "API_AND_CONFIG_MAP"\n  }\n\n  vpc_config {\n    subnet_ids = ["subnet-1", "subnet-2"]\n  }\n}\n`,
};

export const supplements: Readonly<Record<string, Supplement>> = {
  'accept/mapping-not-in-force': {
    changed: { [role('admins')]: { username: 'admins', ...admin } },
  },
  'advice/tae403-several-rows': { files: roleModules('ci') },
  'advice/tae418-path-stripping-undone': {
    variables: { region: 'eu-west-1' },
    files: {
      'modules/sso/main.tf': `output "viewer_arn" {\n  value = "${sso('AWSReservedSSO_Viewer_0123456789abcdef')}"\n}\n`,
    },
    principals: [
      sso('AWSReservedSSO_Admin_0123456789abcdef'),
      sso('AWSReservedSSO_Dev_0123456789abcdef'),
      sso('AWSReservedSSO_Viewer_0123456789abcdef'),
    ],
  },
  'blocked/tae304-no-arn': { principals: [user('ann')] },
  'blocked/tae319-username-at-plan-time': { variables: { team: 'payments' }, absent: [role('deployers')] },
  'clean-up/locals-and-data-only-it-read': { principals: [role('viewers')] },
  'clean-up/used-elsewhere-too': { principals: [role('admins'), role('deployers')] },
  'clusters/count-on-both': { otherwise: [{ testers: false }], variables: { create: true, testers: true } },
  'clusters/count-on-the-call': { otherwise: [{ enabled: false }], variables: { enabled: true } },
  'clusters/count-with-plan-time-rows': {
    variables: { create: true, map_roles: [viewers] },
    principals: [role('viewers'), role('index-0')],
  },
  'clusters/paired-by-config': {
    override: 'provider "kubernetes" {\n  host = module.green.cluster_endpoint\n}\n',
    world: perCluster,
    migrated: ['green'],
  },
  'clusters/elsewhere-as-resources': {
    // What the other root module makes, in the mode that phase 1 has set there.
    files: otherCluster,
    variables: { map_roles: [viewers] },
    principals: [role('viewers'), role('cluster')],
    first: ['aws_eks_cluster.other'],
  },
  'clusters/emit-resources': { otherwise: [{ manage: false }], variables: { manage: true } },
  'clusters/shared-local': { world: perCluster },
  'clusters/two-and-one-unpaired': {
    override: 'provider "kubernetes" {\n  host = module.blue.cluster_endpoint\n}\n',
    world: perCluster,
  },
  'clusters/two-in-one-snapshot': { world: perCluster, first: ['module.blue', 'module.green'] },
  'clusters/two-one-without-aws-auth': { world: perCluster, migrated: ['blue'] },
  'clusters/two-with-provider-aliases': { world: perCluster, first: ['module.blue', 'module.green'] },
  'clean-up/moved-and-variables-stay': { variables: { viewer_arn: role('viewers') }, principals: [role('viewers')] },
  'cycles/depends-on-the-module': { files: roleModules('tools') },
  'cycles/local-child-module': { files: { 'modules/access/main.tf': inputNamedCluster + roleOfCluster } },
  // Who calls through the provider without an alias is of another account, and sees nothing of this one's roles.
  'cycles/two-aws-providers': {
    override: `provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::444455556666:role/elsewhere"\n  }\n}\n\nprovider "aws" {\n  alias  = "eu"\n  region = "eu-west-1"\n}\n`,
  },
  // The config names the row by its expression.
  'drop/rows-and-accounts': { files: roleModules('old'), changed: { [role('old')]: 'nothing' } },
  'eks-auth/beside-version-19': { modeByHand: true },
  // It makes the object itself, where EKS has not.
  'eks-auth/without-node-groups': {
    world: { configMaps: {} },
    otherwise: [{ legacy_access: false }],
    variables: { legacy_access: true },
  },
  'entries/conditional': { otherwise: [{ with_backup: false }], variables: { with_backup: true } },
  'entries/prefix-is-taken': { variables: { viewer_arn: role('reports') }, principals: [role('reports')] },
  'entries/same-principal': { files: roleModules('ci') },
  'examples/accounts': { variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'] } },
  'examples/quickstart': { variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'] } },
  'examples/karpenter-cycle': { variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'] } },
  'examples/demo-eks-cluster': { variables: { vpc_id: 'vpc-1', private_subnet_ids: ['subnet-1', 'subnet-2'] } },
  // The runner is no administrator before, and is to become one.
  'flags/manage-is-an-expression': { variables: { cold_start: false }, otherwise: [{ cold_start: true }] },
  'flags/creator-admin-asked-for-but-false': { changed: { [runner]: admin } },
  'flags/guards-of-all-kinds': {
    otherwise: [{ stage: 'test' }, { cold_start: true }],
    variables: { stage: 'prod', create_configmap: true, cold_start: false },
  },
  'groups/either-way': { otherwise: [{ stage: 'test' }], variables: { stage: 'prod' } },
  'groups/what-they-become': {
    changed: {
      [role('metrics')]: { username: 'metrics', groups: ['monitoring', 'viewers'] },
      [role('operators')]: { username: 'operators', groups: ['ops'] },
      [role('builders')]: { username: 'builders', policies: ['AmazonEKSEditPolicy builds builds-*'] },
      [role('readers')]: { username: 'readers', policies: ['AmazonEKSViewPolicy'] },
      [role('shippers')]: { username: 'shippers', policies: ['AmazonEKSEditPolicy builds builds-* deploys'] },
    },
  },
  'layout/conditional-fields': { otherwise: [{ legacy: false }], variables: { legacy: true } },
  'layout/guarded-entries-into-a-variable': { otherwise: [{ cold_start: true }], variables: { cold_start: false } },
  'layout/tofu-beside-tf': { engine: 'tofu' },
  'layout/rows-known-at-plan-time': {
    variables: {
      roles: [{ rolearn: role('from-a-variable'), username: 'somebody', groups: ['viewers'] }],
      users: [],
      accounts: [],
    },
    principals: [role('from-a-variable')],
  },
  'lists/concat-of-all-kinds': {
    otherwise: [{ env: 'test', web: false }],
    variables: { env: 'prod', web: true },
    files: { 'ci/main.tf': roleModule('ci', 'iam_role_arn') },
    principals: [role('dev'), role('qa'), user('zoe'), user('adam')],
  },
  'lists/existing-literal-map': { variables: { map_roles: [viewers] }, principals: [role('viewers')] },
  'lists/for-over-literals': {
    otherwise: [{ data_team: false }],
    variables: { data_team: true },
    principals: [
      ...['admin', 'build', 'dev-deploy', 'dev-read', 'qa-deploy', 'qa-read'].map(role),
      user('zoe'),
      user('adam'),
    ],
  },
  'lists/for-over-node-groups': { variables: { vpc_id: 'vpc-1', private_subnet_ids: ['subnet-1'] } },
  'lists/for-over-variable': {
    otherwise: [{ readers: null }],
    variables: { readers: { reports: role('reports') } },
    principals: [role('reports'), sso('AWSReservedSSO_Admin_0123456789abcdef')],
  },
  'lists/inner-condition-needs-the-outer': {
    otherwise: [{ teams: ['one', 'leads', 'three'], on_call_rows: [viewers] }],
    principals: [role('viewers')],
  },
  'lists/members-of-locals': { otherwise: [{ prod: false, stage: 'qa' }], variables: { prod: true, stage: 'prod' } },
  'lists/node-rows-of-a-variable': { variables: { groups: ['blue', 'green'] } },
  'lists/one-principal-under-conditions': {
    otherwise: [{ break_glass: false }, { users: true }],
    variables: { break_glass: true, users: false },
  },
  'lists/opaque-rows': {
    variables: { on_call: true, fallback: { ...viewers, groups: ['viewers'] } },
    files: { 'modules/team/main.tf': rowModule },
    principals: [role('viewers'), role('payments')],
  },
  'lists/waits-for-the-cluster': {
    files: { 'teams/main.tf': inputNamedCluster + roleOfCluster.replace(/output[\s\S]*/, mapOfRoles) },
  },
  'lists/wrapper-variables': { variables: { map_roles: [viewers] }, principals: [role('viewers')] },
  'mode/config-map': { olderCluster: true },
  // They name the cluster and refer to nothing of it, so nothing says that it comes first.
  'nodes/karpenter': { first: ['module.eks'] },
  'nodes/karpenter-shares-the-role': { first: ['module.eks'] },
  'nodes/unproven-types': { files: elsewhereProfile('"arn:aws:iam::111122223333:role/fargate-pods"') },
  'nodes/managed-by-output': { override: 'module "extra" {\n  cluster_name = module.eks.cluster_name\n}\n' },
  'nodes/managed-by-same-role': {
    absent: [role('shop-gpu-nodes')],
    variables: { subnet_ids: ['subnet-1', 'subnet-2'] },
  },
  'nodes/owner-unclear': { variables: { karpenter_access_entry: false }, first: ['module.eks'] },
  'partitions/module-output': {
    override: 'module "admin_role" {\n  create_role = true\n  role_name   = "admins"\n}\n',
    world: china,
  },
  'partitions/sso-in-china': { world: china },
  // The config gives them other rights than their rows.
  'principals/policies-and-scope': {
    changed: {
      [role('auditors')]: { username: 'auditor', groups: ['auditors'], policies: ['AmazonEKSAdminViewPolicy'] },
      [role('web')]: {
        username: 'web',
        groups: ['web'],
        policies: ['AmazonEKSEditPolicy web web-preview', 'AmazonEKSSecretReaderPolicy web web-preview'],
      },
    },
  },
  'reference/cluster-creator-admin': { changed: { [runner]: admin } },
  // Its row called it "ci"; the module's own entry for the runner has no username.
  'reference/cluster-creator-admin-with-snapshot': { changed: { [role('ci-terraform')]: admin } },
  'rows/same-role-with-and-without-path': { absent: [role('etl')] },
  'rows/sso-data-source-arns': { principals: [sso('AWSReservedSSO_Admin_0123456789abcdef')] },
  ...shapeSupplements,
  ...inlineSupplements,
  'raw/cluster-as-a-resource': { variables: { subnet_ids: ['subnet-1', 'subnet-2'] }, principals: [role('platform')] },
  'raw/cluster-with-access-config': {
    variables: {
      subnet_ids: ['subnet-1', 'subnet-2'],
      cluster_role_arn: role('cluster'),
      node_role_arn: role('nodes'),
    },
    principals: [role('cluster'), role('nodes'), role('orders-admins')],
  },
  'raw/elsewhere-as-resources': {
    files: otherCluster,
    principals: [role('cluster')],
    first: ['aws_eks_cluster.other'],
  },
  'raw/heredoc': {
    otherwise: [{ manage_aws_auth: false }],
    variables: { manage_aws_auth: true },
    principals: [role('viewers')],
  },
  'raw/plan-time-lists': {
    otherwise: [{ on: false }],
    variables: { on: true, roles: [viewers], accounts: [] },
    principals: [role('viewers')],
  },
  'raw/v1-data-yamlencode': { otherwise: [{ break_glass: false }], variables: { break_glass: true } },
  'raw/unreadable': { variables: { admin_arns: [role('admin')] }, principals: [role('admin')] },
};

/** Files that many cases refer to. */
export const commonFiles: Readonly<Record<string, string>> = { 'trust.json': '{ "Version": "2012-10-17" }\n' };
