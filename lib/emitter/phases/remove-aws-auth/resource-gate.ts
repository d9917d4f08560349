import { diagnose } from '../../../diagnostics/index.ts';
import { isInForce } from '../../../parser/index.ts';
import { instanceUses } from '../../aws-auth/instance-uses.ts';
import type { SourceGate } from '../../phase.ts';

/** Of a resource that writes aws-auth: what of it cannot be read, and what needs an instance of it. */
export const resourceGate: SourceGate = ({ source }) =>
  source.mappings.flatMap(mapping => {
    const { address, block, resource: own } = mapping;
    if (!own || isInForce(mapping) === false) return [];
    const compared = source.live !== undefined;
    return [
      ...own.diagnostics,
      ...own.refused.map(({ list, why, place }) => diagnose('TAE229', { list, resource: address, why }, place)),
      ...instanceUses(mapping, source).map(({ range, words }) =>
        diagnose('TAE230', { resource: address, reference: words }, range),
      ),
      ...(own.ignoresData && !compared ? [diagnose('TAE447', { resource: address }, block.headerRange)] : []),
    ];
  });
