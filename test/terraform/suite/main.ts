import { spawnSync } from 'node:child_process';
import { argv, env, execPath, exit, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { say } from './report.ts';
import { findTools, labelOf } from './tools.ts';

/*
 * npm run test:engines [-- --all] [jest's arguments]
 * Says which engines there are and hands over to jest. Without any it is skipped, which in CI is a failure.
 */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const all = argv.includes('--all');
const inCi = env['CI'] === 'true';
const tools = findTools();

if (typeof tools === 'string') {
  stderr.write(`test:engines is skipped: ${tools}\n`);
  exit(inCi ? 1 : 0);
}
const missing = ['terraform', 'tofu'].filter(name => tools.engines.every(engine => engine.name !== name));
for (const name of missing) stderr.write(`test:engines runs without ${name}: it is not there\n`);
if (inCi && missing.length > 0) exit(1);
say(`engines: ${tools.engines.map(labelOf).join(', ')}${all ? ', every case on each' : ''}`);

const jest = [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
  '--config=test/terraform/jest.engines.config.js',
];
const { status } = spawnSync(execPath, [...jest, ...argv.slice(2).filter(argument => argument !== '--all')], {
  cwd: root,
  stdio: 'inherit',
  env: { ...env, STANDIN_MIRROR: tools.mirror, ...(all ? { ENGINES_ALL: '1' } : {}) },
});
exit(status ?? 1);
