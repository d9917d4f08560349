import { expect, test } from '@jest/globals';
import { convertWith } from './row.ts';

// Where `one` does not fail, the set has one element: https://developer.hashicorp.com/terraform/language/functions/one
const row = (name: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/\${${name}}", username = "x", groups = ["a"] }`;

const found = 'data.aws_iam_roles.x.names';

test.each([
  [`tolist(${found})[0]`, 'dropped'],
  [`element(sort(tolist(${found})), 0)`, 'dropped'],
  [`tolist(${found})[1]`, 'converted'],
  ['tolist(data.aws_iam_roles.y.names)[0]', 'converted'],
])('a row of %s, and one of the only role of a data source', async (name, expected) => {
  const { rows, diagnostics } = await convertWith(`aws_auth_roles = [${row(name)}, ${row(`one(${found})`)}]`);
  expect(rows.map(({ disposition }) => disposition)).toEqual([expected, 'converted']);
  expect(diagnostics.filter(({ code }) => code === 'TAE403')).toHaveLength(expected === 'dropped' ? 1 : 0);
});
