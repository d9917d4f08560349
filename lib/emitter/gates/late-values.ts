import { attribute, unwrapParentheses } from '../../hcl/index.ts';
import { isCalled, resolve, type CalledCluster } from '../../parser/index.ts';
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
    .filter(({ mode }) => mode.kind !== 'by-cli');
  return [
    ...(calls.some(readsThumbprint)
      ? [
          'aws_iam_openid_connect_provider.oidc_provider[0]: may be updated in place, thumbprint_list known after apply, since the certificate is read once the cluster is changed; the apply writes the thumbprint in force',
        ]
      : []),
    ...(calls.some(cluster => looksUpAddons(state, cluster))
      ? [
          'aws_eks_addon: each without addon_version may be updated in place, addon_version known after apply. The apply then takes the default version of that moment, with most_recent the newest, of the CNI as well. To keep a version, write the one in force as addon_version first (`aws eks describe-addon`)',
        ]
      : []),
  ];
};

const isOff = ({ call }: CalledCluster, name: string): boolean => {
  const value = attribute(call.block.body, name)?.value;
  return value?.kind === 'bool' && !value.value;
};

/** On by default. */
const readsThumbprint = (cluster: CalledCluster): boolean =>
  !isOff(cluster, 'enable_irsa') && !isOff(cluster, 'include_oidc_root_ca_thumbprint');

/** An add-on with a version of its own is not looked up. */
const looksUpAddons = ({ source: { module } }: State, { call: { block } }: CalledCluster): boolean => {
  const found = attribute(block.body, 'cluster_addons') ?? attribute(block.body, 'addons');
  if (!found) return false;
  const map = resolve(module, { expression: found.value, file: block.in });
  if (map.expression.kind !== 'object') return map.expression.kind !== 'null';
  return map.expression.items.some(({ value }) => {
    const expression = unwrapParentheses(resolve(module, { ...map, expression: value }).expression);
    return expression.kind !== 'object' || expression.items.every(({ name }) => name !== 'addon_version');
  });
};
