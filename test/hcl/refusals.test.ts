import { expect, test } from '@jest/globals';
import { Refusal } from '../../lib/diagnostics/index.ts';
import { children, type Expression } from '../../lib/hcl/index.ts';
import { parseExpression, parseText } from './support/read.ts';

const refusal = async (text: string): Promise<Refusal> => {
  const error: unknown = await parseText(text).catch((thrown: unknown) => thrown);
  if (error instanceof Refusal) return error;
  throw new Error(`no refusal: ${String(error)}`);
};

/** Valid to Terraform, most of them, and not to the grammar. */
test.each([
  ['a = 1e10\n', '"e10" is not understood on line 1'],
  // Newlines mean nothing to the grammar: it would see a block of type e10.
  ['a = 1e10\nb {\n}\n', 'what should be on two lines is on one'],
  ['a = 1\nb c\n{\n}\n', 'a block whose header is on two lines'],
  ['a = 1 b = 2\n', 'what should be on two lines is on one'],
  ['a = { b = 1 c = 2 }\n', 'what should be on two lines is on one'],
  ['a = 0x1F\n', 'an odd number'],
  ['a = b. /* c */ d\n', 'a comment between a dot and its name'],
  ['a = provider :: aws :: f(1)\n', '":: aws :: f(1)" is not understood on line 1'],
  ['locals {\n  a = {\n    b = c\n    (d) = e\n  }\n}\n', '"b = c" is not understood on line 3'],
  ['{ "a": 1 }\n', 'it is JSON, not native syntax'],
  ['a = {\n', 'something is missing on line 2'],
])('%j', async (text, reason) => {
  const [diagnostic] = (await refusal(text)).diagnostics;
  expect(diagnostic).toMatchObject({ code: 'TAE006', message: `This file cannot be read: ${reason}.` });
  const { start, end } = diagnostic!.range!;
  expect(start <= end && end <= text.length).toBe(true);
});

const nested: readonly (readonly [string, string])[] = [
  ['[', ']'],
  ['(', ')'],
  ['{ a = ', ' }'],
  ['f(', ')'],
  ['a[', ']'],
  ['[for a in b : ', ']'],
  ['{ for a in b : c => ', ' }'],
  ['a ? b : ', ''],
  ['a + ', ''],
  ['!', ''],
  ['', '.a'],
  ['', '[0]'],
  ['', '[*]'],
];

const depthOf = (expression: Expression): number => 1 + Math.max(0, ...children(expression).map(depthOf));

test.each(nested)('nested %s%s', async (open, close) => {
  const nest = (levels: number): string => `${open.repeat(levels)}x${close.repeat(levels)}`;
  expect(depthOf(await parseExpression(nest(1000)))).toBeGreaterThan(close === '[*]' ? 1 : 1000);
  for (const levels of [1100, 5000]) {
    const [diagnostic] = (await refusal(`x = ${nest(levels)}\n`)).diagnostics;
    expect(diagnostic?.message).toBe('This file cannot be read: nested deeper than 1024 levels.');
  }
});

const nestBlocks = (levels: number): string => 'a {\n'.repeat(levels) + '}\n'.repeat(levels);

test('nested blocks', async () => {
  await parseText(nestBlocks(1000));
  expect((await refusal(nestBlocks(5000))).diagnostics[0]?.message).toMatch(/nested deeper/);
});

const nestStrings = (levels: number): string => `x = ${'"${'.repeat(levels)}1${'}"'.repeat(levels)}\n`;

test('nested strings are refused, not misread, where the grammar loses count', async () => {
  await parseText(nestStrings(50));
  for (const levels of [200, 5000]) await refusal(nestStrings(levels));
});
