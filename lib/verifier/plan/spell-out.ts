import type { Config } from '../../config/config.ts';
import { jsonAt } from '../../parser/entries/snapshot.ts';
import type { Plan } from './read-plan.ts';

/**
 * The config with ARNs for the principals that it names as the source does: by a variable, by a resource or a data source as in
 * `aws_iam_role.ops.arn`, or with the account left open as in `arn:aws:iam::${local.account}:role/ops`, where one principal of the plan
 * fits. An ARN that the config states for a name counts before all. What neither tells stays as it is, and decides about nobody.
 */
export const spellOut = (
  config: Config,
  { resources, variables }: Pick<Plan, 'resources' | 'variables'>,
  principals: readonly string[],
): Config => {
  const { accept = [], drop = [], principals: decisions = {} } = config;
  // A plan may have thousands of resources, and most configs name nobody.
  if (accept.length + drop.length + Object.keys(decisions).length === 0) return config;
  const values = new Map(resources.map(resource => [resource['address'], resource['values']]));
  const known = [...new Set(principals)];
  const arnOf = (principal: string): string => {
    const given = decisions[principal]?.arn;
    if (given !== undefined) return given;
    const [, variable] = /^var\.([\w-]+)$/.exec(principal) ?? [];
    const [, address] = /^(.+)\.arn$/.exec(principal) ?? [];
    const value =
      variable === undefined ? jsonAt(values.get(address ?? ''), 'arn') : jsonAt(variables, variable, 'value');
    if (typeof value === 'string') return value;
    const [, head, tail] = /^"?(arn:[^:]+:iam::)\$\{[^{}]+\}(:[^${}"]+)"?$/.exec(principal) ?? [];
    if (head === undefined || tail === undefined) return principal;
    const fitting = known.filter(
      arn => arn.startsWith(head) && /^\d{12}:/.test(arn.slice(head.length)) && arn.slice(head.length + 12) === tail,
    );
    return fitting.length === 1 ? (fitting[0] ?? principal) : principal;
  };
  return {
    ...config,
    accept: accept.map(decision => ({ ...decision, principal: arnOf(decision.principal) })),
    drop: drop.map(decision => ({ ...decision, principal: arnOf(decision.principal) })),
    principals: Object.fromEntries(
      Object.entries(decisions).map(([principal, decision]) => [arnOf(principal), decision]),
    ),
  };
};
