import { jsonAt } from '../../parser/entries/snapshot.ts';
import type { Change } from './change.ts';

/** What tells a cluster: the module call that makes it, its resource, or its name in EKS. */
export type ClusterClue = { readonly address?: string; readonly name?: string };

/**
 * The cluster that a resource of the kubernetes provider talks to: the one whose outputs are in `host` of its provider block.
 * Undefined where the configuration does not tell, as with locals. Source:
 * https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export const clusterOf = (configuration: unknown, { address, module }: Change): ClusterClue | undefined => {
  const root = jsonAt(configuration, 'root_module');
  const labels = withoutKeys(module)
    .split('.')
    .filter((_, index) => index % 2 === 1);
  const own = jsonAt(root, ...labels.flatMap(label => ['module_calls', label, 'module']));
  const local = withoutKeys(module === '' ? address : address.slice(module.length + 1));
  const key = jsonAt(resourceOf(own, local), 'provider_config_key');
  const provider = typeof key === 'string' ? jsonAt(configuration, 'provider_config', key) : undefined;
  // A provider block of a child module speaks of what is in there.
  if (jsonAt(provider, 'module_address') !== undefined) return undefined;
  return clueIn(root, jsonAt(provider, 'expressions', 'host'));
};

/** Of an expression: the call or the resource that it reads; of a data source, what its `name` says. */
const clueIn = (root: unknown, expression: unknown): ClusterClue | undefined => {
  const references = jsonAt(expression, 'references');
  const texts = Array.isArray(references) ? references.filter(text => typeof text === 'string') : [];
  const heads = new Set(texts.map(headOf));
  const [head] = heads;
  if (head === undefined || heads.size > 1) return undefined;
  if (!head.startsWith('data.')) return { address: head };
  if (!head.startsWith('data.aws_eks_cluster.')) return undefined;
  const name = jsonAt(resourceOf(root, head), 'expressions', 'name');
  const constant = jsonAt(name, 'constant_value');
  if (typeof constant === 'string') return { name: constant };
  const inner = clueIn(root, name);
  // A data source that reads another one leads no further.
  return inner?.name === undefined ? inner : undefined;
};

/** `module.blue` of `module.blue.cluster_endpoint`, `aws_eks_cluster.a` of `aws_eks_cluster.a.endpoint`. */
const headOf = (reference: string): string => {
  const parts = withoutKeys(reference).split('.');
  return parts.slice(0, parts[0] === 'data' ? 3 : 2).join('.');
};

const resourceOf = (module: unknown, address: string): unknown => {
  const resources = jsonAt(module, 'resources');
  return Array.isArray(resources) ? resources.find(resource => jsonAt(resource, 'address') === address) : undefined;
};

/** Instances have no configuration of their own. */
export const withoutKeys = (address: string): string => address.replaceAll(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
