import { diagnose } from '../../../diagnostics/index.ts';
import { maxAccessEntries } from '../../../eks/index.ts';
import { headerOf } from '../../../parser/index.ts';
import { involvedClusters } from '../../involved.ts';
import type { SourceGate } from '../../phase.ts';

/** The quota of entries, and entries of the source that cannot be read. */
export const quota: SourceGate = state =>
  involvedClusters(state).flatMap(cluster => {
    const { address, existing } = cluster;
    const at = headerOf(cluster);
    const added = state.transformed.filter(({ cluster: own }) => own === cluster).flatMap(own => own.entries);
    const count = added.length + existing.entries.length;
    return [
      ...(count > maxAccessEntries ? [diagnose('TAE213', { count }, at)] : []),
      ...(added.length > 0 ? existing.unread : []).map(range => diagnose('TAE221', { call: address }, range)),
    ];
  });
