import { pinnedCalls } from '../../entry-pins.ts';
import type { Phase } from '../../phase.ts';
import { entriesModuleFits } from './entries-module.ts';
import { creatorAdmin, provider, quota } from './entries-gate.ts';
import { planEntries } from './plan.ts';
import { todoIn, codesOfBlocked } from './todo.ts';

/**
 * Every row that is to have an entry gets one. aws-auth is not touched: in this mode an entry overrides its row, and rows without
 * an entry go on to work. Source: EKS user guide, migrating-access-entries.
 */
export const addAccessEntries: Phase = {
  id: 'add-access-entries',
  title: 'Add an access entry for every row',
  gates: [provider, quota, creatorAdmin, entriesModuleFits],
  isDone: state =>
    todoIn(state).length === 0 && pinnedCalls(state.source).length === 0 && codesOfBlocked(state).length === 0,
  plan: planEntries,
};
