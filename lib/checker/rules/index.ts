import type { CheckRule } from '../rule.ts';

/** Every rule of `check`; the order has no meaning. */
export const checkRules: readonly CheckRule[] = [];
