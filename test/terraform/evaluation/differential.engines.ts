import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { env, stdout } from 'node:process';
import { attribute, type HclFile } from '../../../lib/hcl/index.ts';
import { createRootModule } from '../../../lib/terraform/index.ts';
import { loadReaders } from '../../../lib/terraform/readers.ts';
import { testParser } from '../../support/runtime.ts';
import { seed } from '../../support/seed.ts';
import { findTools, labelOf } from '../suite/tools.ts';
import { arbitraryExpression, constructs, surroundings } from './arbitrary-expression.ts';
import type { Generated } from './draw.ts';
import { evaluateOnEngine, type Outcome } from './engine.ts';
import { disagreement, ourOutcome } from './outcome.ts';

/*
 * The evaluator against real engines. FC_SEED repeats a run, EVALUATION_COUNT makes it shorter or longer;
 * EVALUATION_ENGINES picks engines by their names.
 */
const count = Number(env['EVALUATION_COUNT'] ?? 8000);
const batch = 200;

const say = (text: string): void => void stdout.write(`${text}\n`);

const tools = findTools();
const engines = (typeof tools === 'string' ? [] : tools.engines).filter(engine =>
  labelOf(engine).includes(env['EVALUATION_ENGINES'] ?? ''),
);

test.each(engines.map(engine => [labelOf(engine), engine.path] as const))(
  'agrees with %s',
  async (label, path) => {
    const { parse } = await testParser();
    const files = new Map(Object.entries(surroundings));
    const trees: HclFile[] = ['locals.tf', 'more-locals.tf'].map(name => parse(name, surroundings[name] ?? ''));
    const readers = await loadReaders(['jsondecode regex() yamldecode']);
    const module = createRootModule(trees, new Map(), await testParser(), { files, ...readers });
    const sample = fc.sample(arbitraryExpression(), { seed, numRuns: count });
    const ours = sample.map(({ text }): Outcome => {
      const expression = attribute(parse('main.tf', `x = ${text}\n`).body, 'x')?.value;
      return expression ? ourOutcome(expression, module.scope) : { kind: 'unknown' };
    });
    const wrong: string[] = [];
    const both = { value: 0, error: 0, unknown: 0, refused: 0 };
    for (let at = 0; at < sample.length; at += batch) {
      const part = sample.slice(at, at + batch);
      const theirs = evaluateOnEngine(
        path,
        part.map(({ text }) => text),
        surroundings,
      );
      for (const [index, { text }] of part.entries()) {
        const own = ours[at + index]!;
        both[own.kind]++;
        const difference = disagreement(own, theirs[index]!);
        if (difference !== undefined) wrong.push(`${text}\n  ${difference}`);
      }
    }
    const used = histogram(sample);
    say(
      `${label}: seed ${seed}, ${count} expressions: ${both.value} values, ${both.error} errors, ${both.unknown} unknown`,
    );
    say(`${label}: nesting ${show(countBy(sample.map(({ depth }) => String(depth))))}`);
    say(`${label}: ${show(used)}`);
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(both.error).toBeGreaterThanOrEqual(100);
    expect(both.unknown / count).toBeLessThan(0.2);
    if (count >= 5000) expect(constructs.filter(name => (used.get(name) ?? 0) < 50)).toEqual([]);
  },
  3_600_000,
);

/** How often each construct occurs in expressions that nest at least three deep. */
const histogram = (sample: readonly Generated[]): ReadonlyMap<string, number> =>
  countBy(sample.flatMap(({ used, depth }) => (depth >= 3 ? used : [])));

const countBy = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

const show = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');

test('there is an engine', () => {
  expect(engines.map(labelOf)).not.toEqual([]);
});
