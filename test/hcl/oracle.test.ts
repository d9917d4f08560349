import { expect, test } from '@jest/globals';
import { getExpressionAst, parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import hcl2 from 'hcl2-parser';
import { attributesOf, type Template } from '../../lib/hcl/index.ts';
import { testParser } from '../support/runtime.ts';
import { expression, literalText, template } from './support/generate.ts';
import { parseExpression, printTemplate } from './support/read.ts';
import { shapeOf, shapeOfAst, type Ast } from './support/shape.ts';

/** undefined: HashiCorp's parser refuses the text, as it does nested splats. */
const oracle = async (text: string): Promise<Ast | undefined> => {
  try {
    return (await getExpressionAst('main.tf', text)) as unknown as Ast;
  } catch {
    return undefined;
  }
};

test("expressions have the shape that HashiCorp's parser gives them", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(expression, async text => {
      const ast = await oracle(text);
      if (!ast) return;
      expect(shapeOf(await parseExpression(text))).toEqual(shapeOfAst(ast));
      compared++;
    }),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(100);
});

test('strings and heredocs have the value that HashiCorp gives them, or are opaque', async () => {
  const { parse: ours } = await testParser();
  const seen = { compared: 0, opaque: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(template, async text => {
      const source = `x = ${text}\n`;
      const theirs = await parse('main.tf', source).catch(() => undefined);
      if (!theirs) return;
      let value: Template;
      try {
        value = attributesOf(ours('main.tf', source).body)[0]!.value as Template;
      } catch {
        seen.refused++;
        return;
      }
      if (value.parts.some(({ kind }) => kind === 'opaque')) {
        seen.opaque++;
        return;
      }
      seen.compared++;
      expect(printTemplate(source, value)).toBe(theirs['x']);
    }),
    { numRuns: 2000 },
  );
  expect(seen.compared).toBeGreaterThan(1000);
});

test('a third parser reads the same strings, apart from its two known faults', async () => {
  const { parse: ours } = await testParser();
  fc.assert(
    fc.property(literalText, text => {
      // Known: hcl2-parser turns `$${` into `${` and does not know provider functions.
      fc.pre(!text.includes('$${') && !text.includes('%%{'));
      const source = `x = "${text}"\n`;
      const [theirs] = hcl2.parseToObject(source) as [{ x: string }];
      const [attribute] = attributesOf(ours('main.tf', source).body);
      expect(printTemplate(source, attribute!.value as Template)).toBe(theirs.x);
    }),
    { numRuns: 200 },
  );
});
