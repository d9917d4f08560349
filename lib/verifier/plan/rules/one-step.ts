import { diagnose, firstOf } from '../../../diagnostics/index.ts';
import type { Change } from '../change.ts';
import type { PlanRule } from '../context.ts';
import type { ClusterFact } from '../clusters.ts';
import type { Facts } from '../facts.ts';

/**
 * An environment goes up one number with each apply, and not down. Two steps in one apply have no order that is safe, and an entry that
 * goes leaves its principal to what is left of aws-auth. Source: docs/why/README.md
 */
export const oneStepByValue: PlanRule = ({ facts, byValue }) => {
  if (byValue === undefined) return [];
  const back = goneBack(facts, byValue).map(({ address }) => address);
  const steps = [...new Set(stepsIn(facts))].toSorted();
  return [
    ...(back.length === 0 ? [] : [diagnose('TAE520', { number: byValue, what: firstOf(back) })]),
    ...(steps.length > 1 ? [diagnose('TAE522', { number: byValue, steps: steps.join(' and ') })] : []),
  ];
};

/** What is taken back: entries below 2, aws-auth that is there again below 3. In a plan that makes the cluster all is new. */
const goneBack = ({ entries, awsAuth, clusters }: Facts, number: number): readonly Change[] => {
  if (clusters.some(({ change }) => change.action === 'create')) return [];
  return [
    ...(number < 2 ? entries.filter(({ change }) => change.action === 'delete') : []),
    ...(number < 3 ? awsAuth.filter(({ change }) => change.action === 'create') : []),
  ].map(({ change }) => change);
};

/** The numbers whose phases the plan does something of. */
const stepsIn = ({ entries, awsAuth, clusters }: Facts): readonly number[] => [
  ...clusters
    .filter(({ change, before, after }) => change.action === 'update' && before !== after)
    .flatMap(stepsOfMode),
  ...(entries.some(({ change }) => change.action === 'create' || change.importing) ? [2] : []),
  ...(awsAuth.some(({ change }) => change.action === 'delete') ? [3] : []),
];

/** From CONFIG_MAP straight to API is both steps of the mode. */
const stepsOfMode = ({ before, after }: ClusterFact): readonly number[] => {
  if (after === 'API') return before === 'CONFIG_MAP' ? [1, 4] : [4];
  return after === 'API_AND_CONFIG_MAP' ? [1] : [];
};
