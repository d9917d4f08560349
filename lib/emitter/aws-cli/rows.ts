import { inComment } from '../../escape/shell.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { positionOf, type Row } from '../../parser/index.ts';
import { knownString } from '../../terraform/index.ts';
import type { RowOutcome, Transformed } from '../../transformer/index.ts';

/** Where a row stands, for people: `aws_auth_roles[0] of main.tf`. */
export const placeOf = (row: Row): string => `${positionOf(row)} of ${row.origin.file}`;

/** The files that the rows come from. */
export const originOf = (transformed: readonly Transformed[]): string => {
  const rows = transformed.flatMap(({ outcomes }) => outcomes.map(({ row }) => row.origin.file));
  const lists = transformed.flatMap(({ mapping }) => (mapping ? [mapping.block.in.file] : []));
  return [...new Set([...lists, ...rows])].join(', ') || 'no rows at all';
};

export const countsOf = (outcomes: readonly RowOutcome[]): string => {
  const count = (wanted: string): number => outcomes.filter(({ disposition }) => disposition === wanted).length;
  return `${outcomes.length} rows: ${outcomes.filter(({ entry }) => entry).length} in this script, ${outcomes.filter(hasEntry).length} with an entry, ${count('left-to-eks')} left to EKS, ${count('dropped')} dropped, ${count('blocked')} not covered.`;
};

const hasEntry = ({ disposition, entry }: RowOutcome): boolean => disposition === 'converted' && !entry;

/** The rows that the script has no command for, with the reason. */
export const listsOf = (transformed: readonly Transformed[]): readonly object[] => {
  const outcomes = transformed.flatMap(mapping => mapping.outcomes);
  const lines = (wanted: (outcome: RowOutcome) => boolean): readonly string[] =>
    outcomes.filter(wanted).map(({ row, name, reason }) => inComment(`${placeOf(row)}, ${name}: ${reason}`));
  const unread = transformed.flatMap(({ lists }) => lists.flatMap(({ diagnostic }) => diagnostic ?? []));
  return [
    {
      title: 'Not covered: nothing in this script gives these an entry',
      lines: [
        ...lines(({ disposition }) => disposition === 'blocked'),
        ...unread.map(({ message }) => inComment(message)),
      ],
    },
    { title: 'With an entry already', lines: lines(hasEntry) },
    { title: 'Left to EKS', lines: lines(({ disposition }) => disposition === 'left-to-eks') },
    { title: 'Dropped', lines: lines(({ disposition }) => disposition === 'dropped') },
  ].filter(list => list.lines.length > 0);
};

/** Principals whose entry EKS or a module makes, as far as they are known. */
export const leftIn = (outcomes: readonly RowOutcome[]): readonly { readonly arn: string; readonly why: string }[] =>
  outcomes.flatMap(({ row, disposition, reason }) => {
    const arn = knownString(row.principal?.value);
    return disposition === 'left-to-eks' && arn !== undefined && parsePrincipalArn(arn) ? [{ arn, why: reason }] : [];
  });

/** What the config gives up by name. Other dropped rows are of principals that have an entry by another row. */
export const droppedIn = (outcomes: readonly RowOutcome[]): readonly string[] =>
  outcomes.flatMap(({ row, isDroppedByConfig }) => {
    const value = row.principal?.value;
    const text = value?.kind === 'number' ? value.text : knownString(value);
    return isDroppedByConfig && text !== undefined && !/[\n\r]/.test(text) ? [text] : [];
  });
