import { expect, test } from '@jest/globals';
import {
  createScope,
  evaluate,
  readVariableFile,
  stringOf,
  unknown,
  type VariableFile,
} from '../../lib/terraform/index.ts';
import { parseExpression } from '../support/expression.ts';
import { testParser } from '../support/runtime.ts';

const read = async (path: string, text: string): Promise<VariableFile> =>
  readVariableFile(path, text, await testParser());

const account = { kind: 'number', text: '12345678901' };

test.each(['prod.tfvars', 'prod.auto.tfvars'])('%s holds literals', async path => {
  const text = 'account = 012345678901\nroles = [\n  { arn = "a", groups = ["x"] }, # one\n]\nnone = null\n';
  const roles = { kind: 'list', items: [row] };
  expect(await read(path, text)).toEqual({
    values: new Map<string, unknown>([
      ['account', account],
      ['roles', roles],
      ['none', { kind: 'null' }],
    ]),
  });
});

test('a .tfvars.json holds an object', async () => {
  expect(await read('a.tfvars.json', '{ "roles": [{ "arn": "a", "groups": ["x"] }], "text": "${kept}" }')).toEqual({
    values: new Map<string, unknown>([
      ['roles', { kind: 'list', items: [row] }],
      ['text', stringOf('${kept}')],
    ]),
  });
});

const row = {
  kind: 'object',
  entries: new Map<string, unknown>([
    ['arn', stringOf('a')],
    ['groups', { kind: 'list', items: [stringOf('x')] }],
  ]),
};

test.each([
  ['a.tfvars', 'x = "\u0000GITCRYPT\u0000"', 'it is binary'],
  ['a.tfvars', 'x = [', 'its syntax is not valid'],
  ['a.tfvars', 'x = upper("a")', 'the value of x is no literal'],
  ['a.tfvars', 'x = [{ y = var.z }]', 'the value of x is no literal'],
  ['a.tfvars', 'x = 1\nx = 2', 'x is there twice'],
  ['a.tfvars', 'x {\n}', 'it holds a block, "x"'],
  ['a.tfvars.json', '{ "a": 1', 'it is no JSON object'],
  ['a.tfvars.json', '[1]', 'it is no JSON object'],
])('%s: %j is refused', async (path, text, reason) => {
  expect(await read(path, text)).toEqual({ reason, range: expect.objectContaining({ file: path }) });
});

test('a scope gives the values to those who ask for them, and to nobody else', async () => {
  const file = await read('a.tfvars', 'team = "blue"');
  const variables = 'values' in file ? file.values : new Map();
  const expression = await parseExpression('"${var.team}-admins"');
  expect(evaluate(expression, createScope(new Map(), { variables }))).toEqual(stringOf('blue-admins'));
  expect(evaluate(expression, createScope(new Map()))).toEqual({ kind: 'string', parts: [undefined, '-admins'] });
  expect(evaluate(await parseExpression('var.other'), createScope(new Map(), { variables }))).toEqual(unknown);
});
