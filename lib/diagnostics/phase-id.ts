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

/** One revision takes the place of phases 1 to 4 where a variable says how far each environment is: it has the number of the last. */
export const phaseNumber = (id: PhaseId): number => phaseIds.indexOf(id === 'per-environment' ? 'api-only' : id);

/** Whether a phase comes before another one. */
export const isPhaseBefore = (one: PhaseId, other: PhaseId): boolean => placeOf(one) < placeOf(other);

/** Behind the phases that it stands for. */
const placeOf = (id: PhaseId): number => phaseNumber(id) + (id === 'per-environment' ? 0.5 : 0);

/** How messages call a phase. */
export const phaseWords = (id: PhaseId): string =>
  id === 'per-environment' ? `phase ${id}` : `phase ${phaseNumber(id)} (${id})`;
