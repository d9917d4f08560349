import { diagnose, Refusal } from '../../diagnostics/index.ts';
import type { State } from '../phase.ts';

/**
 * Ends the run where the revision, with the variable taken out again, is not byte for byte what it was made of. With the variable go
 * blank lines at the end of its file.
 */
export const refuseUnlikeFolded = (
  { phased }: State,
  folded: ReadonlyMap<string, string>,
  { source: { mappings } }: State,
): void => {
  const read = new Map([...(phased?.files ?? []), ...(phased?.callers ?? [])]);
  const file = [...folded].find(([path, text]) => read.get(path)?.trimEnd() !== text.trimEnd())?.[0];
  if (phased && file === undefined) return;
  const problem = `what phase per-environment would write${file === undefined ? '' : ` into ${file}`} does not lead back to what was there when it is read back`;
  throw new Refusal(diagnose('TAE245', { problem }, mappings[0]?.block.headerRange));
};
