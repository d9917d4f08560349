import { expect, test } from '@jest/globals';
import { parseExpression } from './support/read.ts';
import { shapeOf, type Shape } from './support/shape.ts';

const cases: readonly (readonly [string, Shape])[] = [
  // literals
  ['1', '#1'],
  ['012345678901', '#012345678901'],
  ['1.5e3', '#1.5e3'],
  ['true', 'true'],
  ['null', 'null'],
  ['"s"', ['template', '"s']],
  ['""', ['template']],
  ['-1', ['-', '#1']],
  // names and what follows them
  ['a', 'a'],
  ['b-c', 'b-c'],
  ['a.b.c', ['get', ['get', 'a', 'b'], 'c']],
  ['a["b"].c', ['get', ['index', 'a', ['template', '"b']], 'c']],
  ['a[b.c]', ['index', 'a', ['get', 'b', 'c']]],
  ['a.0.b', ['get', ['index', 'a', '#0.00000000'], 'b']],
  ['(a).b', ['get', ['parentheses', 'a'], 'b']],
  ['f(a)[0]', ['index', ['call', 'f', 'false', 'a'], '#0.00000000']],
  // splats
  ['a[*]', ['splat', '[*]', 'a', 'item']],
  ['a[*].b', ['splat', '[*]', 'a', ['get', 'item', 'b']]],
  ['a.*.b', ['splat', '.*', 'a', ['get', 'item', 'b']]],
  ['a.*.b[0].c', ['get', ['index', ['splat', '.*', 'a', ['get', 'item', 'b']], '#0.00000000'], 'c']],
  ['a.*.b.0', ['splat', '.*', 'a', ['index', ['get', 'item', 'b'], '#0.00000000']]],
  ['a[*].b["c"]', ['splat', '[*]', 'a', ['index', ['get', 'item', 'b'], ['template', '"c']]]],
  ['a[*].b[*].c', ['splat', '[*]', 'a', ['splat', '[*]', ['get', 'item', 'b'], ['get', 'item', 'c']]]],
  ['a.*.b[*].c', ['splat', '[*]', ['splat', '.*', 'a', ['get', 'item', 'b']], ['get', 'item', 'c']]],
  // calls
  ['f()', ['call', 'f', 'false']],
  ['f(a, b)', ['call', 'f', 'false', 'a', 'b']],
  ['f(a, b...)', ['call', 'f', 'true', 'a', 'b']],
  ['f(\n  a,\n  # why\n  b,\n)', ['call', 'f', 'false', 'a', 'b']],
  ['provider::aws::arn_parse(a)', ['call', 'provider::aws::arn_parse', 'false', 'a']],
  // operators, from the loosest to the tightest
  ['a || b && c', ['||', 'a', ['&&', 'b', 'c']]],
  ['a && b == c', ['&&', 'a', ['==', 'b', 'c']]],
  ['a != b < c', ['!=', 'a', ['<', 'b', 'c']]],
  ['a >= b + c', ['>=', 'a', ['+', 'b', 'c']]],
  ['a - b * c', ['-', 'a', ['*', 'b', 'c']]],
  ['a - b - c', ['-', ['-', 'a', 'b'], 'c']],
  ['a / b % c', ['%', ['/', 'a', 'b'], 'c']],
  ['!a == b', ['==', ['!', 'a'], 'b']],
  ['-a.b * c', ['*', ['-', ['get', 'a', 'b']], 'c']],
  ['(a + b) * c', ['*', ['parentheses', ['+', 'a', 'b']], 'c']],
  // conditionals, grouped to the right
  ['a ? b : c', ['if', 'a', 'b', 'c']],
  ['a ? b : c ? d : e', ['if', 'a', 'b', ['if', 'c', 'd', 'e']]],
  ['a ? b : c ? d : e ? f : g', ['if', 'a', 'b', ['if', 'c', 'd', ['if', 'e', 'f', 'g']]]],
  ['a ? b ? c : d : e', ['if', 'a', ['if', 'b', 'c', 'd'], 'e']],
  ['(a ? b : c) ? d : e', ['if', ['parentheses', ['if', 'a', 'b', 'c']], 'd', 'e']],
  ['a || b ? c : d && e ? f : g', ['if', ['||', 'a', 'b'], 'c', ['if', ['&&', 'd', 'e'], 'f', 'g']]],
  // collections
  ['[]', ['tuple']],
  ['[a, [b],]', ['tuple', 'a', ['tuple', 'b']]],
  ['{}', ['object']],
  ['{ a = 1, "b" : 2 }', ['object', ['word', '#1'], [['template', '"b'], '#2']]],
  ['{\n  a = 1\n  (b.c) = 2\n}', ['object', ['word', '#1'], [['parentheses', ['get', 'b', 'c']], '#2']]],
  ['{ "${a}" = 1 }', ['object', [['wrap', 'a'], '#1']]],
  ['{ a.b = 1 }', ['object', [['get', 'a', 'b'], '#1']]],
  ['{ true = 1, null = 2, 3 = 4 }', ['object', ['word', '#1'], ['word', '#2'], ['#3', '#4']]],
  // for
  ['[for a in b : c]', ['for', '[', '', 'a', 'false', 'b', 'c']],
  ['[for a, b in c : d if e]', ['for', '[', 'a', 'b', 'false', 'c', 'd', 'e']],
  ['{ for a, b in c : d => e }', ['for', '{', 'a', 'b', 'false', 'c', 'd', 'e']],
  ['{ for a in b : c => d... if e }', ['for', '{', '', 'a', 'true', 'b', 'c', 'd', 'e']],
  ['[for a in b ? c : d : e]', ['for', '[', '', 'a', 'false', ['if', 'b', 'c', 'd'], 'e']],
];

test.each(cases)('%s', async (text, shape) => {
  expect(shapeOf(await parseExpression(text))).toEqual(shape);
});

test('an object key has a name when it is a word or a plain string', async () => {
  const object = await parseExpression('{ a = 1, "b c" = 2, true = 3, 4 = 4, "${d}" = 5, (e) = 6, f.g = 7, "" = 8 }');
  const names = ['a', 'b c', 'true', undefined, undefined, undefined, undefined, ''];
  expect(object.kind === 'object' && object.items.map(({ name }) => name)).toEqual(names);
});

test('ranges are offsets into the text', async () => {
  const text = '"é😀" == a.b[0] ? (c) : d ? e : [1, 2]';
  const whole = `x = ${text}\n`;
  const cut = ({ range }: { readonly range: { readonly start: number; readonly end: number } }): string =>
    whole.slice(range.start, range.end);
  const value = await parseExpression(text);
  expect(cut(value)).toBe(text);
  if (value.kind !== 'conditional' || value.condition.kind !== 'binary') throw new Error('not a conditional');
  expect(cut(value.condition)).toBe('"é😀" == a.b[0]');
  expect(cut(value.condition.left)).toBe('"é😀"');
  expect(cut(value.condition.right)).toBe('a.b[0]');
  expect(cut(value.then)).toBe('(c)');
  expect(cut(value.else)).toBe('d ? e : [1, 2]');
});
