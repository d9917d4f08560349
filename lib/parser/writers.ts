import { attribute, blocks, stringValue } from '../hcl/index.ts';
import type { PlacedBlock, Reference, RootModule } from '../terraform/index.ts';

const configMapTypes = ['kubernetes_config_map', 'kubernetes_config_map_v1', 'kubernetes_config_map_v1_data'];
const manifestTypes = ['kubectl_manifest', 'kubernetes_manifest'];

/** Resources of the root module that write the aws-auth ConfigMap beside the submodule. */
export const findWriters = (module: RootModule): readonly PlacedBlock[] =>
  module.blocks.filter(block => {
    if (block.type !== 'resource') return false;
    const [type = ''] = block.labels;
    if (configMapTypes.includes(type)) return isNamedAwsAuth(block);
    // The name stands somewhere inside YAML or an object: any mention is taken for it.
    return manifestTypes.includes(type) && /\baws-auth\b/.test(block.in.text.slice(block.range.start, block.range.end));
  });

const isNamedAwsAuth = (block: PlacedBlock): boolean =>
  blocks(block.body, 'metadata').some(({ body }) => {
    const name = attribute(body, 'name');
    return name !== undefined && stringValue(name.value) === 'aws-auth';
  });

/** Whether a reference is to a data source that reads the live ConfigMap. */
export const readsAwsAuth = (module: RootModule, { path }: Reference): boolean =>
  path[0] === 'data' &&
  configMapTypes.includes(path[1] ?? '') &&
  module.blocks.some(
    block => block.type === 'data' && block.labels.join('.') === path.slice(1, 3).join('.') && isNamedAwsAuth(block),
  );
