import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { finishJournal } from '../../lib/cli/journal.ts';
import { journalName } from '../../lib/cli/module-files.ts';
import { directoryWith } from './support/directory.ts';

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
