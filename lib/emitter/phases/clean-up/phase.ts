import { diagnose } from '../../../diagnostics/index.ts';
import type { Phase, SourceGate } from '../../phase.ts';
import { leftovers } from './leftovers.ts';
import { isInForce } from '../../../parser/index.ts';
import { usesOf } from '../../aws-auth/uses.ts';
import { writerOf } from '../../aws-auth/writers.ts';

/** What refers to the aws-auth call, so that it cannot go. */
const remains: SourceGate = ({ source }) =>
  source.mappings
    .filter(mapping => writerOf(mapping).leaving(mapping) === undefined)
    .flatMap(mapping => {
      const { address, resource } = mapping;
      // What needs an instance of a resource stops phase 3 already.
      const isSaid = resource !== undefined && isInForce(mapping) !== false;
      const others = source.mappings.map(other => other.address);
      return usesOf(source.module, address, others)
        .filter(({ waits }) => waits || !isSaid)
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
