import type { PlanRule } from '../context.ts';
import { adminStays } from './admin-stays.ts';
import { clusterStays } from './cluster-stays.ts';
import { modeMovesForward } from './mode-moves-forward.ts';
import { oneEntryPerPrincipal } from './one-entry-per-principal.ts';
import { phaseAllows } from './phase-allows.ts';
import { phaseIsReached } from './phase-is-reached.ts';
import { rolesAreNotRecreated } from './roles-are-not-recreated.ts';
import { rowsKeepAccess } from './rows-keep-access.ts';
import { rowsWithoutEntry } from './rows-without-entry.ts';
import { upgradeKeepsWhatIs } from './upgrade-keeps-what-is.ts';

/** What is said about a plan, the worst first. */
export const planRules: readonly PlanRule[] = [
  clusterStays,
  upgradeKeepsWhatIs,
  modeMovesForward,
  rowsKeepAccess,
  oneEntryPerPrincipal,
  rolesAreNotRecreated,
  adminStays,
  phaseAllows,
  phaseIsReached,
  rowsWithoutEntry,
];
