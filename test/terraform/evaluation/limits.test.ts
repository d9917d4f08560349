import { expect, test } from '@jest/globals';
import type { Expression, NumberLiteral } from '../../../lib/hcl/index.ts';
import { createScope, evaluate, evaluateWithErrors } from '../../../lib/terraform/index.ts';
import { loadReaders } from '../../../lib/terraform/readers.ts';
import { parseExpression } from '../../support/expression.ts';
import { moduleOf } from './module-of.ts';

/** Each takes a second at most; without a limit none would ever end. */
const long = 60_000;

const range = { file: '', start: 0, end: 0 };
const one: NumberLiteral = { kind: 'number', range, text: '1' };
const scope = createScope(new Map(), await loadReaders(['regex()']));

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
  expect(evaluate(nest(100_000, wrap), scope)).toEqual({ kind: 'unknown' });
});

// More work than is granted, in a few bytes.
test.each([
  'setproduct(range(1024), range(1024), range(1024))',
  '[for a in range(1024) : [for b in range(1024) : [for c in range(100) : a]]]',
  'format("%1000000000d", 1)',
  'format("%.1000000000f", 1)',
  'regex("(x{1000}){1000}", "x")',
  '10.0e300 * 10.0e300',
])(
  '%s is unknown',
  async source => {
    expect(evaluate(await parseExpression(source), scope)).toEqual({ kind: 'unknown' });
  },
  long,
);

// Refused by Terraform after 1,024 numbers, and here too.
test('range(1000000000) is an error', async () => {
  expect(evaluateWithErrors(await parseExpression('range(1000000000)'), scope)).toEqual(
    expect.objectContaining({ kind: 'error', range: expect.objectContaining({ file: 'main.tf' }) }),
  );
});

/** `local.a29` is made of 2 ** 29 times the first one. */
const doubling = (first: string, double: (name: string) => string): string =>
  `locals {\n  a0 = ${first}\n${Array.from({ length: 29 }, (_, at) => `  a${at + 1} = ${double(`local.a${at}`)}\n`).join('')}}\n`;

test.each([
  ['texts', doubling('"0123456789"', name => `"\${${name}}\${${name}}"`)],
  ['lists', doubling('["a"]', name => `concat(${name}, ${name})`)],
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

test(
  'matching takes no longer for a pattern that would backtrack',
  async () => {
    const expression = await parseExpression(`regexall("^(a|aa|a*)*$", "${'a'.repeat(3000)}!")`);
    expect(evaluate(expression, scope)).toEqual(expect.objectContaining({ kind: 'list', items: [] }));
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
  expect(evaluate(call('length', list), scope)).toEqual(expect.objectContaining({ kind: 'number', text: '180000' }));
  expect(evaluate(call('length', call('distinct', list)), scope).kind).toMatch(/number|unknown/);
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
