import { elsewhereProfile } from './elsewhere-profile.ts';
import { role, sso, user } from './principals.ts';
import type { Supplement } from './supplements.ts';

const network = { vpc_id: 'vpc-1', private_subnet_ids: ['subnet-1', 'subnet-2'] };
const perCluster = { options: { configMapsPerCluster: true } };
const viewers = { rolearn: role('viewers'), username: 'viewers', groups: ['viewers'] };
const eve = { userarn: user('eve'), username: 'eve', groups: ['system:masters'] };

const teamModule = `variable "name" {
  type = string
}

variable "namespace" {
  type = string
}

output "aws_auth_configmap_role" {
  value = {
    rolearn  = "arn:aws:iam::111122223333:role/team-\${var.name}"
    username = var.name
    groups   = ["namespace-\${var.namespace}"]
  }
}
`;

const identityState = {
  version: 4,
  terraform_version: '1.6.0',
  serial: 1,
  lineage: '0b7b2e5e-0000-4000-8000-000000000000',
  outputs: { platform_role_arn: { value: role('platform'), type: 'string' } },
  resources: [],
};

/** An override file may begin with a module only; the rest of it is the state's. */
const identityOverride = `module "eks" {
  cluster_name = "catalog"
}

data "terraform_remote_state" "identity" {
  backend = "local"

  config = {
    path = "identity.tfstate"
  }
}
`;

const accessYaml = `roles:
  - rolearn: ${viewers.rolearn}
    username: viewers
    groups: [viewers]
users:
  - userarn: ${eve.userarn}
    username: eve
    groups: [system:masters]
`;

const inTheConfig = [
  'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
  'AWSReservedSSO_Developer-Access_fedcba9876543210',
];

const own: Readonly<Record<string, Supplement>> = {
  'concat-of-arguments': {
    variables: { environment: 'prod', extra_aws_auth_roles: [viewers] },
    principals: [role('squad-checkout'), role('squad-returns'), role('viewers')],
  },
  'condition-on-top': { variables: { is_preview: true }, otherwise: [{ is_preview: false }] },
  'conditions-inside': {
    variables: { environment: 'staging', with_ci: true },
    otherwise: [{ environment: 'prod' }, { environment: 'sandbox', with_ci: false }],
  },
  'count-on-the-module': { variables: { enabled: true } },
  'cold-start-flag': { variables: { cold_start: false }, otherwise: [{ cold_start: true }] },
  'encrypted-variables': {
    variables: { account_id: '111122223333', secret_roles: [viewers] },
    principals: [role('viewers')],
  },
  'feeds-itself': {
    first: ['module.eks'],
    world: { configMaps: { 'kube-system/aws-auth': { data: { mapRoles: '[]' } } } },
  },
  'flatten-of-nested-lists': { principals: ['payments-dev', 'payments-prod', 'search-dev'].map(role) },
  'for-over-a-literal': {
    principals: [...['eks-admin', 'eks-edit', 'eks-view'].map(role), user('m.keller'), user('s.ito')],
  },
  'for-over-a-variable': {
    variables: {
      cluster_name: 'tools',
      account_id: '111122223333',
      admin_role_arns: [role('first'), role('second')],
      developers: ['ada'],
    },
    principals: [role('first'), role('second'), user('ada')],
  },
  'node-role-arns-of-version-19': { files: elsewhereProfile('aws_iam_role.fargate.arn') },
  'json-file': { files: { 'files/roles.json': JSON.stringify([viewers]) }, principals: [role('viewers')] },
  'local-of-two-clusters': {
    first: ['module.eks_blue', 'module.eks_green'],
    world: {
      ...perCluster,
      configMaps: {
        'search-blue/kube-system/aws-auth': { data: {} },
        'search-green/kube-system/aws-auth': { data: {} },
      },
    },
  },
  'opaque-row-objects': {
    files: { 'modules/team/main.tf': teamModule },
    principals: ['operations', 'team-platform', 'team-payments', 'team-search'].map(role),
  },
  'path-left-out-by-name': {
    principals: [
      sso('AWSReservedSSO_AdministratorAccess_0123456789abcdef'),
      sso('AWSReservedSSO_ReadOnlyAccess_0123456789abcdef'),
      sso('AWSReservedSSO_Billing_0123456789abcdef'),
    ],
  },
  // Identity Center is at home in us-east-1, so the path has no region.
  'path-not-in-the-code-in-the-config': {
    principals: inTheConfig.map(name => role(`aws-reserved/sso.amazonaws.com/${name}`)),
    absent: inTheConfig.map(sso),
  },
  'path-stripped-as-a-substring': {
    variables: { region: 'eu-west-1' },
    principals: [
      sso('AWSReservedSSO_AdministratorAccess_0123456789abcdef'),
      sso('AWSReservedSSO_DeveloperAccess_0123456789abcdef'),
    ],
  },
  'path-stripped-at-plan-time': {
    principals: [
      sso('AWSReservedSSO_Admin_0123456789abcdef'),
      sso('AWSReservedSSO_Platform_0123456789abcdef'),
      sso('AWSReservedSSO_DevOps_0123456789abcdef'),
      sso('AWSReservedSSO_ViewOnly_0123456789abcdef'),
      sso('AWSReservedSSO_ViewAll_0123456789abcdef'),
    ],
  },
  'path-stripped-by-accident': {
    principals: [
      sso('AWSReservedSSO_ViewOnlyAccess_0123456789abcdef'),
      sso('AWSReservedSSO_AdministratorAccess_0123456789abcdef'),
      sso('AWSReservedSSO_Auditor_0123456789abcdef'),
    ],
  },
  'path-stripped-by-an-expression': {
    principals: [
      sso('AWSReservedSSO_AWSAdministratorAccess_0123456789abcdef'),
      sso('AWSReservedSSO_Developer_0123456789abcdef'),
    ],
  },
  'principals-from-elsewhere': {
    variables: { tools_account_id: '444455556666', support_role_arn: role('support') },
    files: { 'identity.tfstate': JSON.stringify(identityState) },
    override: identityOverride,
    principals: [role('platform'), role('support'), 'arn:aws:iam::444455556666:role/ci'],
  },
  'principals-of-roles-made-here': { principals: [role('incident-responder'), role('security-audit')] },
  'values-of-a-map': { variables: { users: { eve } }, principals: [user('eve')] },
  'variables-of-a-wrapper': {
    variables: { name: 'wrapped', map_roles: [viewers], map_users: [eve] },
    principals: [role('viewers'), user('eve')],
  },
  'yaml-file': { files: { 'access.yaml': accessYaml }, principals: [role('viewers'), user('eve')] },
};

/** Those of the theme shapes need a network each, whatever else. */
const alike = [
  'accounts bare-session-name alternative-list-in-a-comment cluster-21-beside-submodule-20 configmap-created-and-managed',
  'cycles-through-each-output distinct-of-concat entries-beside-the-rows git-source groups-and-usernames',
  'heredocs-beside-the-rows karpenter-node-role labels-and-dependencies lists-mixed-up literal-list local-in-another-file',
  'mapping-kept-elsewhere node-rows version-with-a-v path-not-in-the-code-looked-up',
  'path-not-in-the-code-with-region quoted-keys raw-config-map rows-that-never-matched wrong-keys',
].flatMap(names => names.split(' '));

export const shapeSupplements: Readonly<Record<string, Supplement>> = Object.fromEntries(
  [...alike, ...Object.keys(own)].map(name => {
    const { variables, ...rest } = own[name] ?? {};
    return [`shapes/${name}`, { ...rest, variables: { ...network, ...variables } }];
  }),
);
