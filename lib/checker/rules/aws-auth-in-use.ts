import { diagnose } from '../../diagnostics/index.ts';
import { isInForce, modeIsApi } from '../../parser/index.ts';
import type { CheckRule } from '../rule.ts';

/**
 * Every call that writes aws-auth. One that writes nothing is done with, and in mode API aws-auth is ignored.
 * Source: EKS user guide, setting-up-access-entries; modules/aws-auth/main.tf of terraform-aws-eks 20.
 */
export const awsAuthInUse: CheckRule = ({ source: { mappings, pairs } }) =>
  mappings
    .filter(mapping => isInForce(mapping) !== false)
    .filter(mapping => !pairs.some(pair => pair.mapping === mapping && modeIsApi(pair.cluster)))
    .map(({ address, block }) => diagnose('TAE701', { call: address }, block.headerRange));
