import type { Case } from './cases.ts';
import { supplements } from './supplements.ts';

/**
 * The case with the other values of its variables, so that guards come out the other way: a branch that one set of values does not
 * take is in force with another. Until aws-auth is gone; what comes after has no branches.
 */
export function withOtherValues(one: Case): Case[] {
  const last = one.phases.findIndex(({ phase }) => phase === 'remove-aws-auth');
  return (supplements[one.name]?.otherwise ?? []).map(values => ({
    ...one,
    phases: last < 0 ? one.phases : one.phases.slice(0, last + 1),
    variables: { ...one.variables, ...values },
    // Of a row with an expression it cannot be told whether these values leave it in force, and so whether its key is there.
    rows: one.rows.map(({ key, ...row }) =>
      key === undefined || !row.principal.startsWith('arn:') ? row : { ...row, key },
    ),
  }));
}

/** Whether a variable decides which entries there are, or what they have. */
export const hasGuards = ({ phases }: Case): boolean =>
  phases.some(
    ({ phase, files }) =>
      phase === 'add-access-entries' && [...files].some(([path, text]) => !path.includes('/') && guard.test(text)),
  );

const guard = /var\.[\w.[\]]+[^?\n]*\? *(\{|\[|null|\()/;
