import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { placeOf, type Cluster } from '../../parser/index.ts';
import { addressOf, compareVersions, referencesOf } from '../../terraform/index.ts';
import type { State } from '../../emitter/index.ts';
import { entriesOfCluster, type NamedEntry } from '../entries.ts';
import { wayToWaiting } from '../way-to-waiting.ts';
import type { CheckRule } from '../rule.ts';

/** Outputs wait for the entries since then. Source: https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3000 */
const since = '20.8.5';

/**
 * What an entry reads is there before the module's entries, so it cannot be an output that waits for them.
 * Source: github.com/terraform-aws-modules/terraform-aws-eks/pull/3000.
 */
export const cycles: CheckRule = state =>
  state.source.clusters
    .filter(({ version }) => version.kind !== 'unknown' && compareVersions(version.version, since) >= 0)
    .flatMap(cluster =>
      entriesOfCluster(state, cluster)
        .filter(({ written }) => written.form === 'argument')
        .flatMap(entry => ofEntry(state, cluster, entry)),
    );

const ofEntry = (state: State, cluster: Cluster, { written, name }: NamedEntry): readonly Diagnostic[] => {
  for (const { piece } of written.object.fields.values()) {
    const references = referencesOf(piece.expression);
    for (const reference of references) {
      const found = wayToWaiting(state.source, cluster, [reference]);
      if (!found) continue;
      const [via, output] = [addressOf(reference), found.path.slice(0, 3).join('.')];
      const direct = reference.path[0] === 'module' && reference.path[1] === cluster.label;
      return [diagnose('TAE723', { entry: name, via: direct ? output : via, output }, placeOf(piece))];
    }
  }
  return [];
};
