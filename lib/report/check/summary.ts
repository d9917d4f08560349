import type { CheckCounts } from './report.ts';

/** One sentence or a few: how much was looked at, what is left, what is not shown. */
export const checkSummary = (counts: CheckCounts): string => {
  const { modules, unreadable, errors, warnings, notes, lessSevere } = counts;
  const found = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
  ].join(', ');
  return [
    `${found === '' ? 'No findings' : found} in ${plural(modules, 'root module')}.`,
    ...(unreadable > 0 ? [`${plural(unreadable, 'root module')} cannot be read.`] : []),
    ...(lessSevere > 0 ? [`Not shown: ${plural(lessSevere, 'finding')} less severe than asked for.`] : []),
  ].join(' ');
};

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
