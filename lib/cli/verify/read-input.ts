import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { stdinPath } from '../stdin-path.ts';
import type { Host } from '../host.ts';
import { readBytes, reasonOf, sizeOf } from '../io.ts';
import { decode } from '../read-module.ts';

export type Input = { readonly label: string; readonly text: string };

/** Bytes. Node holds texts of about 512 MB at most. */
const largest = 500_000_000;

/** A file that was named, or stdin. */
export const readInput = async (path: string, host: Host): Promise<Input> => {
  const label = path === stdinPath ? '<stdin>' : path;
  return { label, text: decodeInput(await bytesOf(path, label, host), label) };
};

/** The config that was named: none is looked for, since a plan is nowhere in particular. */
export const readNamedConfig = async (path: string | undefined, host: Host): Promise<Config | undefined> => {
  if (path === undefined) return undefined;
  const { label, text } = await readInput(path, host);
  const { parseConfig } = await import('../../config/index.ts');
  return parseConfig(label, text);
};

const bytesOf = async (path: string, label: string, host: Host): Promise<Uint8Array> => {
  const bytes = path === stdinPath ? await host.readStdin(largest) : await fileBytes(resolve(host.cwd, path), label);
  if (bytes.length > largest) throw tooLarge(label);
  return bytes;
};

const tooLarge = (label: string): Refusal =>
  new Refusal(diagnose('TAE002', { path: label, reason: `it has more than ${largest / 1e6} MB` }));

const fileBytes = async (path: string, label: string): Promise<Uint8Array> => {
  try {
    if (((await sizeOf(path)) ?? 0) > largest) throw tooLarge(label);
    const bytes = await readBytes(path);
    if (bytes === undefined) throw new Refusal(diagnose('TAE001', { path: label }));
    return bytes;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(diagnose('TAE002', { path: label, reason: reasonOf(error) }));
  }
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
