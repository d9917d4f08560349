import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, exit, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { testGate } from '../support/runtime.ts';
import { filesOf, fuzzCase, type FuzzCase } from './case.ts';
import { judge, type Problem } from './problems.ts';

/*
 * npm run fuzz -- [--runs 100000] [--seed 1] [--keep <directory>]
 * Fixtures with comments and line breaks between any two tokens, and with hostile values in their strings. Prints what breaks a
 * law, smallest case first, and how long the slowest case took. `--keep` writes each of these modules into a directory.
 * `--case '<JSON>'` runs one again.
 */
const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    keep: { type: 'string' },
    case: { type: 'string' },
  },
});

/** Cases that break one law, of which no more are made small. */
const shown = 5;

const batch = 500;

/** A conversion takes no longer than this, whatever the files say. */
const mostSeconds = 10;

const problemsOf = async (given: FuzzCase): Promise<readonly Problem[]> => (await judge(given)).problems;

/** The case with everything taken away that its problem does not need. */
const smallest = async (given: FuzzCase, law: string): Promise<FuzzCase> => {
  for (const smaller of smallerCases(given)) {
    if ((await problemsOf(smaller)).some(problem => problem.law === law)) return smallest(smaller, law);
  }
  return given;
};

const smallerCases = (given: FuzzCase): readonly FuzzCase[] => {
  const { oddities, hostile } = given;
  return [
    ...hostile.map((_, index) => ({ ...given, hostile: hostile.toSpliced(index, 1) })),
    ...oddities.insertions.map((_, index) => ({
      ...given,
      oddities: { ...oddities, insertions: oddities.insertions.toSpliced(index, 1) },
    })),
    ...(['crlf', 'bom', 'cut'] as const)
      .filter(name => oddities[name])
      .map(name => ({ ...given, oddities: { ...oddities, [name]: false } })),
  ];
};

const write = async (directory: string, given: FuzzCase): Promise<void> => {
  const gate = await testGate();
  const { files } = await filesOf(given, async (path, text) => (await gate(path, text)) === undefined);
  for (const [path, text] of files) {
    const target = join(directory, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
};

const counts = new Map<string, number>();
let slowest = 0;
let done = 0;

const run = async (given: FuzzCase): Promise<void> => {
  const { problems: found, seconds } = await judge(given);
  const problems = seconds > mostSeconds ? [...found, { law: 'time', what: `${seconds.toFixed(1)} s` }] : found;
  slowest = Math.max(slowest, seconds);
  done++;
  for (const law of new Set(problems.map(problem => problem.law))) {
    const count = (counts.get(law) ?? 0) + 1;
    counts.set(law, count);
    if (count > shown) continue;
    const small = law === 'time' ? given : await smallest(given, law);
    const said = (await problemsOf(small)).find(problem => problem.law === law) ?? problems[0];
    stdout.write(`${law}: ${said?.what}\n  --case '${JSON.stringify(small)}'\n`);
    if (values.keep !== undefined) await write(join(values.keep, `${law.replaceAll(' ', '-')}-${count}`), small);
  }
};

const seed = Number(values.seed);
const runs = Number(values.runs);
if (values.case === undefined) {
  stdout.write(`seed ${seed}\n`);
  for (let first = 0; first < runs; first += batch) {
    const cases = fc.sample(fuzzCase, { seed: seed + first, numRuns: Math.min(batch, runs - first) });
    for (const given of cases) await run(given);
    stdout.write(`${done} cases, slowest ${slowest.toFixed(1)} s, ${describe()}\n`);
  }
} else await run(JSON.parse(values.case) as FuzzCase);

function describe(): string {
  return [...counts].map(([law, count]) => `${law} ${count}`).join(', ') || 'no law broken';
}

stdout.write(`${done} cases from seed ${seed}: ${describe()}; the slowest took ${slowest.toFixed(1)} s\n`);
exit(counts.size === 0 && done > 0 ? 0 : 1);
