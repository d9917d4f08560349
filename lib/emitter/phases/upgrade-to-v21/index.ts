export { callsOf } from './calls.ts';
export { toV21 } from './plan.ts';
