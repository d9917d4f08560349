import { diagnose } from '../../../diagnostics/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { SourceGate } from '../../phase.ts';

/** A mode that is an expression is the author's to change. */
export const mode: SourceGate = state =>
  involvedClusters(state).flatMap(({ address, mode: own }) => {
    if (own.kind === 'expression') {
      return [
        diagnose('TAE208', { call: address, source: own.source.replace(/\s+/g, ' ') }, own.attribute.value.range),
      ];
    }
    if (
      own.kind === 'absent' ||
      own.kind === 'elsewhere' ||
      own.kind === 'by-cli' ||
      ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'].includes(own.value)
    )
      return [];
    return [diagnose('TAE217', { call: address, mode: own.value }, own.attribute.value.range)];
  });
