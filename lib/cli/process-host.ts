import { styleText } from 'node:util';
import { plain } from '../report/style.ts';
import type { Host, Pipeline } from './host.ts';
import { readStream } from './io.ts';

export const processHost = (process: NodeJS.Process): Host => {
  let loading: Promise<Pipeline> | undefined;
  const streams = { stdout: process.stdout, stderr: process.stderr };
  for (const stream of Object.values(streams)) {
    // A reader such as `head` that has read enough is no error.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    cwd: process.cwd(),
    readStdin: most => readStream(process.stdin as AsyncIterable<Uint8Array>, most),
    stdout: text => void streams.stdout.write(text),
    stderr: text => void streams.stderr.write(text),
    style: (name, color) => {
      const stream = streams[name];
      return color && stream.isTTY ? (format, text) => styleText(format, text, { stream }) : plain;
    },
    pipeline: () => (loading ??= loadPipeline()),
  };
};

/** What every command needs is loaded beside the gate's wasm; what one of them needs, when it is called. */
const loadPipeline = async (): Promise<Pipeline> => {
  const [runtime, { convertModule }, { liveGateProblems }] = await Promise.all([
    import('../node.ts').then(({ loadRuntime }) => loadRuntime()),
    import('../convert.ts'),
    import('../verifier/live-gates.ts'),
  ]);
  return {
    convert: convertModule,
    liveGateProblems,
    runtime,
    check: async (...given) => (await import('../check.ts')).check(...given),
    importBlocks: async (...given) => (await import('../import-blocks.ts')).importBlocks(...given),
    verifyAccess: async (...given) => (await import('../verifier/access/verify-access.ts')).verifyAccess(...given),
  };
};
