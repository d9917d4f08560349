/** The migration phases in order; the ids are stable and appear in directory names, JSON and docs. */
export const phaseIds = [
  'split-aws-auth',
  'enable-api',
  'add-access-entries',
  'remove-aws-auth',
  'api-only',
  'clean-up',
  'upgrade-to-v21',
] as const;

export type PhaseId = (typeof phaseIds)[number];

export const phaseNumber = (id: PhaseId): number => phaseIds.indexOf(id);
