import { expect, test } from '@jest/globals';
import { diagnose } from '../../lib/diagnostics/index.ts';
import { html } from '../../lib/report/formats/html.ts';
import type { Output } from '../../lib/report/output.ts';
import { plain } from '../../lib/report/style.ts';
import { elementsOf } from '../hostile/html.ts';

const text = 'module "eks" {\n  aws_auth_accounts = ["111122223333"]\n}\n';

const output: Output = {
  data: {},
  texts: new Map([['infra/main.tf', text]]),
  findings: [
    {
      module: 'infra',
      diagnostic: {
        ...diagnose('TAE317', { account: '111122223333', list: 'aws_auth_accounts', isId: true }),
        range: { file: 'infra/main.tf', start: 38, end: 52 },
      },
    },
  ],
  headline: 'infra: migration not started.',
  verdict: 'bad',
  details: ['1 row: 0 converted.'],
  sections: [
    {
      title: 'Rows',
      parts: ['A sentence & more', { columns: ['principal', 'result'], rows: [['<b>a</b>', 'blocked']] }],
    },
  ],
  closing: [['Next: read it.'], []],
};

const page = (of: Output): string =>
  html.document(of, { style: plain, pathOf: path => ({ path, outside: false }), version: '1.0.0' });

const texts = (of: Output, name: string): string[] =>
  elementsOf(page(of))
    .elements.filter(element => element.name === name)
    .map(({ text: said }) => said);

test('a page holds what the other formats say: headline, findings with place and frame, tables, what to do', () => {
  expect(elementsOf(page(output)).errors).toEqual([]);
  expect([texts(output, 'title'), texts(output, 'h1')]).toEqual([[output.headline], [output.headline]]);
  expect(texts(output, 'h3')).toEqual(['Error TAE317 infra/main.tf:2:24']);
  expect(texts(output, 'pre')[0]).toContain('aws_auth_accounts = ["111122223333"]\n');
  expect(texts(output, 'th')).toEqual(['principal', 'result', '<b>a</b>']);
  expect(texts(output, 'td')).toEqual(['blocked']);
  expect(texts(output, 'li')).toEqual(['Next: read it.']);
  expect(texts(output, 'p')).toEqual(expect.arrayContaining(['1 row: 0 converted.', 'A sentence & more']));
});

test('what is not seen is written out, and a value makes no element', () => {
  const said = { ...output, headline: 'a\u202eb\u200b<i>', details: ['x\ny'], hcl: 'a = "\u001b[31m"\n' };
  expect(texts(said, 'h1')).toEqual(['a<U+202E>b<U+200B><i>']);
  expect(texts(said, 'p')).toContain('x y');
  expect(texts(said, 'pre').at(-1)).toBe('a = "<U+001B>[31m"\n');
});

test.each([
  ['as it is, with the backticks of a value', 'module.`a` `b', '`'],
  ['with code for what is between backticks of ours', 'module.a', ''],
])('a sentence is shown %s', (_how, call, backtick) => {
  const diagnostic = diagnose('TAE701', { call });
  const said = texts({ ...output, findings: [{ module: 'infra', diagnostic }] }, 'p');
  const sentences = [diagnostic.message, `Fix: ${diagnostic.hint}`];
  expect(said).toEqual(expect.arrayContaining(sentences.map(sentence => sentence.replaceAll('`', backtick))));
});
