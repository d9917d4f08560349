import { expect, test } from '@jest/globals';
import type { TemplatePart } from '../../lib/hcl/index.ts';
import { parseExpression } from './support/read.ts';
import { shapeOf } from './support/shape.ts';

/** A literal as its text, an interpolation as the shape of its expression in a list, an opaque part as its reason. */
const show = (part: TemplatePart): unknown =>
  part.kind === 'literal' ? part.text : part.kind === 'interpolation' ? [shapeOf(part.value)] : { opaque: part.why };

const partsOf = async (text: string): Promise<unknown[]> => {
  const template = await parseExpression(text);
  if (template.kind !== 'template') throw new Error(template.kind);
  return template.parts.map(show);
};

test.each([
  ['""', []],
  ['"  a  "', ['  a  ']],
  ['"a${b}c"', ['a', ['b'], 'c']],
  ['"${a} ${b}"', [['a'], ' ', ['b']]],
  ['" ${ a.b } "', [' ', [['get', 'a', 'b']], ' ']],
  [String.raw`"\n\r\t\"\\"`, ['\n\r\t"\\']],
  [String.raw`"\u00e9\U0001F600"`, ['é😀']],
  ['"$${a}"', ['${a}']],
  ['"%%{if}"', ['%{if}']],
  ['"$ % $$ %% $a"', ['$ % $$ %% $a']],
  [String.raw`"$\u0024{"`, ['$${']],
  ['"e\u0301"', ['\u00e9']],
  ['"arn:${a}:iam::{{AccountID}}"', ['arn:', ['a'], ':iam::{{AccountID}}']],
  ['"${"a"}"', [[['template', '"a']]]],
  ['"a ${~ b ~} c"', ['a', ['b'], 'c']],
  // A string, whatever `a` is: `"${a}"` would be `a`.
  ['"${a ~} "', [['a'], '']],
  ['"$$${a}"', [{ opaque: 'an ambiguous escape of a template marker' }]],
  ['"%{ if a }b%{ endif }"', [{ opaque: 'a template directive' }]],
])('quoted %s', async (text, parts) => {
  expect(await partsOf(text)).toEqual(parts);
});

test.each([
  ['<<EOT\nEOT', []],
  ['<<EOT\na\n  b\nEOT', ['a\n  b\n']],
  ['<<EOT\n  a\n  EOT', ['  a\n']],
  ['<<-EOT\n    a\n      b\n\n    c\n  EOT', ['a\n  b\n\nc\n']],
  ['<<-EOT\n    a\n  ${b} c\n  EOT', ['  a\n', ['b'], ' c\n']],
  ['<<-EOT\n  a\n${b}\n  EOT', ['  a\n', ['b'], '\n']],
  ['<<-EOT\n\ta\n\t\tb\nEOT', ['a\n\tb\n']],
  ['<<EOT\n"q" \\n $${x} # no comment\nEOT', ['"q" \\n ${x} # no comment\n']],
  ['<<EOT\r\na\r\nEOT', ['a\r\n']],
  ['<<EOT\nEOTX\nEOT', ['EOTX\n']],
  ['<<EOT\na\n  ${~ b ~}\n  c\nEOT', ['a\n', ['b'], '  c\n']],
  ['<<EOT\nEOT $${a}\nEOT', [{ opaque: 'a heredoc line that starts with its own marker' }]],
  ['<<EOT\n$ ${~ a}\nEOT', [{ opaque: 'a heredoc with a strip marker and a dollar or percent sign' }]],
  ['<<EOT\n%{ for a in b }\n${a}\n%{ endfor }\nEOT', [{ opaque: 'a template directive' }]],
])('heredoc %j', async (text, parts) => {
  expect(await partsOf(text)).toEqual(parts);
});

test('an opaque part shows the expressions in it', async () => {
  const template = await parseExpression('"${a}%{ for b in c ~}${d}%{ endfor }"');
  const [part] = template.kind === 'template' ? template.parts : [];
  expect(part?.kind === 'opaque' && part.inside.map(shapeOf)).toEqual(['a', 'c', 'd']);
});
