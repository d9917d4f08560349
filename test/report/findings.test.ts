import { expect, test } from '@jest/globals';
import { diagnose, type Diagnostic } from '../../lib/diagnostics/index.ts';
import { findingsText } from '../../lib/report/findings.ts';
import { reportDiagnostics } from '../../lib/report/places.ts';
import { plain, type Style } from '../../lib/report/style.ts';

const text = 'module "eks" {\n  source = "x"\n}\n';
const texts = new Map([['infra/main.tf', text]]);
const range = { file: 'infra/main.tf', start: text.indexOf('"x"'), end: text.indexOf('"x"') + 3 };

const findings = (diagnostics: Diagnostic[], style: Style = plain): string => findingsText(diagnostics, texts, style);

test('place, severity, code, message, frame and hint', () => {
  expect(findings([diagnose('TAE302', { principal: 'arn:aws:iam::111122223333:root' }, range)])).toBe(
    `infra/main.tf:2:12: error TAE302: arn:aws:iam::111122223333:root does not stand for the principals of its account: an access entry for it is accepted and has no effect.
  1 | module "eks" {
  2 |   source = "x"
    |            ^^^
  3 | }
  fix: List the roles that need access, or drop the row in the config.
`,
  );
});

test('a finding without a place, and one in a file that is not given', () => {
  const elsewhere = { file: 'infra/other.tf', start: 3, end: 4 };
  expect(
    findings([diagnose('TAE107', { code: 'X', near: [] }), diagnose('TAE107', { code: 'Y', near: [] }, elsewhere)]),
  ).toBe(
    `error TAE107: There is no code X.
  fix: docs/codes/README.md lists every code.

infra/other.tf: error TAE107: There is no code Y.
  fix: docs/codes/README.md lists every code.
`,
  );
});

test('a note has no frame', () => {
  expect(findings([diagnose('TAE012', { reason: 'all is done' }, range)])).toBe(
    'infra/main.tf:2:12: note TAE012: Nothing to do: all is done.\n',
  );
});

test('related places', () => {
  const related = [{ message: 'the other one', range: { file: 'infra/main.tf', start: 0, end: 6 } }];
  expect(findings([diagnose('TAE012', { reason: 'x' }, range, related)])).toBe(
    `infra/main.tf:2:12: note TAE012: Nothing to do: x.
  infra/main.tf:1:1: the other one
  1 | module "eks" {
    | ^^^^^^
  2 |   source = "x"
`,
  );
});

const tagged: Style = (color, content) => `<${color}>${content}</${color}>`;

test('colours come from the style', () => {
  expect(findings([diagnose('TAE107', { code: 'X', near: [] })], tagged)).toContain(
    '<bold><red>error</red> TAE107</bold>: There is no code X.\n  <cyan>fix:</cyan> ',
  );
});

test('characters of a message that are not seen, or steer the terminal, are shown by their code points', () => {
  expect(findings([diagnose('TAE107', { code: '\u001b[2J\u202ea\u200bb\ufeff', near: [] })])).toContain(
    'There is no code <U+001B>[2J<U+202E>a<U+200B>b<U+FEFF>.',
  );
});

test.each([
  ['a tab, which moves the cursor', 'ad\tmin', 'ad<U+0009>min'],
  ['what fonts draw as nothing', 'ad\u1160\u034f\u{e0100}min', 'ad<U+1160><U+034F><U+E0100>min'],
  ['a blank of Braille', 'ad\u2800min', 'ad<U+2800>min'],
])('in a value %s', (_what, code, shown) => {
  expect(findings([diagnose('TAE107', { code, near: [] })])).toContain(`There is no code ${shown}.`);
});

test('what makes an emoji of a sign stays', () => {
  const code = '\u26a0\ufe0f \u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
  expect(findings([diagnose('TAE107', { code, near: [] })])).toContain(`There is no code ${code}.`);
});

test('diagnostics of the report have lines and columns', () => {
  expect(reportDiagnostics([diagnose('TAE012', { reason: 'x' }, range)], texts)).toEqual([
    {
      code: 'TAE012',
      severity: 'note',
      message: 'Nothing to do: x.',
      file: 'infra/main.tf',
      line: 2,
      column: 12,
      endLine: 2,
      endColumn: 15,
      url: expect.stringMatching(/TAE012\.md$/),
    },
  ]);
});
