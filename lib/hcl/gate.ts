import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
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
 * The only file that knows which package HashiCorp's parser comes in: @cdktf/hcl2json. Its wasm takes long to start, hence as late
 * as possible.
 */
export const createGate = async (): Promise<Gate> => {
  const parse = await startParser();
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

type Parse = (file: string, text: string) => Promise<void>;

/**
 * Starts the parser as the package's own entry does, but for three things: unpacking and compiling go on beside the main thread, nothing
 * else of the package is loaded, and the JSON that a file becomes is not read, since only what is wrong with it matters.
 */
const startParser = async (): Promise<Parse> => {
  const require = createRequire(import.meta.url);
  const packed = await readFile(require.resolve('@cdktf/hcl2json/main.wasm.gz'));
  const compiled = promisify(gunzip)(packed).then(bytes => WebAssembly.compile(bytes));
  require('@cdktf/hcl2json/wasm/bridge_wasm_exec.js');
  const go = new (globalThis as unknown as { Go: new () => GoRuntime }).Go();
  const instance = await WebAssembly.instantiate(await compiled, go.importObject);
  const exported: { parse?: GoParse } = {};
  // Where the Go program looks for what it shall add its functions to, once, when it starts.
  Object.assign(globalThis, { __parse_terraform_config_wasm__: exported });
  void go.run(instance);
  const { parse } = exported;
  if (!parse) throw new Error('@cdktf/hcl2json has no function parse');
  return (file, text) =>
    new Promise((resolve, reject) => {
      parse(file, text, message => {
        if (message) reject(new Error(message));
        else resolve();
      });
    });
};

/** Source: misc/wasm/wasm_exec.js of Go. */
type GoRuntime = { readonly importObject: object; readonly run: (instance: object) => Promise<void> };

type GoParse = (file: string, text: string, done: (message: string | undefined) => void) => void;

declare const WebAssembly: {
  readonly compile: (bytes: Uint8Array) => Promise<object>;
  readonly instantiate: (module: object, imports: object) => Promise<object>;
};
