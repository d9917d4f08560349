import { diagnose } from '../../diagnostics/index.ts';
import { add, end, position, type Draft } from '../draft.ts';

/**
 * Rows of one principal under different conditions, the one that counts most at the end. Which one is in force only a plan knows,
 * so their entries have one key in `merge`, where the last map that has it counts too. A row goes where a later one is in force
 * whenever it is, and a guarded one where it says what the unguarded one before it says.
 */
export const settleGuarded = (principal: string, rows: readonly Draft[]): readonly (readonly [Draft, Draft])[] => {
  const seen = rows.filter((draft, index) => !rows.slice(index + 1).some(later => covers(later, draft)));
  const live = seen.filter((draft, index) => !repeats(draft, seen[index - 1]));
  const [first] = live;
  if (!first) return [];
  const gone = rows.filter(draft => !live.includes(draft));
  const dropped = gone.map(draft => [draft, end(draft, 'dropped', `${listed(live)} for this principal`)] as const);
  if (live.length === 1) {
    const ignored = `${gone.map(position).join(', ')} ${gone.length === 1 ? 'is' : 'are'}`;
    const args = { principal: first.name, kept: position(first), ignored };
    return [[first, add(first, diagnose('TAE403', args, first.row.origin))], ...dropped];
  }
  const said = diagnose('TAE419', { principal: first.name, rows: live.map(position).join(', ') }, first.row.origin);
  return [
    ...live.map((draft): readonly [Draft, Draft] => {
      const alternative = { ...draft, alternativeOf: principal };
      return [draft, draft === first ? add(alternative, said) : alternative];
    }),
    ...dropped,
  ];
};

const listed = (live: readonly Draft[]): string =>
  live.length === 1
    ? `${live.map(position).join()} is the row in force`
    : `${live.map(position).join(', ')} are the rows in force`;

/** Whether the later row is in force whenever the earlier one is. */
const covers = (later: Draft, earlier: Draft): boolean =>
  later.row.guards.every(guard => earlier.row.guards.includes(guard));

/** Whether a row says under a condition what the one before it says without it. */
const repeats = (draft: Draft, before: Draft | undefined): boolean =>
  before !== undefined &&
  before.row.guards.every(guard => draft.row.guards.includes(guard)) &&
  before.row.username?.source === draft.row.username?.source &&
  before.row.groups?.source === draft.row.groups?.source;
