import { diagnose } from '../../diagnostics/index.ts';
import { leftovers, outsideReferences } from '../leftovers.ts';
import type { SourceGate } from './gate.ts';

/** What refers to the aws-auth call, so that it cannot go, and what may stand in the source for it alone. */
export const remains: SourceGate = ({ source }) => [
  ...source.mappings.flatMap(({ call }) =>
    outsideReferences(source, call.address).map(({ range, words }) =>
      diagnose('TAE211', { call: call.address, reference: words }, range),
    ),
  ),
  ...(source.mappings.length > 0 ? leftovers(source).kept : []).map(({ what, range }) =>
    diagnose('TAE218', { what }, range),
  ),
];
