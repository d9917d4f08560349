import { diagnose } from '../../../diagnostics/index.ts';
import type { Phase, SourceGate } from '../../phase.ts';
import { leftovers, outsideReferences } from './leftovers.ts';
import { instanceUses } from '../../aws-auth/instance-uses.ts';
import { writerOf } from '../../aws-auth/writers.ts';

/** What refers to the aws-auth call, so that it cannot go. */
const remains: SourceGate = ({ source }) =>
  source.mappings
    .filter(mapping => writerOf(mapping).leaving(mapping) === undefined)
    .flatMap(mapping => {
      const { address } = mapping;
      // What stops phase 3 already.
      const earlier = instanceUses(mapping, source).map(({ range }) => range);
      return outsideReferences(source, address)
        .filter(({ range }) => !earlier.some(({ file, start }) => file === range.file && start === range.start))
        .map(({ range, words }) => diagnose('TAE211', { call: address, reference: words }, range));
    });

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
