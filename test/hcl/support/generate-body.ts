import fc from 'fast-check';

/** Source text of whole files, roughly indented: `terraform fmt` is left something to do. */

type Text = fc.Arbitrary<string>;

const names = ['a', 'bb', 'ccc', 'cluster_name', 'é', 'x-y', 'manage_aws_auth'];
const comment = fc.constantFrom('# note', '// note', '#', '# é😀 "quoted {"');
const trailing = fc.option(fc.constantFrom(' # why', ' // é', '  #'), { nil: '', freq: 2 });

const plain = ['1', '"x"', '"é😀"', 'var.a', 'a == b.c', '[1, 2]', '[]', '{}', '{ a = 1 }', 'x ? "=" : "# no"'];
const tricky = [
  '"${a["b"]} // no"',
  'f(a, "{")',
  '/* c */ 1',
  '2 /* d = */',
  '"${\na}"',
  'f(<<E\n t\nE\n)',
  '(\n  a\n)',
];
const scalar = fc.constantFrom(...plain, ...tricky);

const heredoc = fc.constantFrom('<<EOT\n  text = 1\nb # no\nEOT', '<<-EOT\n    {\n  ${a}\n  EOT');

const indented = (lines: string): string => lines.replaceAll(/^(?=.)/gm, '  ');

const lines = (item: Text, maxLength = 5): Text => fc.array(item, { maxLength }).map(items => items.join('\n'));

const collection = fc.memo((depth): Text => {
  const value: Text = depth <= 1 ? scalar : fc.oneof(scalar, collection());
  const key = fc.constantFrom(...names, '"q"', '(var.x)', '"${a}"');
  const pair = fc
    .tuple(key, value, fc.constantFrom('', ','), trailing)
    .map(([name, text, comma, after]) => `${name} = ${text}${comma}${after}`);
  const item = fc.tuple(value, trailing).map(([text, after]) => `${text},${after}`);
  return fc.oneof(
    lines(fc.oneof({ weight: 5, arbitrary: pair }, { weight: 1, arbitrary: comment })).map(
      text => `{\n${indented(text)}\n}`,
    ),
    lines(fc.oneof({ weight: 5, arbitrary: item }, { weight: 1, arbitrary: comment })).map(
      text => `[\n${indented(text)}\n]`,
    ),
  );
});

const body = fc.memo((depth): Text => {
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(scalar, trailing).map(parts => parts.join('')) },
    { weight: 2, arbitrary: fc.tuple(collection(2), trailing).map(parts => parts.join('')) },
    { weight: 1, arbitrary: heredoc },
  );
  const attribute = value.map(text => `@ = ${text}`);
  const block: Text =
    depth <= 1
      ? fc.constantFrom('empty {}', 'one "line" { a = 1 }')
      : fc
          .tuple(fc.constantFrom('module "eks"', 'nested', 'resource "a" "b"'), body(), trailing)
          .map(([header, inner, after]) => `${header} {${after}\n${indented(inner)}\n}`);
  const item = fc.oneof(
    { weight: 6, arbitrary: attribute },
    { weight: 1, arbitrary: block },
    { weight: 1, arbitrary: comment },
    { weight: 2, arbitrary: fc.constant('') },
  );
  return lines(item, 7).map(nameAttributes);
});

/** An argument may be set once only. Deeper bodies have named theirs. */
const nameAttributes = (text: string): string => {
  let next = 0;
  return text.replaceAll(/^@/gm, () => `${names[next % names.length]}${'x'.repeat(Math.floor(next++ / names.length))}`);
};

const fileText: Text = body(3).map(text => `${text}\n`);

const newline: fc.Arbitrary<'\n' | '\r\n'> = fc.constantFrom('\n', '\r\n');

/** With the file's newlines, byte order mark and end. */
export const dressed: Text = fc
  .tuple(fileText, newline, fc.constantFrom('', '\ufeff'), fc.boolean())
  .map(
    ([text, end, mark, open]) => `${mark}${(open ? text.replace(/(?<!\*\/)\s+$/, '') : text).replaceAll('\n', end)}`,
  );
