import { diagnose } from '../../../diagnostics/index.ts';
import { isLost } from '../change.ts';
import { type PlanRule, unproven } from '../context.ts';

/**
 * The cluster is never destroyed or replaced. Some releases of the eks module plan that for a flag of the API's own.
 * Source: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3025
 */
export const clusterStays: PlanRule = ({ facts }) =>
  facts.clusters
    .map(({ change }) => change)
    .filter(isLost)
    .map(({ address, action }) =>
      diagnose('TAE501', { address, what: action === 'replace' ? 'replaced' : 'destroyed' }),
    );

const order = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

/**
 * The mode goes one step at a time and never back.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
 */
export const modeMovesForward: PlanRule = context =>
  context.facts.clusters.flatMap(({ change, before, after }) => {
    const { address } = change;
    if (change.after.value === undefined) return [];
    if (after === undefined || after === 'unknown') {
      const advice = 'Write authentication_mode as a literal, or apply what it depends on first.';
      return [unproven(context, `the mode of ${address} is not known before the apply`, advice)];
    }
    if (change.before.value === undefined || before === after) return [];
    if (before === undefined || before === 'unknown') {
      if (after === 'API_AND_CONFIG_MAP') return [];
      const what = `the mode of ${address} becomes ${after}, and the state does not say what it was`;
      return [unproven(context, what, 'Refresh the state with an AWS provider of 5.33 or newer.')];
    }
    return order.includes(before) && order.indexOf(after) === order.indexOf(before) + 1
      ? []
      : [diagnose('TAE502', { address, before, after })];
  });
