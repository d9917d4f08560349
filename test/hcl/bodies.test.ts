import { expect, test } from '@jest/globals';
import { parse as oracle } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { attributesOf, blocks, sourceOf, type Attribute, type Body } from '../../lib/hcl/index.ts';
import { parseText } from './support/read.ts';
import { dressed } from './support/generate-body.ts';
import { shapeOf } from './support/shape.ts';

const text = `# top
module "eks" { # why
  source = "x" // here

  /* a
     block */
  nested {}
}

resource aws_iam_role "a-b" {
}
é = "😀" # last
`;

test('arguments, blocks, labels and ranges', async () => {
  const { body } = await parseText(text);
  const [eks, role] = blocks(body);
  const cut = (range: Parameters<typeof sourceOf>[1]): string => sourceOf(text, range);
  expect(body.range).toMatchObject({ start: 0, end: text.length });
  expect(eks).toMatchObject({ type: 'module', labels: ['eks'] });
  expect(cut(eks!.headerRange)).toBe('module "eks"');
  expect(cut(eks!.range)).toMatch(/^module "eks" \{[^]*\n\}$/);
  expect(cut(eks!.body.range)).toMatch(/^ # why\n[^]*nested \{\}\n$/);
  expect(role).toMatchObject({ type: 'resource', labels: ['aws_iam_role', 'a-b'], body: { items: [] } });
  const [last] = attributesOf(body);
  expect(last).toMatchObject({ name: 'é' });
  expect(cut(last!.range)).toBe('é = "😀"');
  expect(cut(last!.nameRange)).toBe('é');
  expect(cut(last!.value.range)).toBe('"😀"');
});

test('comments come in order, without the newline', async () => {
  for (const newline of ['\n', '\r\n']) {
    const { comments } = await parseText(text.replaceAll('\n', newline));
    const texts = ['# top', '# why', '// here', `/* a${newline}     block */`, '# last'];
    expect(comments.map(comment => comment.text)).toEqual(texts);
  }
});

test('what looks like a comment in a string is none', async () => {
  const { comments } = await parseText('a = "# x // y /* z"\nb = <<E\n# no\nE\nc = "${a # yes\n}"\n');
  expect(comments.map(comment => comment.text)).toEqual(['# yes']);
});

test('an empty file, blank lines, a byte order mark', async () => {
  for (const empty of ['', '\n\n', '\ufeff', '\ufeff\r\n', '# only\n'])
    expect((await parseText(empty)).body).toEqual({
      range: { file: 'main.tf', start: 0, end: empty.length },
      items: [],
    });
  const { body } = await parseText('\ufeffa = 1');
  expect(body.items[0]?.range).toMatchObject({ start: 1, end: 6 });
});

const everyAttribute = (body: Body): Attribute[] => [
  ...attributesOf(body),
  ...blocks(body).flatMap(block => everyAttribute(block.body)),
];

test('the text of every argument reads the same on its own', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(dressed, async whole => {
      if ((await oracle('main.tf', whole).catch(() => undefined)) === undefined) return;
      for (const attribute of everyAttribute((await parseText(whole)).body)) {
        const cut = `${sourceOf(whole, attribute.range)}\n`;
        const [again] = attributesOf((await parseText(cut)).body);
        expect(again?.name).toBe(attribute.name);
        expect(shapeOf(again!.value)).toEqual(shapeOf(attribute.value));
        expect(sourceOf(whole, attribute.nameRange)).toBe(attribute.name);
        read++;
      }
    }),
    { numRuns: 200 },
  );
  expect(read).toBeGreaterThan(200);
});
