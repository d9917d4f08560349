import type { RootModule } from '../../terraform/index.ts';

/** The locals that convert rows at plan time, of those the ones that others look for. `name` begins them all. */
export const plannedNames = (name: string): Readonly<Record<'rows' | 'rowsInForce' | 'entries', string>> => ({
  rows: `${name}_rows`,
  rowsInForce: `${name}_rows_in_force`,
  entries: `${name}_entries`,
});

/** Whether a local holds entries that are converted at plan time: its principals are those of rows, not more. */
export const isPlannedEntries = (module: RootModule, local: string): boolean => {
  const name = /^(.+)_entries$/.exec(local)?.[1];
  if (name === undefined) return false;
  const { rows, rowsInForce } = plannedNames(name);
  return module.locals.has(rows) && module.locals.has(rowsInForce);
};
