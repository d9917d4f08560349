import type { CheckRule } from '../rule.ts';
import { awsAuthInUse } from './aws-auth-in-use.ts';
import { rowWithoutEntry } from './row-without-entry.ts';

/** Every rule of `check`; the order has no meaning. */
export const checkRules: readonly CheckRule[] = [awsAuthInUse, rowWithoutEntry];
