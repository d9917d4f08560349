import { test } from '@jest/globals';

type Each = (...table: unknown[]) => (name: string, run: (...row: unknown[]) => unknown, limit?: number) => void;

/**
 * A row of `test.each` that is shorter than the parameters is refused where it stands. Jest would take the last parameter for the callback
 * of an asynchronous test, which nobody calls, and the file would hang.
 */
const refusingShortRows =
  (each: Each): Each =>
  (...table) => {
    const bound = each(...table);
    return (name, run, limit) => {
      const [rows] = table;
      const short = Array.isArray(rows)
        ? rows.findIndex(row => (Array.isArray(row) ? row.length : 1) < run.length)
        : -1;
      if (short !== -1) throw new Error(`Row ${short} of "${name}" is shorter than its ${run.length} parameters.`);
      bound(name, run, limit);
    };
  };

Object.assign(test, { each: refusingShortRows(test.each as Each) });
