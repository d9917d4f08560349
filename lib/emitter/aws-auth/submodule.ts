import { nameOfInstance } from '../../parser/index.ts';
import { turnOff, writingFlags } from './flags.ts';
import type { Writer } from './writer.ts';

/** A call of modules/aws-auth of version 20. */
export const submodule: Writer = {
  turnOff: mapping => writingFlags(mapping).flatMap(flag => turnOff(mapping, flag)),
  changes: mapping =>
    writingFlags(mapping)
      .filter(({ value }) => value !== false)
      .map(({ name }) => `${mapping.address}: ${name} = false`),
  plan: () => [
    'kubernetes_config_map_v1_data.aws_auth[0] destroyed, where manage_aws_auth_configmap was true',
    'kubernetes_config_map.aws_auth[0] destroyed, where create_aws_auth_configmap was true',
  ],
  addresses: mapping =>
    ['kubernetes_config_map_v1_data.aws_auth[0]', 'kubernetes_config_map.aws_auth[0]'].map(
      resource => `${nameOfInstance(mapping, mapping.repetition)}.${resource}`,
    ),
  removal: () => ({ block: true }),
};
