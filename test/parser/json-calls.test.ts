import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// JSON writes `/` also as `\/`. Source: RFC 8259, section 7.
test.each([
  ['plain', '{"module": {"eks": {"source": "terraform-aws-modules/eks/aws"}}}'],
  ['escaped', String.raw`{"module": {"eks": {"source": "terraform-aws-modules\/eks\/aws"}}}`],
])('convert and check both see a call that is written in JSON: %s', async (_, text) => {
  const files = new Map([
    ['versions.tf', ''],
    ['main.tf.json', text],
  ]);
  const options = { runtime: await runtime() };
  const converted = await convert(files, options);
  const checked = await check(files, options);
  expect(converted.diagnostics.map(({ code }) => code)).toEqual(['TAE009']);
  expect(checked.diagnostics.map(({ code }) => code)).toEqual(['TAE031']);
});
