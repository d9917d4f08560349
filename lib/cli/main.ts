#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Below it what is imported is not there, and Node would answer with a SyntaxError.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`tf-access-entries needs Node.js 20.19 or newer, and this is ${process.versions.node}.\n`);
  process.exit(3);
}

// Optimizing the wasm takes longer than most runs do. `--liftoff-only` would say so in one flag, but once V8 runs, that of Node 24
// no longer draws the consequences of it.
setFlagsFromString('--no-wasm-tier-up');
setFlagsFromString('--no-wasm-dynamic-tiering');
// Nor does optimizing JavaScript pay before it has run for long: the budget is that of Node 20, fifteenfold.
setFlagsFromString('--interrupt-budget=1000000');
// Node 22 and later.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// Whatever is decided without a command's code is decided before this line.
const { processHost } = await import('./process-host.ts');
const { reasonOf } = await import('./file-problem.ts');
const cwd = ((): string => {
  try {
    return process.cwd();
  } catch (error) {
    process.stderr.write(`The working directory cannot be read: ${reasonOf(error)}.\n`);
    process.exit(3);
  }
})();
const host = processHost(process, cwd);
const [command] = process.argv.slice(2);
// The gate's wasm compiles beside the main thread while the rest loads. A failure shows where the pipeline is used. Where the phase
// is due is seen from texts first.
const converts = command === 'convert' && !process.argv.includes('--where-due');
if (converts || command === 'status' || command === 'import-blocks') host.pipeline().catch(() => {});

try {
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv.slice(2), host);
} catch (error) {
  host.stderr(`This is a fault of tf-access-entries, not of its input.\n${(error as Error).stack ?? String(error)}\n`);
  process.exitCode = 3;
}

// Then nothing is left to do, and the gate's runtime would wait for its timers for up to a second or two.
const problem = await host.close();
if (problem !== undefined) {
  process.exitCode = 3;
  host.stderr(`${problem}\n`);
  await host.close();
}
process.exit();
