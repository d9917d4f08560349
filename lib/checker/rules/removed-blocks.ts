import { diagnose } from '../../diagnostics/index.ts';
import { attribute, blocks } from '../../hcl/index.ts';
import { blocksOf, referencesOf } from '../../terraform/index.ts';
import type { CheckRule } from '../rule.ts';

const configMaps = ['kubernetes_config_map', 'kubernetes_config_map_v1', 'kubernetes_config_map_v1_data'];

/**
 * What a removed block names is destroyed by Terraform, unless it says otherwise. OpenTofu forgets it.
 * Sources: developer.hashicorp.com/terraform/language/block/removed; opentofu.org/docs/language/resources/syntax (removing).
 */
export const removedBlocks: CheckRule = ({ source: { module } }) =>
  blocksOf(module, 'removed').flatMap(block => {
    const from = attribute(block.body, 'from');
    const path = (from && referencesOf(from.value)[0]?.path) ?? [];
    const isAwsAuth = path.at(-1) === 'aws_auth' && configMaps.includes(path.at(-2) ?? '');
    if (!isAwsAuth || block.in.file.endsWith('.tofu')) return [];
    const [lifecycle] = blocks(block.body, 'lifecycle');
    const destroy = lifecycle && attribute(lifecycle.body, 'destroy')?.value;
    if (destroy && !(destroy.kind === 'bool' && destroy.value)) return [];
    return [diagnose('TAE746', { from: path.join('.') }, block.headerRange)];
  });
