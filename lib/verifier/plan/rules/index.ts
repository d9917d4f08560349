import type { PlanRule } from '../context.ts';
import { adminStays } from './admin-stays.ts';
import { clusterStays, modeMovesForward } from './cluster.ts';
import { eksTakesIt } from './eks-takes-it.ts';
import { oneStepByValue } from './one-step.ts';
import { oneEntryPerPrincipal } from './one-entry-per-principal.ts';
import { phaseAllows, phaseIsReached, upgradeKeepsWhatIs } from './phase-is-reached.ts';
import { rightsStay } from './rights-stay.ts';
import { rolesAreNotRecreated } from './roles-are-not-recreated.ts';
import { rowsKeepAccess, rowsWithoutEntry } from './rows-keep-access.ts';

/** What is said about a plan, the worst first. */
export const planRules: readonly PlanRule[] = [
  clusterStays,
  upgradeKeepsWhatIs,
  modeMovesForward,
  oneStepByValue,
  rowsKeepAccess,
  rightsStay,
  eksTakesIt,
  oneEntryPerPrincipal,
  rolesAreNotRecreated,
  adminStays,
  phaseAllows,
  phaseIsReached,
  rowsWithoutEntry,
];
