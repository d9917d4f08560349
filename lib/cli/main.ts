#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Optimizing the wasm takes longer than most runs do.
setFlagsFromString('--liftoff-only');
// The heap grows by what is in use, not by leaps: trees of thousands of rows are thrown away as fast as they are made.
setFlagsFromString('--heap-growing-percent=20');
// Node 22 and later.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// Whatever is decided without a command's code is decided before this line.
const { processHost } = await import('./process-host.ts');
const host = processHost(process);
const [command] = process.argv.slice(2);
// The gate's wasm compiles beside the main thread while yargs loads. A failure shows where the pipeline is used. Where the phase
// is due is seen from texts first.
const converts = command === 'convert' && !process.argv.includes('--where-due');
if (converts || command === 'status' || command === 'import-blocks') host.pipeline().catch(() => {});

const start = async (): Promise<number> => {
  const argv = process.argv.slice(2);
  if (command === 'check') {
    const [{ checkSyntax }, { readPlainly }, { readFlags }] = await Promise.all([
      import('./arguments/check.ts'),
      import('./arguments/plain.ts'),
      import('./arguments/syntax.ts'),
    ]);
    const given = readPlainly(checkSyntax, argv.slice(1));
    if (given) return (await import('./commands/check.ts')).checkCommand(readFlags(checkSyntax, given), host);
  }
  const { run } = await import('./run.ts');
  return run(argv, host);
};

try {
  process.exitCode = await start();
} catch (error) {
  host.stderr(`This is a fault of tf-access-entries, not of its input.\n${(error as Error).stack ?? String(error)}\n`);
  process.exitCode = 3;
}

// Output that waits in a pipe is written to its end. Then nothing is left to do, and the gate's runtime would wait for timers of
// its own for up to a second or two.
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise(resolve => {
    stream.write('', () => resolve());
  });
await Promise.all([written(process.stdout), written(process.stderr)]);
process.exit();
