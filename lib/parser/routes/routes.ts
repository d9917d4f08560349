import type { ModuleSource } from '../../terraform/index.ts';
import type { RowList } from '../aws-auth/row.ts';

/**
 * A way by which rows come into aws-auth that no phase rewrites. `rows` are the arguments that hold some. A map in `teams` stands for
 * a row for each of its keys, a list in `nodeRoles` for a row of nodes for each role, and a flag in `flags` for the row of one
 * principal. `off` are arguments that switch aws-auth off. `way` is what works today beside the live ConfigMap,
 * which holds all rows, whoever wrote them.
 */
export type Route = {
  /** As messages call it; another module is called by its source. */
  readonly name: string;
  readonly seen: Recognition;
  readonly rows: readonly (readonly [argument: string, list: RowList])[];
  readonly teams?: readonly string[];
  readonly nodeRoles?: readonly string[];
  readonly flags?: readonly (readonly [argument: string, principal: string])[];
  readonly off?: readonly string[];
  readonly way: string;
};

/** A call of a module, by its name in a registry or its repository, of any that is not local, or of a local one; an object of Kubernetes; inputs of Terragrunt; an output. */
export type Recognition =
  | { readonly kind: 'module'; readonly names: readonly string[] }
  | { readonly kind: 'any-module' }
  | { readonly kind: 'local-module' }
  | { readonly kind: 'manifest'; readonly object: string }
  | { readonly kind: 'inputs' }
  | { readonly kind: 'output' }
  | { readonly kind: 'command'; readonly words: readonly string[] };

const lists = (roles: string, users: string, accounts: string): Route['rows'] => [
  [roles, 'roles'],
  [users, 'users'],
  [accounts, 'accounts'],
];

const cloudposse = lists('map_additional_iam_roles', 'map_additional_iam_users', 'map_additional_aws_accounts');
const short = lists('map_roles', 'map_users', 'map_accounts');
const ofEks = lists('aws_auth_roles', 'aws_auth_users', 'aws_auth_accounts');

const entriesOfEks = 'from version 20 of terraform-aws-modules/eks on';

/**
 * Every route, the closest first. Sources: cloudposse/terraform-aws-eks-cluster, variables.tf of 2.9.0, 3.0.0 and 4.0.0, auth.tf,
 * docs/migration-v3-v4.md; aws-ia/terraform-aws-eks-blueprints, variables.tf, locals.tf and aws-auth-configmap.tf of v4.32.1,
 * docs/v4-to-v5/cluster.md; aidanmelen/terraform-aws-eks-auth, README.md and variables.tf of v1.0.0;
 * kubernetes-sigs/aws-iam-authenticator, README.md (CRD); terragrunt.gruntwork.io/docs/reference/hcl/attributes (inputs).
 */
export const routes: readonly Route[] = [
  {
    name: 'cloudposse/eks-cluster',
    seen: { kind: 'module', names: ['cloudposse/eks-cluster/aws', 'cloudposse/terraform-aws-eks-cluster'] },
    rows: cloudposse,
    nodeRoles: ['workers_role_arns'],
    off: ['apply_config_map_aws_auth', 'enabled'],
    way: 'From version 4.0.0 on the module has access_entry_map and access_entries in place of these arguments: its docs/migration-v3-v4.md has the steps.',
  },
  {
    name: 'eks-blueprints',
    seen: {
      kind: 'module',
      names: ['aws-ia/terraform-aws-eks-blueprints', 'aws-samples/aws-eks-accelerator-for-terraform'],
    },
    rows: short,
    teams: ['platform_teams', 'application_teams'],
    flags: [['enable_emr_on_eks', 'the role AWSServiceRoleForAmazonEMRContainers']],
    off: ['create_eks'],
    way: `The module has nothing for access entries, and version 5 makes no clusters: it points to terraform-aws-modules/eks, which has access_entries ${entriesOfEks}.`,
  },
  {
    name: 'eks-auth',
    seen: { kind: 'module', names: ['aidanmelen/eks-auth/aws', 'aidanmelen/terraform-aws-eks-auth'] },
    rows: short,
    way: `The module is archived and has nothing for access entries: they go into access_entries of the eks module, ${entriesOfEks}.`,
  },
  {
    name: 'another module',
    seen: { kind: 'any-module' },
    rows: [...ofEks, ...short, ...cloudposse],
    way: 'Look whether that module has an argument for access entries.',
  },
  {
    // Which arguments hold rows, and the way, are told by the module itself.
    name: 'a local module',
    seen: { kind: 'local-module' },
    rows: [],
    way: '',
  },
  {
    name: 'an IAMIdentityMapping',
    seen: { kind: 'manifest', object: 'IAMIdentityMapping' },
    rows: [['spec', 'roles']],
    way: 'A controller in the cluster may copy such objects into aws-auth: remove them and the controller before aws-auth is emptied.',
  },
  {
    name: 'a command, a chart or a file',
    seen: {
      kind: 'command',
      words: ['aws-auth', 'iamidentitymapping', 'iamIdentityMappings', 'IAMIdentityMapping', 'mapRoles', 'mapUsers'],
    },
    rows: [],
    way: 'Terraform does not know what it writes: remove it before aws-auth is emptied, or it may write the ConfigMap again.',
  },
  {
    name: 'rendered for somebody else to apply',
    seen: { kind: 'output' },
    rows: [],
    way: 'Terraform does not know who applies it: remove the output before aws-auth is emptied, or somebody may write the ConfigMap again.',
  },
  {
    name: 'Terragrunt inputs',
    seen: { kind: 'inputs' },
    rows: [...ofEks, ...short, ...cloudposse],
    way: `Where terraform.source is terraform-aws-modules/eks, access entries go into the input access_entries, ${entriesOfEks}.`,
  },
];

