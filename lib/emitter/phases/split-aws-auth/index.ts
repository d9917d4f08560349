export { splitPlan } from './plan.ts';
export { refusals } from './refusals.ts';
