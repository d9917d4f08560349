import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { finishJournal } from '../../lib/cli/journal.ts';
import { journalName } from '../../lib/cli/module-files.ts';
import { moduleFiles } from '../../lib/emitter/modules.generated.ts';
import { contentOf, directoryWith } from './support/directory.ts';

const names = Array.from({ length: 30 }, (_, index) => `f${index}.tf`);
const before = Object.fromEntries(names.map(name => [name, `# ${name}\n`.repeat(2000)]));
const after = Object.fromEntries(names.map(name => [name, `## ${name}\n`.repeat(2000)]));

/** Numbers below 1 that are the same in every run. Source: the minimal standard generator of Park and Miller. */
const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

const script = `
  import { readFileSync } from 'node:fs';
  import { join } from 'node:path';
  import { writeFiles } from ${JSON.stringify(new URL('../../dist/cli/write-files.js', import.meta.url).href)};
  const [directory, ...names] = process.argv.slice(1);
  const changes = names.map(name => {
    const before = readFileSync(join(directory, name));
    return { path: join(directory, name), label: name, directory, phase: 'enable-api', before,
      after: Buffer.from(before.toString().replaceAll('#', '##')) };
  });
  process.stdout.write('begins');
  await writeFiles(changes);`;

/** Kills a run so many milliseconds after it began to write. */
const killed = async (directory: string, milliseconds: number): Promise<void> => {
  const args = ['--input-type=module', '-e', script, directory, ...names];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exit]);
  setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await exit;
};

const textsIn = (directory: string): Record<string, string> =>
  Object.fromEntries(names.map(name => [name, readFileSync(join(directory, name), 'utf8')]));

test('a kill at any moment loses no file, and leaves a phase or the next once it is completed', async () => {
  const random = numbers(20_261_126);
  for (let run = 0; run < 12; run++) {
    const directory = directoryWith(before);
    await killed(directory, Math.floor(random() * 60));
    const found = textsIn(directory);
    for (const [name, text] of Object.entries(found)) expect([before[name], after[name]]).toContain(text);
    const some = Object.keys(found).filter(name => found[name] === after[name]).length;
    expect(some === 0 || some === names.length || existsSync(join(directory, journalName))).toBe(true);
    await finishJournal(directory, '.', 'enable-api');
    expect([before, after]).toContainEqual(textsIn(directory));
    expect(existsSync(join(directory, journalName))).toBe(false);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(names));
  }
}, 120_000);

const shipped = Object.keys(moduleFiles).map(path => path.slice(path.indexOf('/') + 1));

/** Writes the module for rows that only a plan knows and its call, and is killed after so many renames. */
const moduleScript = `
  import { join } from 'node:path';
  import { writeFiles } from ${JSON.stringify(new URL('../../dist/cli/write-files.js', import.meta.url).href)};
  const [directory, place, steps] = process.argv.slice(1);
  const changes = ${JSON.stringify(shipped)}.map(path => join(place, path)).concat('main.tf').map(path => {
    const before = path === 'main.tf' ? Buffer.from('before') : undefined;
    return { path: join(directory, path), label: path, directory, phase: 'add-access-entries', before, after: Buffer.from(path) };
  });
  let done = 0;
  await writeFiles(changes, { onStep: step => {
    if (step === 'replaced' && ++done === Number(steps)) process.kill(process.pid, 'SIGKILL');
  } });`;

test.each(['aws-auth-entries', 'modules/aws-auth-entries'])(
  'a kill among the renames of a module in %s and its call is completed',
  async place => {
    for (const steps of [1, Math.ceil(shipped.length / 2), shipped.length, shipped.length + 1].map(String)) {
      const directory = directoryWith({ 'main.tf': 'before' });
      const args = ['--input-type=module', '-e', moduleScript, directory, place, steps];
      const { signal, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      expect([signal, stderr]).toEqual(['SIGKILL', '']);
      expect(existsSync(join(directory, journalName))).toBe(true);
      await finishJournal(directory, '.', 'add-access-entries');
      const files = Object.entries(contentOf(directory)).filter(
        ([path, text]) => text !== '/' && !path.endsWith('.lock'),
      );
      const paths = ['main.tf', ...shipped.map(path => join(place, path))];
      expect(Object.fromEntries(files)).toEqual(Object.fromEntries(paths.map(path => [path, path])));
    }
  },
);

/** Writes one file in each of two directories, and is killed after so many renames. */
const spreadScript = `
  import { join } from 'node:path';
  import { writeFiles } from ${JSON.stringify(new URL('../../dist/cli/write-files.js', import.meta.url).href)};
  const [root, steps] = process.argv.slice(1);
  const changes = ['modules/eks/main.tf', 'envs/dev/terragrunt.hcl'].map(path => ({
    path: join(root, path), label: path, directory: join(root, path, '..'), phase: 'add-access-entries',
    before: Buffer.from('before'), after: Buffer.from('after') }));
  let done = 0;
  await writeFiles(changes, { onStep: step => {
    if (step === 'replaced' && ++done === Number(steps)) process.kill(process.pid, 'SIGKILL');
  } });`;

test.each(['1', '2'])('a kill after %s renames in two directories leaves a journal in both', async steps => {
  const paths = ['modules/eks/main.tf', 'envs/dev/terragrunt.hcl'];
  const root = directoryWith(Object.fromEntries(paths.map(path => [path, 'before'])));
  spawnSync(process.execPath, ['--input-type=module', '-e', spreadScript, root, steps]);
  for (const path of paths) {
    const directory = dirname(join(root, path));
    expect(existsSync(join(directory, journalName))).toBe(true);
    await finishJournal(directory, '.', 'add-access-entries');
    expect(existsSync(join(directory, journalName))).toBe(false);
    expect(readFileSync(join(root, path), 'utf8')).toBe('after');
  }
});
