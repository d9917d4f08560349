import { attribute, unwrapParentheses } from '../../hcl/index.ts';
import { isCalled, resolve, type ModuleCall } from '../../parser/index.ts';
import { isBefore, type RootModule } from '../../terraform/index.ts';
import { clustersHere } from '../involved.ts';
import type { State } from '../phase.ts';

/**
 * What the module looks up by its cluster is read in the apply once the plan changes the cluster, and is not known before.
 * Source: terraform-aws-modules/eks, main.tf at v20.13.1, v20.37.2 and v21.19.0: data.tls_certificate.this and
 * data.aws_eks_addon_version.this name aws_eks_cluster.this[0]; developer.hashicorp.com/terraform/language/data-sources.
 */
export const lateValues = (state: State): readonly string[] => {
  const calls = clustersHere(state)
    .filter(isCalled)
    .filter(({ mode }) => mode.kind !== 'by-cli')
    .map(({ call }) => call);
  return [...lateThumbprint(calls), ...lateAddons(state, calls)];
};

export const lateThumbprint = (calls: readonly ModuleCall[]): readonly string[] =>
  calls.some(readsThumbprint)
    ? [
        'aws_iam_openid_connect_provider.oidc_provider[0]: may be updated in place, thumbprint_list known after apply, since the certificate is read once the cluster is changed; the apply writes the thumbprint in force',
      ]
    : [];

export const lateAddons = ({ source: { module } }: State, calls: readonly ModuleCall[]): readonly string[] =>
  calls.some(call => looksUpAddons(module, call))
    ? [
        'aws_eks_addon: each without addon_version may be updated in place, addon_version known after apply. The apply then takes the default version of that moment, with most_recent the newest, of the CNI as well. To keep a version, write the one in force as addon_version first (`aws eks describe-addon`)',
      ]
    : [];

/** Whether an argument is written as `false`. */
export const isOff = ({ block }: ModuleCall, name: string): boolean => {
  const value = attribute(block.body, name)?.value;
  return value?.kind === 'bool' && !value.value;
};

/**
 * Whether the policy of the key that encrypts secrets names whoever runs Terraform: without administrators of its own it does.
 * Since version 19 there is such a key by default.
 * Source: terraform-aws-modules/eks, main.tf at v19.21.0, v20.37.2 and v21.19.0 (module.kms, key_administrators)
 */
export const keyFollowsRunner = (state: State): boolean =>
  state.options.emit !== 'aws-cli' &&
  clustersHere(state)
    .filter(isCalled)
    .filter(({ version }) => version.kind !== 'unknown' && !isBefore(version, '19.0.0'))
    .some(({ call }) => !isOff(call, 'create_kms_key') && !keyArguments.some(name => attribute(call.block.body, name)));

/** With any of them the source says more about the key, or there may be none. */
const keyArguments = ['kms_key_administrators', 'cluster_encryption_config', 'encryption_config'];

/** On by default. */
const readsThumbprint = (call: ModuleCall): boolean =>
  !isOff(call, 'enable_irsa') && !isOff(call, 'include_oidc_root_ca_thumbprint');

/** Whether the call has an add-on, by what the source tells. */
export const hasAddons = (module: RootModule, call: ModuleCall): boolean => {
  const map = addonsOf(module, call);
  return map !== undefined && (map.expression.kind !== 'object' || map.expression.items.length > 0);
};

/** An add-on with a version of its own is not looked up. */
const looksUpAddons = (module: RootModule, call: ModuleCall): boolean => {
  const map = addonsOf(module, call);
  if (map?.expression.kind !== 'object') return map !== undefined;
  return map.expression.items.some(({ value }) => {
    const expression = unwrapParentheses(resolve(module, { ...map, expression: value }).expression);
    return expression.kind !== 'object' || expression.items.every(({ name }) => name !== 'addon_version');
  });
};

const addonsOf = (module: RootModule, { block }: ModuleCall): ReturnType<typeof resolve> | undefined => {
  const found = attribute(block.body, 'cluster_addons') ?? attribute(block.body, 'addons');
  const map = found && resolve(module, { expression: found.value, file: block.in });
  return map?.expression.kind === 'null' ? undefined : map;
};
