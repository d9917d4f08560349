import { expect, test } from '@jest/globals';
import type { Expression, NumberLiteral } from '../../../lib/hcl/index.ts';
import { createScope, evaluate, evaluateWithErrors, withinWork, type Scope } from '../../../lib/terraform/index.ts';
import { loadReaders } from '../../../lib/terraform/readers.ts';
import { parseExpression } from '../../support/expression.ts';
import { moduleOf } from './module-of.ts';

/** Each takes a second at most; without a limit none would ever end. */
const long = 60_000;

const range = { file: '', start: 0, end: 0 };
const one: NumberLiteral = { kind: 'number', range, text: '1' };
const readers = await loadReaders(['regex()']);
/** With all the work that a module is granted. */
const freshScope = (): Scope => createScope(new Map(), readers);

const nest = (levels: number, wrap: (inner: Expression) => Expression): Expression => {
  let expression: Expression = one;
  for (let level = 0; level < levels; level++) expression = wrap(expression);
  return expression;
};

// Deeper than the parser goes: whoever puts a tree together must not lose the process either.
test.each<readonly [string, (inner: Expression) => Expression]>([
  ['sums', inner => ({ kind: 'binary', range, operator: '+', left: inner, right: one })],
  ['conditionals', inner => ({ kind: 'conditional', range, condition: one, then: one, else: inner })],
  ['lists', inner => ({ kind: 'tuple', range, items: [inner] })],
  ['calls', inner => ({ kind: 'call', range, name: 'tonumber', args: [inner], expand: false })],
])('%s 100,000 deep end', (_, wrap) => {
  expect(evaluate(nest(100_000, wrap), freshScope())).toEqual({ kind: 'unknown' });
});

// More work than is granted, in a few bytes.
test.each([
  '[for a in range(1024) : [for b in range(1024) : [for c in range(100) : a]]]',
  'format("%1000000000d", 1)',
  'format("%.1000000000f", 1)',
  'regex("(x{1000}){1000}", "x")',
  '10.0e300 * 10.0e300',
])(
  '%s is unknown',
  async source => {
    expect(evaluate(await parseExpression(source), freshScope())).toEqual({ kind: 'unknown' });
  },
  long,
);

// Refused by Terraform after 1,024 numbers, and here too.
test('range(1000000000) is an error', async () => {
  expect(evaluateWithErrors(await parseExpression('range(1000000000)'), freshScope())).toEqual(
    expect.objectContaining({ kind: 'error', range: expect.objectContaining({ file: 'main.tf' }) }),
  );
});

/** `local.a29` is made of 2 ** 29 times the first one. */
const doubling = (first: string, double: (name: string) => string): string =>
  `locals {\n  a0 = ${first}\n${Array.from({ length: 29 }, (_, at) => `  a${at + 1} = ${double(`local.a${at}`)}\n`).join('')}}\n`;

test.each([
  ['texts', doubling('"0123456789"', name => `"\${${name}}\${${name}}"`)],
  ['lists', doubling('["a"]', name => `concat(${name}, ${name})`)],
  [
    'maps',
    doubling(
      '{ a = 1 }',
      name => `merge(${name}, { for k, v in ${name} : "\${k}b" => v }, { for k, v in ${name} : "c\${k}" => v })`,
    ),
  ],
])(
  '%s that double end',
  async (_, text) => {
    const { scope: doubled } = await moduleOf(text);
    const value = evaluate(await parseExpression('local.a29'), doubled);
    expect(JSON.stringify(value).length).toBeLessThan(1000);
  },
  long,
);

// Shared parts take no memory, so it is not their making that counts but going through them.
test(
  'nesting that doubles ends where all of it is needed',
  async () => {
    const { scope: doubled } = await moduleOf(doubling('["a"]', name => `[${name}, ${name}]`));
    expect(evaluate(await parseExpression('jsonencode(local.a29)'), doubled)).toEqual({ kind: 'unknown' });
    expect(evaluate(await parseExpression('local.a29 == local.a28'), doubled)).toEqual({ kind: 'unknown' });
  },
  long,
);

const rowOf = (at: number): string => `{ rolearn = "arn:aws:iam::111122223333:role/r${at}", groups = ["x"] }`;

// Reading text takes longer than going through values that are there.
test(
  '5,000 rows that are put together as text are more than is granted',
  async () => {
    const { scope: rows, parseExpression: read } = await moduleOf('');
    const readAll = (count: number): number | undefined =>
      withinWork(rows, () => Array.from({ length: count }, (_, at) => read(rowOf(at))).length);
    expect([readAll(1000), readAll(5000)]).toEqual([1000, undefined]);
  },
  long,
);

test(
  'matching takes no longer for a pattern that would backtrack',
  async () => {
    const expression = await parseExpression(`regexall("^(a|aa|a*)*$", "${'a'.repeat(3000)}!")`);
    expect(evaluate(expression, freshScope())).toEqual(expect.objectContaining({ kind: 'list', items: [] }));
  },
  long,
);

test(
  'a YAML document whose aliases multiply is unknown',
  async () => {
    const lines = Array.from(
      { length: 25 },
      (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, *a${at - 1}`}]`,
    );
    const yaml = createScope(new Map(), await loadReaders(['yamldecode']));
    const text = JSON.stringify(`${lines.join('\n')}\n`);
    expect(evaluate(await parseExpression(`yamldecode(${text})`), yaml)).toEqual({ kind: 'unknown' });
  },
  long,
);

test('a list of 10 MB is a list', async () => {
  const text = 'arn:aws:iam::111122223333:role/some-role-with-a-name';
  const item: Expression = { kind: 'template', range, heredoc: false, parts: [{ kind: 'literal', text }] };
  const list: Expression = { kind: 'tuple', range, items: Array.from({ length: 180_000 }, () => item) };
  const call = (name: string, arg: Expression): Expression => ({
    kind: 'call',
    range,
    name,
    args: [arg],
    expand: false,
  });
  expect(evaluate(call('length', list), freshScope())).toEqual(
    expect.objectContaining({ kind: 'number', text: '180000' }),
  );
  expect(evaluate(call('length', call('distinct', list)), freshScope()).kind).toMatch(/number|unknown/);
});

test('5,000 rows are told apart', async () => {
  const { scope: rows } = await moduleOf(
    'locals {\n  rows = [for a in range(100) : [for b in range(50) : { arn = "${a}-${b % 25}", groups = ["x"] }]]\n}\n',
  );
  expect(evaluate(await parseExpression('length(distinct(flatten(local.rows)))'), rows)).toEqual(
    expect.objectContaining({ text: '2500' }),
  );
});

test('5,000 locals, each of which refers to the next, end', async () => {
  const locals = Array.from({ length: 5000 }, (_, at) => `  l${at} = ${at === 4999 ? '"end"' : `local.l${at + 1}`}\n`);
  const { scope: chained } = await moduleOf(`locals {\n${locals.join('')}}\n`);
  expect(['unknown', 'string']).toContain(evaluate(await parseExpression('local.l0'), chained).kind);
  expect(evaluate(await parseExpression('local.l4990'), chained)).toEqual({ kind: 'string', parts: ['end'] });
});
