import { modeIsDone, planMode, type ModeStep } from '../../mode.ts';
import type { Phase, SourceGate } from '../../phase.ts';
import { releaseGate } from './release-gate.ts';
import { enableApiRunbook } from './runbook.ts';
import { diagnose } from '../../../diagnostics/index.ts';
import { sourceOf } from '../../../hcl/index.ts';
import { ignoredMode } from '../../../parser/index.ts';
import { involvedClusters } from '../../involved.ts';

/** A mode that is an expression is the author's to change. */
const mode: SourceGate = state =>
  involvedClusters(state).flatMap(({ address, mode: written }) => {
    if (written.kind !== 'expression' && written.kind !== 'literal') return [];
    const at = written.attribute.value.range;
    if (written.kind === 'expression') {
      return [diagnose('TAE208', { call: address, source: written.source.replace(/\s+/g, ' ') }, at)];
    }
    const isKnown = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'].includes(written.value);
    return isKnown ? [] : [diagnose('TAE217', { call: address, mode: written.value }, at)];
  });

/** The mode that is written here is applied in the update of a cluster that is there. */
const ignored: SourceGate = state =>
  involvedClusters(state).flatMap(cluster => {
    const found = cluster.kind === 'resource' ? ignoredMode(cluster.block) : undefined;
    if (cluster.kind !== 'resource' || found === undefined) return [];
    const what = sourceOf(cluster.block.in.text, found.range);
    return [diagnose('TAE274', { cluster: cluster.address, ignored: what }, found.range)];
  });

const step: ModeStep = { mode: 'API_AND_CONFIG_MAP', done: ['API_AND_CONFIG_MAP', 'API'] };

/**
 * The mode gains the API. From version 20 on that is the module's default; it is written all the same, so that no later default
 * decides. Source: EKS user guide, setting-up-access-entries.
 */
export const enableApi: Phase = {
  id: 'enable-api',
  title: 'Let the cluster accept access entries beside aws-auth',
  gates: [releaseGate, mode, ignored],
  isDone: state => modeIsDone(state, step),
  plan: state => planMode(state, step, enableApiRunbook(state)),
};
