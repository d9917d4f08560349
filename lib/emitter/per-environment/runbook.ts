import { phaseVariable } from '../../parser/index.ts';
import type { PhaseRunbook } from '../phase.ts';

/** Of a phase that is not written. */
export const noRunbook: PhaseRunbook = { liveGates: [], plan: [], verify: [], back: [], permissions: [] };

/** The revision as such changes nothing anywhere: each environment stays at the phase that the source was at. */
export const perEnvironmentRunbook = (isByCall: boolean): PhaseRunbook => ({
  ...noRunbook,
  plan: [
    isByCall
      ? 'No changes, in every root module that calls this one. The number in each call is the phase of the source.'
      : 'No changes, in every environment. The variable has the phase of the source as its default.',
  ],
  verify: [
    {
      what: isByCall
        ? `Every call has a line ${phaseVariable} = <number> of its own, at the phase that its root module is at`
        : `Every environment has a line ${phaseVariable} = <number> of its own, at the phase that it is at`,
      expect: 'a plan without changes in each',
    },
  ],
  back: ['Take the commit back, as long as no environment has gone up.'],
});

/** Entries beside the module lose their count: Terraform moves them, and changes nothing. */
export const cleanUpRunbook = (runbook: PhaseRunbook = noRunbook): PhaseRunbook => ({
  ...runbook,
  liveGates: [
    {
      what: `Every environment is at 4 (${phaseVariable}), and that is applied: from here on the source has no other phase`,
      expect: '4 in each',
    },
    ...runbook.liveGates,
  ],
});
