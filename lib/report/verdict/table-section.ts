import type { Section } from '../output.ts';

/** Nothing where the table has no rows. */
export const tableSection = (
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): readonly Section[] => (rows.length === 0 ? [] : [{ title, parts: [{ columns, rows }] }]);
