import { diagnose } from '../../../diagnostics/index.ts';
import type { Phase } from '../../phase.ts';
import { remains } from './gate.ts';
import { leftovers } from './leftovers.ts';

/** The aws-auth call creates nothing any more. It goes, with the locals and data sources that only it read. */
export const cleanUp: Phase = {
  id: 'clean-up',
  title: 'Remove what is left of aws-auth from the source',
  gates: [remains],
  isDone: ({ source }) => source.mappings.length === 0,
  plan: ({ source }) => {
    const { edits, removed, kept } = leftovers(source);
    return {
      edits,
      changes: removed.map(what => `${what}: removed`),
      findings: [],
      removes: removed,
      // Without a place: the text is that of the revision before, not of the source.
      notes: kept.map(what => diagnose('TAE218', { what })),
      runbook,
    };
  },
};

const runbook = {
  liveGates: [],
  plan: ['No changes. Nothing of aws-auth is made here since phase 3.'],
  verify: [],
  back: ['Put the removed blocks back from version control.'],
  permissions: [],
};
