import { styleText } from 'node:util';
import { plain } from '../report/style.ts';
import { reasonOf } from './file-problem.ts';
import type { Host, Pipeline } from './host.ts';
import { readStream } from './io.ts';

/** `close` writes what waits to its end, and says in a sentence what could not be written. */
export type ProcessHost = Host & { readonly close: () => Promise<string | undefined> };

/** `cwd` is where the process runs, which may be gone. */
export const processHost = (process: NodeJS.Process, cwd: string): ProcessHost => {
  let loading: Promise<Pipeline> | undefined;
  let problem: string | undefined;
  const streams = { stdout: process.stdout, stderr: process.stderr };
  for (const [name, stream] of Object.entries(streams)) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader such as `head` that has read enough is no error.
      if (error.code !== 'EPIPE') problem ??= `${name} cannot be written: ${reasonOf(error)}.`;
    });
  }
  return {
    cwd,
    close: async () => {
      await Promise.all(Object.values(streams).map(written));
      return problem;
    },
    readStdin: most => readStream(process.stdin as AsyncIterable<Uint8Array>, most),
    stdout: text => void streams.stdout.write(text),
    stderr: text => void streams.stderr.write(text),
    style: (name, color) => {
      const stream = streams[name];
      // Without a terminal styleText looks whether FORCE_COLOR asks for colours all the same.
      const may = stream.isTTY || process.env['FORCE_COLOR'] !== undefined;
      return color && may ? (format, text) => styleText(format, text, { stream }) : plain;
    },
    isTerminal: name => streams[name].isTTY,
    // A terminal may say that it has no columns, which is no answer.
    width: name => (streams[name].isTTY ? streams[name].columns || undefined : undefined),
    transient: mayErase(process) ? text => void streams.stderr.write(`\r${eraseLine}${text}`) : undefined,
    pipeline: () => (loading ??= loadPipeline()),
  };
};

/** From the cursor on. Source: ECMA-48, EL. */
const eraseLine = '\u001b[K';

/** A log keeps every line, and a plain terminal shows what is to erase one. */
const mayErase = ({ stderr, env }: NodeJS.Process): boolean =>
  stderr.isTTY && !env['CI'] && !env['NO_COLOR'] && env['TERM'] !== 'dumb';

const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise(resolve => {
    // A write of nothing fails, too, where nothing can be written. What failed already is said in the next turn.
    if (stream.writableLength === 0) setImmediate(resolve);
    else stream.write('', () => resolve());
  });

/** The gate's wasm is unpacked and compiled beside the main thread while that loads the rest. */
const loadPipeline = async (): Promise<Pipeline> => {
  const starting = import('../node.ts').then(({ loadRuntime }) => loadRuntime());
  const [runtime, { pipelineOn }] = await Promise.all([starting, import('./pipeline.ts')]);
  return pipelineOn(runtime);
};
