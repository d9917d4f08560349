import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** The columns a terminal gives to a text without tabs. */
export const widthOf = (text: string): number => (/^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text));

type Row = readonly string[];

/** A cell wider than this stands out of its column; the columns after it move. */
const widest = 100;

/**
 * Lines of padded columns, a list of them for each row. In a terminal too narrow for them the last cell is wrapped in its column,
 * or, where that is left with less than half of the width, all cells stand below the first one.
 */
export const table = (rows: readonly Row[], width = Infinity): string[][] => {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      const taken = widthOf(cell);
      if (taken <= widest) widths[column] = Math.max(widths[column] ?? 0, taken);
    });
  }
  const padded = (cells: Row): string =>
    cells.map((cell, column) => `${cell}${' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)))}  `).join('');
  const lines = rows.map(row => [`${padded(row.slice(0, -1))}${row.at(-1) ?? ''}`.trimEnd()]);
  if (lines.every(([line = '']) => widthOf(line) <= width)) return lines;
  const indent = Math.max(...rows.map(row => widthOf(padded(row.slice(0, -1)))));
  return indent > width / 2
    ? rows.map(([first = '', ...rest]) => [
        ...wrapped(first, width),
        ...wrapped(rest.filter(cell => cell !== '').join('  '), width - 2).map(line => `  ${line}`),
      ])
    : rows.map(row =>
        wrapped(row.at(-1) ?? '', width - indent).map((line, index) =>
          `${index === 0 ? padded(row.slice(0, -1)) : ' '.repeat(indent)}${line}`.trimEnd(),
        ),
      );
};

const wrapped = (text: string, width: number): string[] => wrapAnsi(text, width, { hard: true }).split('\n');
