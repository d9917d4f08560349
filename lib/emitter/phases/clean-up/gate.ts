import { diagnose } from '../../../diagnostics/index.ts';
import { instanceUses } from '../../aws-auth/instance-uses.ts';
import { outsideReferences } from './leftovers.ts';
import { writerOf } from '../../aws-auth/writers.ts';
import type { SourceGate } from '../../phase.ts';

/** What refers to the aws-auth call, so that it cannot go. */
export const remains: SourceGate = ({ source }) =>
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
