import type { Diagnostic } from '../diagnostics/index.ts';
import { readGateError, refuseUnchecked } from './gate-error.ts';
import { findTooLong } from './lengths.ts';
import { findTooDeep, maxGateNesting, tooDeep } from './nesting.ts';

/**
 * The gate: HashiCorp's own parser over one file of native syntax. Every input passes it before anything is computed, every
 * revision before anything is written. Returns nothing for a file Terraform would parse.
 */
export type Gate = (file: string, text: string) => Promise<Diagnostic | undefined>;

/**
 * The only file that knows which package HashiCorp's parser comes in: @cdktf/hcl2json. Its wasm starts on import, hence as
 * late as possible.
 */
export const createGate = async (): Promise<Gate> => {
  const { parse } = await import('@cdktf/hcl2json');
  let exhausted = false;
  return async (file, text) => {
    const deep = findTooDeep(text, maxGateNesting);
    if (deep !== undefined) return refuseUnchecked(file, tooDeep(maxGateNesting), deep);
    const long = findTooLong(text);
    if (long) return refuseUnchecked(file, `it has ${long.what}`, long.at);
    // Go's runtime does not survive this: its next call may never return.
    if (exhausted)
      return refuseUnchecked(file, "it cannot be checked (HashiCorp's parser ran out of stack on another file)");
    try {
      await parse(file, text);
      return undefined;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      exhausted = name === 'RangeError';
      return readGateError(file, text, message);
    }
  };
};
