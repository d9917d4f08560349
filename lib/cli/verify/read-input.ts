import { resolve } from 'node:path';
import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { placesOnly } from '../../report/places.ts';
import { refusing } from '../refusing.ts';
import { stdinPath } from '../arguments/syntax.ts';
import type { Host } from '../host.ts';
import { largestNamed, readNamedBytes, realPath } from '../io.ts';
import { isInside, repositoryOr } from '../links.ts';
import { decode } from '../read-module.ts';

/** `shown`: the text as far as it may stand in messages. */
type Named = { readonly text: string; readonly shown: string };

export type Input = Named & { readonly label: string };

/** How messages call stdin. */
export const stdinLabel = '<stdin>';

/** A file that was named, or stdin. */
export const readInput = async (path: string, host: Host): Promise<Input> => {
  if (path !== stdinPath) return { label: path, ...(await readNamed(path, host.cwd, decodeInput)) };
  const label = stdinLabel;
  const text = decodeInput(await refusing('TAE002', label, () => host.readStdin(largestNamed)), label);
  return { label, text, shown: text };
};

/** A file that was named. */
export const readNamed = async (path: string, cwd: string, textOf = decode): Promise<Named> => {
  const absolute = resolve(cwd, path);
  const bytes = await refusing('TAE002', path, () => readNamedBytes(absolute));
  if (bytes === undefined) throw new Refusal(diagnose('TAE001', { path, isInput: true }));
  const text = textOf(bytes, path);
  return { text, shown: (await isMeant(absolute, cwd)) ? text : placesOnly(text) };
};

/** Behind a link out of the repository there may be another file than the person meant, and its text is nobody's to see. */
export const isMeant = async (path: string, cwd: string): Promise<boolean> => {
  const real = await realPath(path).catch(() => undefined);
  if (real === undefined || real === path) return real === path;
  return isInside((await repositoryOr(cwd, { directory: cwd, name: 'its directory' })).directory, real);
};

/** `>` of Windows PowerShell writes UTF-16. The first letters of an archive are enough to say that it is one. */
const decodeInput = (bytes: Uint8Array, label: string): string => {
  const [first, second, third, fourth] = bytes;
  if (first === 0x50 && second === 0x4b && third === 3 && fourth === 4) return 'PK\u0003\u0004';
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && third !== 0 && fourth === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && third === 0 && fourth !== 0);
  if (!little && !big) return decode(bytes, label);
  return new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes);
};