/** Any other module has rows in arguments of these names. The short ones are used for other things as well. */
export const isRowsArgument = (argument: string): boolean => /^(aws_auth|map_additional)_/.test(argument);

/** What a module has in its name that is there to write aws-auth. */
export const authName = /(?:^|[/_.-])(?:aws|eks)[-_]auth(?![a-z0-9])/i;

/** The route by which a module that is known takes rows. Its submodules take none. */
export const routeOfModule = ({ name, submodule }: ModuleSource): Route | undefined =>
  submodule === undefined ? routes.find(({ seen }) => seen.kind === 'module' && seen.names.includes(name)) : undefined;

/** A repository of that name at another owner may be a fork, and take teams as well: what they are, no argument tells by its name. */
export const teamsOfFork = ({ kind, name, submodule }: ModuleSource): Route['teams'] => {
  const own = name.slice(name.lastIndexOf('/') + 1);
  if (kind !== 'git' || submodule !== undefined) return undefined;
  return routes.find(
    ({ seen, teams }) => teams && seen.kind === 'module' && seen.names.some(one => one.endsWith(`/${own}`)),
  )?.teams;
};

/** Whether the rows are handed to a module that is called. */
export const isOfModule = ({ seen }: Route): boolean => ['module', 'any-module', 'local-module'].includes(seen.kind);

/** Whether nothing here writes them: whoever reads the output does. */
export const isOutput = ({ seen }: Route): boolean => seen.kind === 'output';

/** Whether the rows are handed to a local module that writes them into aws-auth. */
export const isForWrapper = ({ route }: { readonly route: Route }): boolean => route.seen.kind === 'local-module';

/** What a text says that has rows by one of the routes. */
export const mentionsRoute = (text: string): boolean => pattern.test(text);

const pattern = new RegExp(
  [
    authName.source,
    'rolearn',
    'userarn',
    ...new Set(
      routes.flatMap(({ seen, rows, teams = [], nodeRoles = [], flags = [] }) =>
        seen.kind === 'manifest'
          ? [seen.object]
          : seen.kind === 'command'
            ? seen.words
            : [...[...rows, ...flags].map(([argument]) => argument), ...teams, ...nodeRoles],
      ),
    ),
  ].join('|'),
);

/**
 * Whether a text names a file that may be the ConfigMap, by `file` or `templatefile` or by a path for them, or what a command does with
 * it: the rows, and the word aws-auth, may be there alone.
 */
export const namesAuthFile = (text: string): boolean =>
  /\b(?:template)?file\(\s*"[^"\n]*(?:auth|config[-_]?map)[^"\n]*"/i.test(text) ||
  /"[^"\n]*(?:auth|config[-_]?map)[^"\n]*\.(?:(?:tf)?tpl|tmpl|template|ya?ml|json)"/i.test(text) ||
  (/\blocal-exec\b|"template_file"/.test(text) && /\b(?:template)?file\(/.test(text));

/**
 * Whether a file of Terragrunt hands over rows: `terragrunt.hcl`, one of any name that it includes, one in JSON syntax, or a stack.
 * Source: terragrunt.gruntwork.io/docs/reference/hcl/blocks (include, unit, stack).
 */
export const handsOverRows = (path: string, text: string): boolean =>
  ((/^[^/.][^/]*\.hcl$/.test(path) && /^\s*(?:inputs|values)\s*=/m.test(text)) ||
    (path === 'terragrunt.hcl.json' && text.includes('inputs'))) &&
  mentionsRoute(text);
