import fc from 'fast-check';

/** Source text of expressions that HashiCorp's parser accepts, on one line. */

type Text = fc.Arbitrary<string>;

const name = fc.constantFrom('a', 'each', 'b-c', 'é', 'true_', 'for1', 'null0', 'in', 'if', 'endif');
const atom = fc.constantFrom(
  'a',
  'b',
  'in',
  'é',
  '0',
  '42',
  '012345678901',
  '1.5',
  '1.5e3',
  '2.5E-1',
  'true',
  'null',
  '"s"',
  '""',
);
const operator = fc.constantFrom('||', '&&', '==', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '%');
const space = fc.constantFrom('', ' ');

const join = (...parts: (string | Text)[]): Text =>
  fc.tuple(...parts.map(part => (typeof part === 'string' ? fc.constant(part) : part))).map(texts => texts.join(''));

const list = (item: Text, separator: string, minLength = 0, maxLength = 3): Text =>
  fc.array(item, { minLength, maxLength }).map(items => items.join(separator));

const maybe = (text: Text): Text => fc.option(text, { nil: '' });

const weighted = (...options: [number, Text][]): Text =>
  fc.oneof(...options.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const snippets = [
  ' ',
  '  ',
  'a',
  'b c',
  '#',
  '//',
  '/*',
  '$',
  '%',
  '$${x}',
  '%%{if}',
  "'",
  '{',
  '}',
  '=',
  '<<E',
  '[',
  '~',
];
const spelledOut = ['\\n', '\\t', '\\"', '\\\\', '\\u00e9', '😀', 'e\u0301', '\u00a0'];
const snippet = fc.constantFrom(...snippets, ...spelledOut);

/** A dollar sign beside a brace is a matter of its own: see the tests of templates. */
export const literalText: Text = list(snippet, '', 0, 4).filter(
  text => !/[$%]{3,}\{|(?<!\$)\$\{|(?<!%)%\{|[$%]$/.test(text),
);

const operand = (base: Text, inner: Text): Text => {
  const step = weighted(
    [4, join('.', name)],
    [2, fc.constantFrom('[0]', '["k"]', '[*]', '.*', '.0.x')],
    [1, join('[', inner, ']')],
  );
  const steps = weighted([3, fc.constant('')], [2, list(step, '', 1)]);
  const postfix = fc
    .tuple(base, steps)
    .map(([text, rest]) => `${/^[\d"]/.test(text) && rest ? `(${text})` : text}${rest}`);
  return weighted([5, postfix], [1, join(fc.constantFrom('-', '!'), postfix)]);
};

const quoted = (inner: Text): Text =>
  join(
    '"',
    literalText,
    list(join(fc.constantFrom('${', '${ '), inner, fc.constantFrom('}', ' }'), literalText), '', 0, 2),
    '"',
  );

const composite = (inner: Text): Text => {
  const condition = maybe(join(' if ', inner));
  const key = fc.oneof(name, quoted(inner), fc.constantFrom('true', 'null', '1'), join('(', inner, ')'));
  return fc.oneof(
    quoted(inner),
    join('(', space, inner, space, ')'),
    join('[', list(inner, ', '), ']'),
    join('{', list(join(key, fc.constantFrom(' = ', ' : ', '='), inner), ', '), '}'),
    join(
      fc.constantFrom('f', 'provider::aws::arn_parse'),
      '(',
      list(inner, ', ', 1),
      fc.constantFrom('', '...', ','),
      ')',
    ),
    join('[for ', name, maybe(join(', ', name)), ' in ', inner, ' : ', inner, condition, ']'),
    join('{for ', name, ' in ', inner, ' : ', inner, ' => ', inner, fc.constantFrom('', '...'), condition, '}'),
  );
};

const ofDepth = fc.memo((depth): Text => {
  if (depth <= 1) return atom;
  const inner = ofDepth();
  const term = operand(weighted([1, atom], [3, composite(inner)]), inner);
  const operation = weighted([3, term], [1, join(term, list(join(' ', operator, ' ', term), '', 1, 4))]);
  const chain = list(join(operation, ' ? ', operation, ' : '), '', 1, 3);
  return weighted([3, operation], [1, join(chain, operation)]);
});

export const expression: Text = ofDepth(3);

/** A quoted string or a heredoc whose interpolations trim what is around them. */
const trimming = join(fc.constantFrom('${', '${~ '), fc.constantFrom('a', 'b[0]', 'f(x)'), fc.constantFrom('}', ' ~}'));

const heredocText = fc.constantFrom(
  ' ',
  '  ',
  '\t',
  'x',
  'EO',
  'EOT',
  '%{',
  '$',
  '%%{',
  '$${',
  '\\n',
  '"',
  '\n',
  '\n  ',
  '\n    ',
  '\n\n',
  'é😀',
);

const heredoc: Text = fc
  .tuple(
    fc.constantFrom('<<', '<<-'),
    list(weighted([4, heredocText], [1, trimming]), '', 0, 8),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([opening, content, newline]) => `${opening}EOT\n${content}\n  EOT`.replaceAll('\n', newline));

const anyText = list(fc.oneof(snippet, fc.constantFrom('$${', '$', '%', '%%')), '', 0, 4);

/** Not all of them are valid. */
export const template: Text = fc.oneof(heredoc, join('"', anyText, list(join(trimming, anyText), ''), '"'));
