import { isRecord, type JsonRecord } from '../../parser/entries/snapshot.ts';
import type { Change } from './change.ts';

/** What tells a cluster: the module call that makes it, its resource, or its name in EKS. */
export type ClusterClue = { readonly address?: string; readonly name?: string };

/**
 * The cluster that a resource of the kubernetes provider talks to: the one whose outputs are in `host` of its provider block.
 * Undefined where the configuration does not tell, as with locals. Source:
 * https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export const clusterOf = (configuration: unknown, { address, module }: Change): ClusterClue | undefined => {
  const root = memberOf(configuration, 'root_module');
  if (!root) return undefined;
  const steps =
    module === ''
      ? []
      : withoutKeys(module)
          .split('.')
          .filter((_, index) => index % 2 === 1);
  const moduleOfCluster = steps.reduce<JsonRecord | undefined>(
    (calls, label) => memberOf(memberOf(memberOf(calls, 'module_calls'), label), 'module'),
    root,
  );
  const local = withoutKeys(module === '' ? address : address.slice(module.length + 1));
  const key = resourceOf(moduleOfCluster, local)?.['provider_config_key'];
  const provider = typeof key === 'string' ? memberOf(memberOf(configuration, 'provider_config'), key) : undefined;
  // A provider block of a child module speaks of what is in there.
  if (!provider || provider['module_address'] !== undefined) return undefined;
  return clueIn(root, memberOf(memberOf(provider, 'expressions'), 'host'));
};

/** Of an expression: the call or the resource that it reads; of a data source, what its `name` says. */
const clueIn = (root: JsonRecord, expression: JsonRecord | undefined): ClusterClue | undefined => {
  const references = expression?.['references'];
  const texts = Array.isArray(references) ? references.filter(text => typeof text === 'string') : [];
  const heads = new Set(texts.map(headOf));
  const [head] = heads;
  if (head === undefined || heads.size > 1) return undefined;
  if (!head.startsWith('data.')) return { address: head };
  if (!head.startsWith('data.aws_eks_cluster.')) return undefined;
  const name = memberOf(memberOf(resourceOf(root, head), 'expressions'), 'name');
  const constant = name?.['constant_value'];
  if (typeof constant === 'string') return { name: constant };
  const inner = name && clueIn(root, name);
  // A data source that reads another one leads no further.
  return inner?.name === undefined ? inner : undefined;
};

/** `module.blue` of `module.blue.cluster_endpoint`, `aws_eks_cluster.a` of `aws_eks_cluster.a.endpoint`. */
const headOf = (reference: string): string => {
  const parts = withoutKeys(reference).split('.');
  return parts.slice(0, parts[0] === 'data' ? 3 : 2).join('.');
};

const resourceOf = (module: JsonRecord | undefined, address: string): JsonRecord | undefined => {
  const resources = module?.['resources'];
  return Array.isArray(resources)
    ? resources.filter(isRecord).find(resource => resource['address'] === address)
    : undefined;
};

/** Instances have no configuration of their own. */
export const withoutKeys = (address: string): string => address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');

const memberOf = (value: unknown, key: string): JsonRecord | undefined => {
  const member = isRecord(value) ? value[key] : undefined;
  return isRecord(member) ? member : undefined;
};
