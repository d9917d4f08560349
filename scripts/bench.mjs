// Prints what commands cost as ratios to bare node: whole processes, all in one run, interleaved.
// Usage: npm run bench [-- --rounds <n>] [--hcledit <path>] [--python-hcl2 <path of hcl2tojson>] [--terraform <path>] [--install] [--write]
// A path can also come from BENCH_HCLEDIT, BENCH_PYTHON_HCL2 and BENCH_TERRAFORM. Nothing is downloaded, except that --install
// installs the package from the registry to say how large it is. --write puts the tables into docs/why/speed.md.
// Exits 1 only when a command fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ourBenches, peerBenches, peers, versionOf } from './bench/benches.mjs';
import { writeInputs } from './bench/inputs.mjs';
import { measureInstall } from './bench/install.mjs';
import { measure } from './bench/measure.mjs';
import { installTable, timesTable, writePage } from './bench/page.mjs';

const { values: given } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    hcledit: { type: 'string', default: process.env.BENCH_HCLEDIT },
    'python-hcl2': { type: 'string', default: process.env.BENCH_PYTHON_HCL2 },
    terraform: { type: 'string', default: process.env.BENCH_TERRAFORM },
    install: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(given.rounds);
const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'tf-access-entries-bench-'));
const say = text => process.stderr.write(`${text}\n`);

/** The tools that start, with their versions. */
const present = Object.keys(peers).flatMap(id => {
  const version = given[id] === undefined ? undefined : versionOf(id, given[id]);
  return version === undefined ? [] : [{ id, path: given[id], version }];
});

try {
  const inputs = writeInputs(scratch);
  const cli = join(root, 'dist/bundle/main.js');
  const paths = Object.fromEntries(present.map(({ id, path }) => [id, path]));
  const benches = [...ourBenches(cli, inputs, scratch, rounds), ...peerBenches(paths, inputs, rounds)];
  const results = measure(benches, scratch, say);
  const tables = { times: timesTable(results, present, rounds) };
  if (given.install) tables.install = installTable(measureInstall(root, scratch));
  for (const table of Object.values(tables)) console.log(`${table}\n`);
  if (given.write) await writePage(root, tables);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
