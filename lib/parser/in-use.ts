import { isInForce, type Mapping } from './aws-auth/mapping.ts';
import { modeIsApi } from './clusters/cluster.ts';
import type { Source } from './source.ts';

/**
 * The mappings whose rows count: what writes nothing is done with, and in mode API aws-auth is ignored.
 * Source: EKS user guide, setting-up-access-entries; modules/aws-auth/main.tf of terraform-aws-eks 20.
 */
export const mappingsInUse = ({ mappings, pairs }: Pick<Source, 'mappings' | 'pairs'>): readonly Mapping[] =>
  mappings
    .filter(mapping => isInForce(mapping) !== false)
    .filter(mapping => !pairs.some(pair => pair.mapping === mapping && modeIsApi(pair.cluster)));
