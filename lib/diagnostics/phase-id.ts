/** The migration phases in order; the ids are stable and appear in directory names, JSON and docs. */
export const phaseIds = [
  'split-aws-auth',
  'enable-api',
  'add-access-entries',
  'remove-aws-auth',
  'api-only',
  'clean-up',
  'upgrade-to-v21',
  'per-environment',
] as const;

export type PhaseId = (typeof phaseIds)[number];

/** One revision comes before phases 1 to 4 where a variable says how far each environment is: it never has the number of one of them. */
export const phaseNumber = (id: PhaseId): number => (id === 'per-environment' ? 0 : phaseIds.indexOf(id));

/** Whether a phase comes before another one. */
export const isPhaseBefore = (one: PhaseId, other: PhaseId): boolean => placeOf(one) < placeOf(other);

/** Revisions are ordered by what they have: that one has what the source needs for phases 1 to 4. */
const placeOf = (id: PhaseId): number => (id === 'per-environment' ? placeOf('api-only') + 0.5 : phaseNumber(id));

/** How messages call a phase. */
export const phaseWords = (id: PhaseId): string =>
  id === 'per-environment' ? `phase ${id}` : `phase ${phaseNumber(id)} (${id})`;
