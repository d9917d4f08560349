import type { z } from 'zod';
import type { checkReportSchema } from '../command-schemas.ts';
import { plural } from '../plural.ts';

export type CheckReport = z.infer<typeof checkReportSchema>;
export type CheckCounts = CheckReport['counts'];

/** One sentence or a few: how much was looked at, what is left, what is not shown. */
export const checkSummary = (counts: Partial<CheckCounts>): string => {
  const { modules = 0, unreadable = 0, errors = 0, warnings = 0, notes = 0 } = counts;
  const { lessSevere = 0, suppressed = 0, baselined = 0, stale = 0 } = counts;
  const found = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
  ].join(', ');
  const hidden = [
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(suppressed > 0 ? [`${suppressed} silenced by comments`] : []),
    ...(lessSevere > 0 ? [`${lessSevere} less severe`] : []),
  ];
  return [
    found !== '' && modules === 0
      ? `${found}. No module was checked.`
      : `${found === '' ? 'No findings' : found} in ${plural(modules, 'module')}.`,
    ...(unreadable > 0 ? [`${plural(unreadable, 'module')} cannot be read.`] : []),
    ...(stale > 0
      ? [
          `The baseline has ${plural(stale, 'finding')} that ${stale === 1 ? 'is' : 'are'} not found any more: write it again.`,
        ]
      : []),
    ...(hidden.length > 0 ? [`Not shown: ${hidden.join(', ')}.`] : []),
  ].join(' ');
};
