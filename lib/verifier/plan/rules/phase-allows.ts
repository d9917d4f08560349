import { diagnose } from '../../../diagnostics/index.ts';
import type { PlanRule } from '../context.ts';

/** Each phase changes one thing, so that what goes wrong has one cause. Source: docs/why/README.md */
export const phaseAllows: PlanRule = ({ judged, phase, strict }) =>
  judged.flatMap(({ change, verdict, reason }) => {
    const { address, actions, importing, previousAddress } = change;
    const action = [
      ...(importing ? ['import'] : []),
      ...(previousAddress === undefined ? [] : ['move']),
      ...(change.action === 'no-op' ? [] : [actions]),
    ].join(' and ');
    if (verdict === 'unexpected') return [diagnose('TAE508', { address, action, phase, reason: reason ?? '' })];
    if (verdict === 'expected' || !strict) return [];
    return [diagnose('TAE508', { address, action, phase, reason: 'with --strict no other resource may change' })];
  });
