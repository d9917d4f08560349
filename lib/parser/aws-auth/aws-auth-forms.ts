import { attribute } from '../../hcl/index.ts';
import { isBefore, type ModuleVersion, type RootModule } from '../../terraform/index.ts';
import { addedRows } from './call/added-rows.ts';
import { addedRows17 } from './call/added-rows-17.ts';
import type { ModuleCall } from '../clusters/module-call.ts';
import { isFalse } from '../expressions/written-bool.ts';
import type { AddedRows } from './call/node-rows.ts';
import type { RowList } from './row.ts';

/** An argument that is a boolean, and what it is where it is not written. */
export type FlagArgument = { readonly name: string; readonly fallback: boolean };

/** Where aws-auth is written, and by which arguments. */
export type AwsAuthForm = {
  readonly id: 'submodule' | 'inline' | 'inline-17' | 'eks-auth' | 'resource';
  readonly create: FlagArgument;
  /** Creates the object and leaves its data alone afterwards; absent where no argument does. */
  readonly createConfigMap?: FlagArgument;
  /** Writes the data. */
  readonly manageConfigMap: FlagArgument;
  /** The arguments that hold rows. */
  readonly rows: readonly (readonly [argument: string, list: RowList])[];
  /** Further arguments that go with aws-auth. */
  readonly others: readonly string[];
  /** The rows that the module adds by itself. `instance` is HCL of the call. */
  readonly added?: (
    module: RootModule,
    call: ModuleCall,
    instance: string,
    version: ModuleVersion,
  ) => readonly AddedRows[];
};

const rows: AwsAuthForm['rows'] = [
  ['aws_auth_roles', 'roles'],
  ['aws_auth_users', 'users'],
  ['aws_auth_accounts', 'accounts'],
];

const mapRows: AwsAuthForm['rows'] = [
  ['map_roles', 'roles'],
  ['map_users', 'users'],
  ['map_accounts', 'accounts'],
];

/** Source: modules/aws-auth/variables.tf of terraform-aws-modules/eks 20. */
export const submoduleForm: AwsAuthForm = {
  id: 'submodule',
  create: { name: 'create', fallback: true },
  createConfigMap: { name: 'create_aws_auth_configmap', fallback: false },
  manageConfigMap: { name: 'manage_aws_auth_configmap', fallback: true },
  rows,
  others: [],
};

/** Inside the eks call. Source: variables.tf of terraform-aws-modules/eks 18.20.0 to 19.21.0. */
export const inlineForm: AwsAuthForm = {
  id: 'inline',
  create: { name: 'create', fallback: true },
  createConfigMap: { name: 'create_aws_auth_configmap', fallback: false },
  manageConfigMap: { name: 'manage_aws_auth_configmap', fallback: false },
  rows,
  others: [
    'aws_auth_node_iam_role_arns_non_windows',
    'aws_auth_node_iam_role_arns_windows',
    'aws_auth_fargate_profile_pod_execution_role_arns',
  ],
  added: addedRows,
};

/** Inside the eks call; the ConfigMap is created and managed by one resource. Source: variables.tf and aws_auth.tf of 17.0.0 to 17.24.0. */
export const inlineForm17: AwsAuthForm = {
  id: 'inline-17',
  create: { name: 'create_eks', fallback: true },
  manageConfigMap: { name: 'manage_aws_auth', fallback: true },
  rows: mapRows,
  others: ['aws_auth_additional_labels'],
  added: addedRows17,
};

/** A call of another module beside the eks call, without flags. Source: variables.tf of aidanmelen/terraform-aws-eks-auth v1.0.0. */
export const eksAuthForm: AwsAuthForm = {
  id: 'eks-auth',
  create: { name: 'count', fallback: true },
  manageConfigMap: { name: 'count', fallback: true },
  rows: mapRows,
  others: [],
};

/**
 * A resource that writes the ConfigMap itself. Its rows are inside of its data, and it has no flags.
 * Source: hashicorp/terraform-provider-kubernetes, docs/resources/config_map_v1.md.
 */
export const resourceForm: AwsAuthForm = {
  id: 'resource',
  create: { name: 'count', fallback: true },
  manageConfigMap: { name: 'data', fallback: true },
  rows: [],
  others: [],
};

/** The arguments that are about aws-auth alone. */
export const awsAuthArguments = (form: AwsAuthForm): readonly string[] => [
  form.manageConfigMap.name,
  ...(form.createConfigMap ? [form.createConfigMap.name] : []),
  ...form.rows.map(([argument]) => argument),
  ...form.others,
];

/** The form in which a call of the eks module itself writes aws-auth; undefined where that release does not. */
export const inlineFormOf = (
  { source }: Pick<ModuleCall, 'source'>,
  version: ModuleVersion,
): AwsAuthForm | undefined => {
  if (source.submodule !== undefined || version.kind === 'unknown') return undefined;
  if (isBefore(version, '18.0.0')) return inlineForm17;
  return isBefore(version, '18.20.0') || !isBefore(version, '20.0.0') ? undefined : inlineForm;
};

/** Whether a call says anything about aws-auth, or writes it without a word. A flag that is off says nothing. */
export const hasAwsAuth = (module: RootModule, { block }: ModuleCall, form: AwsAuthForm): boolean => {
  const flags = [form.manageConfigMap, ...(form.createConfigMap ? [form.createConfigMap] : [])];
  const isOff = ({ name, fallback }: FlagArgument): boolean => {
    const found = attribute(block.body, name)?.value;
    if (!found || found.kind === 'null') return !fallback;
    return isFalse(module, found);
  };
  // A call that makes nothing writes nothing without a word.
  const isSilent = flags.every(({ name }) => attribute(block.body, name) === undefined);
  const writes = !flags.every(isOff) && !(isSilent && isOff(form.create));
  return writes || !isSilentOnceOff({ block }, form);
};

/** Whether a call has nothing about aws-auth but its flags: with these off it is no call that has rows. */
export const isSilentOnceOff = ({ block }: Pick<ModuleCall, 'block'>, form: AwsAuthForm): boolean => {
  const rest = [...form.rows.map(([argument]) => argument), ...form.others];
  return form.added !== undefined && rest.every(argument => attribute(block.body, argument) === undefined);
};
