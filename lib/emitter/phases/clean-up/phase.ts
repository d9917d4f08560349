import { diagnose } from '../../../diagnostics/index.ts';
import type { Edit } from '../../../hcl/index.ts';
import { leftovers } from './leftovers.ts';
import type { Phase } from '../../phase.ts';
import { labelFor, splits } from '../../splits.ts';

/** The aws-auth call creates nothing any more. It goes, with the locals and data sources that only it read. */
export const cleanUp: Phase = {
  id: 'clean-up',
  title: 'Remove what is left of aws-auth from the source',
  isDone: ({ source }) => source.mappings.length === 0,
  edits: ({ source }): readonly Edit[] => leftovers(source).edits,
  changes: state => {
    const split = splits(state).map(own => `module.${labelFor(state.source.module, own)}: removed`);
    const calls = splits(state).map(({ cluster }) => `${cluster.address}.`);
    const others = leftovers(state.source).removed.filter(what => calls.every(call => !what.startsWith(call)));
    return [...split, ...others.map(what => `${what}: removed`)];
  },
  // Without a place: the text is that of the revision before, not of the source.
  remarks: ({ source }) => leftovers(source).kept.map(what => diagnose('TAE218', { what })),
  runbook: () => ({
    liveGates: [],
    plan: ['No changes. Nothing of aws-auth is made here since phase 3.'],
    verify: [],
    back: ['Put the removed blocks back from version control.'],
    permissions: [],
  }),
};
