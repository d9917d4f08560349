import { expect, test } from '@jest/globals';
import { readGateError } from '../../lib/hcl/gate-error.ts';
import { testGate } from '../support/runtime.ts';

/** The code, the message without its start, and the text at the range. */
const refused = async (text: string, file = 'main.tf'): Promise<readonly [string, string, string] | undefined> => {
  const diagnostic = await (await testGate())(file, text);
  if (!diagnostic) return undefined;
  const { code, message, range } = diagnostic;
  expect(range?.file).toBe(file);
  return [code, message.replace(/^[^:]*: /, ''), text.slice(range?.start, range?.end)];
};

test.each(['', '\n', 'a = 1', '\ufeffa = 1\r\n', 'a = provider::aws::f("$${x}")\n', 'a = 1e10\n', 'module "x" {}\n'])(
  'lets %j pass',
  async text => {
    expect(await refused(text)).toBeUndefined();
  },
);

test.each([
  ['', '\n'],
  ['# é😀e\u0301 👨‍👩‍👧\n\n', '\n'],
  ['\ufeff# x\n', '\n'],
  ['# x\n\n', '\r\n'],
])('says where: after %j, with %j', async (start, newline) => {
  const text = (lines: string): string => `${start}${lines}`.replaceAll('\n', newline);
  const line = start.split('\n').length + 1;
  expect(await refused(text('a = 1\na = 2\n'))).toEqual([
    'TAE005',
    `Attribute redefined. The argument "a" was already set at main.tf:${line - 1},1-2. Each argument may be set only once.`,
    'a',
  ]);
  expect((await refused(text('a = "é😀e\u0301👨‍👩‍👧" `\n')))?.[2]).toBe('`');
  expect((await refused(text('a = {\n  b = 1\n')))?.slice(0, 2)).toEqual([
    'TAE005',
    'Missing expression. Expected the start of an expression, but found the end of the file.',
  ]);
  expect((await refused(text('a = 1 b = 2\n')))?.[2]).toBe('b');
});

test('a range over several lines', async () => {
  const [code, , at] = (await refused('a = "x\ny"\n')) ?? [];
  expect([code, at]).toEqual(['TAE005', '\n']);
});

test('only the first error counts', async () => {
  const [, message] = (await refused('a = 1 b = 2\nc = 1 d = 2\n', 'dir/my file (1).tf')) ?? [];
  expect(message).toBe('Missing newline after argument. An argument definition must end with a newline.');
});

const read = (message: string): unknown[] => {
  const { code, message: own, range } = readGateError('main.tf', 'a = 1\n', message);
  return [code, own, range];
};

test.each([
  [
    'convert to HCL: no',
    'TAE006',
    'This file cannot be read: it cannot be checked (convert to HCL: no).',
    { file: 'main.tf', start: 0, end: 0 },
  ],
  ['parse config: something new', 'TAE005', 'Not valid HCL: something new', undefined],
  [
    'parse config: [main.tf:9,9-10,2: Far; away]',
    'TAE005',
    'Not valid HCL: Far. away',
    { file: 'main.tf', start: 6, end: 6 },
  ],
])('the error %j', (message, ...expected) => {
  expect(read(message)).toEqual(expected);
});

const nest = (levels: number, open: string, close: string): string =>
  `a = ${open.repeat(levels)}1${close.repeat(levels)}\n`;

test.each([
  ['[', ']'],
  ['(', ')'],
  ['{ a = ', ' }'],
  ['f(', ')'],
  ['"${', '}"'],
  ['-', ''],
  ['!/* c */', ''],
])('nesting of %s%s is refused before it can break the parser, which lives on', async (open, close) => {
  expect(await refused(nest(399, open, close))).toBeUndefined();
  for (const levels of [401, 5000])
    expect((await refused(nest(levels, open, close)))?.slice(0, 2)).toEqual([
      'TAE006',
      'nested deeper than 400 levels.',
    ]);
  expect(await refused('a = 1\n')).toBeUndefined();
});

test.each([
  [`a${' '.repeat(300_000)}= 1\n`, 'it has more than 2000 blanks or empty lines in a row.'],
  [`a = [${'\n'.repeat(300_000)}]\n`, 'it has more than 2000 blanks or empty lines in a row.'],
  [`a = <<E\n${'line of text\n'.repeat(400_000)}E\n`, 'it has a heredoc of more than 16000 lines.'],
  [`a = 1\nb = "${'x'.repeat(1_000_000)}"\n`, 'it has a line of more than 250000 characters.'],
  [`a = "${'${b} '.repeat(100_000)}"`, 'it has a line of more than 250000 characters.'],
  [`a = <<E\n${'x'.repeat(1_000_000)}\nE\n`, 'it has a line of more than 250000 characters.'],
  [`# ${'x'.repeat(1_000_000)}\n`, 'it has a line of more than 250000 characters.'],
])('what would take minutes is refused at once', async (text, message) => {
  expect((await refused(text))?.slice(0, 2)).toEqual(['TAE006', message]);
});

test.each([
  `a${' '.repeat(1000)}= 1\n`,
  `a = "${'x'.repeat(200_000)}"\n`,
  `a = <<E\n${'line of text\n'.repeat(1000)}E\n`.concat(`b = <<E\n${'x\n'.repeat(1000)}E\n`),
])('what is long and not too long passes', async text => {
  expect(await refused(text)).toBeUndefined();
});
