import { diagnose } from '../../diagnostics/index.ts';
import { outsideReferences } from '../leftovers.ts';
import type { SourceGate } from './gate.ts';

/** What refers to the aws-auth call, so that it cannot go. */
export const remains: SourceGate = ({ source }) =>
  source.mappings.flatMap(({ call }) =>
    outsideReferences(source, call.address).map(({ range, words }) =>
      diagnose('TAE211', { call: call.address, reference: words }, range),
    ),
  );
