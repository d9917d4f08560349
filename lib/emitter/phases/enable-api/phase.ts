import { modeIsDone, planMode, type ModeStep } from '../../mode.ts';
import type { Phase, SourceGate } from '../../phase.ts';
import { releaseGate } from './release-gate.ts';
import { enableApiRunbook } from './runbook.ts';
import { diagnose } from '../../../diagnostics/index.ts';
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

const step: ModeStep = { mode: 'API_AND_CONFIG_MAP', done: ['API_AND_CONFIG_MAP', 'API'] };

/**
 * The mode gains the API. From version 20 on that is the module's default; it is written all the same, so that no later default
 * decides. Source: EKS user guide, setting-up-access-entries.
 */
export const enableApi: Phase = {
  id: 'enable-api',
  title: 'Let the cluster accept access entries beside aws-auth',
  gates: [releaseGate, mode],
  isDone: state => modeIsDone(state, step),
  plan: state => planMode(state, step, enableApiRunbook(state)),
};
