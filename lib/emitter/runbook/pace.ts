import type { PhaseId } from '../../diagnostics/index.ts';

/** Whether a phase can be undone, and how long it is to stay before the next one: nothing where that does not matter. */
export type Pace = { readonly undo: string; readonly wait: string };

export const paceOf: Readonly<Record<PhaseId, Pace>> = {
  'split-aws-auth': { undo: 'yes', wait: '' },
  'enable-api': { undo: 'no need: aws-auth works on', wait: '' },
  'add-access-entries': { undo: 'yes', wait: 'until all have signed in, about two weeks' },
  'remove-aws-auth': { undo: 'yes', wait: 'until new nodes have joined, a day' },
  'api-only': { undo: 'no: EKS does not go back', wait: '' },
  'clean-up': { undo: 'yes, by git', wait: '' },
  'upgrade-to-v21': { undo: 'yes', wait: '' },
  'per-environment': { undo: 'yes, while no environment has gone up', wait: '' },
};
