import { padTo, widthOf } from './width.ts';

/** A cell wider than this stands out of its column; the columns after it move. */
const widest = 100;

/** Lines of padded columns. The last column is not padded. */
export const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      const width = widthOf(cell);
      if (width <= widest) widths[column] = Math.max(widths[column] ?? 0, width);
    });
  }
  return rows.map(row =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : padTo(cell, widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};
