import type { Config } from '../../config/config.ts';
import { textAt } from './attribute.ts';
import type { Change } from './change.ts';

/** The config with ARNs for the principals that it names by their resource: the source has `aws_iam_role.ops.arn`, the plan its value. */
export const spellOut = (config: Config, changes: readonly Change[]): Config => {
  const arns = new Map(
    changes
      .filter(({ type }) => type === 'aws_iam_role' || type === 'aws_iam_user')
      .map(({ address, before, after }) => [`${address}.arn`, textAt(after, 'arn') ?? textAt(before, 'arn')]),
  );
  const arnOf = (principal: string): string => arns.get(principal) ?? principal;
  const { accept = [], drop = [], principals = {} } = config;
  return {
    ...config,
    accept: accept.map(decision => ({ ...decision, principal: arnOf(decision.principal) })),
    drop: drop.map(decision => ({ ...decision, principal: arnOf(decision.principal) })),
    principals: Object.fromEntries(
      Object.entries(principals).map(([principal, decision]) => [arnOf(principal), decision]),
    ),
  };
};
