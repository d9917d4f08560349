import type { Phase } from '../phase.ts';
import { addAccessEntries } from './add-access-entries/phase.ts';
import { apiOnly } from './api-only/phase.ts';
import { cleanUp } from './clean-up/phase.ts';
import { enableApi } from './enable-api/phase.ts';
import { removeAwsAuth } from './remove-aws-auth/phase.ts';
import { splitAwsAuth } from './split-aws-auth/phase.ts';
import { upgradeToV21 } from './upgrade-to-v21/phase.ts';

/** The phases that are built, in order. */
export const phases: readonly Phase[] = [
  splitAwsAuth,
  enableApi,
  addAccessEntries,
  removeAwsAuth,
  apiOnly,
  cleanUp,
  upgradeToV21,
];
