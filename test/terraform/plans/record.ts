import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, exit, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { openBench } from '../suite/bench.ts';
import type { PhaseRun } from '../suite/run-phases.ts';
import { runPhases } from '../suite/run-phases.ts';
import { say } from '../suite/report.ts';
import { defaultEngines, findTools } from '../suite/tools.ts';
import { recordings, type Recording } from './recordings.ts';

/*
 * npm run plans
 * Writes <engine>-<version>/<case>-<phase>.json here: what `show -json` says about a plan, whole, for tests of whatever
 * reads plans. Paths of the machine and the time are taken out.
 */

const here = fileURLToPath(new URL('.', import.meta.url));
const tools = findTools();
if (typeof tools === 'string') {
  stderr.write(`plans cannot be recorded: ${tools}\n`);
  exit(1);
}
env['STANDIN_MIRROR'] = tools.mirror;
const bench = await openBench();

const scrub = (plan: PhaseRun['plan']): string => {
  const text = JSON.stringify({ ...plan, timestamp: '2026-01-01T00:00:00Z' });
  return [tmpdir(), homedir(), here.slice(0, here.indexOf('test/terraform'))]
    .reduce((scrubbed, path) => scrubbed.replaceAll(path, 'PATH'), text)
    .concat('\n');
};

for (const engine of defaultEngines(bench.engines)) {
  const folder = join(here, `${engine.name}-${engine.version}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const record = async ({ name, one, keep, ...options }: Recording): Promise<void> => {
    await runPhases(one, {
      ...options,
      ...bench.on(engine),
      observe: run => {
        const file = keep[run.phase];
        if (file === undefined) return;
        if (run.plan.format_version === '') throw new Error(`${name}: ${run.findings[0]?.text}`);
        writeFileSync(join(folder, `${name}-${file}.json`), scrub(run.plan));
        say(`${engine.name}-${engine.version}/${name}-${file}.json  ${run.planned}`);
      },
    });
  };
  for (const recording of recordings()) await record(recording);
}
await bench.close();
