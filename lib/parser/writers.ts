import { attribute, blocks, stringValue } from '../hcl/index.ts';
import type { PlacedBlock, RootModule } from '../terraform/index.ts';

const configMapTypes = ['kubernetes_config_map', 'kubernetes_config_map_v1', 'kubernetes_config_map_v1_data'];
const manifestTypes = ['kubectl_manifest', 'kubernetes_manifest'];

/** Resources of the root module that write the aws-auth ConfigMap beside the submodule. */
export const findWriters = (module: RootModule): readonly PlacedBlock[] =>
  module.blocks.filter(block => {
    if (block.type !== 'resource') return false;
    const [type = ''] = block.labels;
    if (configMapTypes.includes(type)) {
      return blocks(block.body, 'metadata').some(({ body }) => {
        const name = attribute(body, 'name');
        return name !== undefined && stringValue(name.value) === 'aws-auth';
      });
    }
    // The name stands somewhere inside YAML or an object: any mention is taken for it.
    return manifestTypes.includes(type) && /\baws-auth\b/.test(block.in.text.slice(block.range.start, block.range.end));
  });
