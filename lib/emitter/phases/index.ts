import type { Phase } from '../phase.ts';
import { addAccessEntries } from './add-access-entries.ts';
import { apiOnly } from './api-only.ts';
import { cleanUp } from './clean-up.ts';
import { enableApi } from './enable-api.ts';
import { removeAwsAuth } from './remove-aws-auth.ts';
import { splitAwsAuth } from './split-aws-auth.ts';
import { upgradeToV21 } from './upgrade-to-v21.ts';

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
