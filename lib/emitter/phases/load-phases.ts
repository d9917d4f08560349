import type { Phase, State } from '../phase.ts';
import { splits } from '../splits.ts';
import { addAccessEntries } from './add-access-entries/phase.ts';
import { apiOnly } from './api-only/phase.ts';
import { cleanUp } from './clean-up/phase.ts';
import { enableApi } from './enable-api/phase.ts';
import { removeAwsAuth } from './remove-aws-auth/phase.ts';

/** The phases of a migration, in order. The first and the last have large tables, so they are loaded only where there is work for them. */
export const loadPhases = async (start: State): Promise<readonly Phase[]> => [
  ...(splits(start).length > 0 ? [(await import('./split-aws-auth/phase.ts')).splitAwsAuth(start)] : []),
  enableApi,
  addAccessEntries,
  removeAwsAuth,
  apiOnly,
  cleanUp,
  ...(start.options.to === 'v21' ? [(await import('./upgrade-to-v21/phase.ts')).upgradeToV21(start)] : []),
];
