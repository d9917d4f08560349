import { expect, test } from '@jest/globals';
import { evaluate, stringOf, unknown, type Scope, type Value } from '../../lib/terraform/index.ts';
import { parseExpression } from '../support/expression.ts';

const locals = new Map<string, Value>([
  ['name', stringOf('admins')],
  ['account', { kind: 'number', text: '111122223333' }],
  ['list', { kind: 'list', items: [stringOf('a'), unknown] }],
  ['object', { kind: 'object', entries: new Map([['arn', stringOf('arn:aws:iam::111122223333:role/x')]]) }],
]);
const scope: Scope = { local: name => locals.get(name) };

const text = (value: string): Value => stringOf(value);

test.each<[string, Value]>([
  ['"plain"', text('plain')],
  ['""', text('')],
  [String.raw`"a\tb \"c\" \u00e9"`, text('a\tb "c" é')],
  ['"$${kept} %%{kept}"', text('${kept} %{kept}')],
  ['local.name', text('admins')],
  ['"${local.name}"', text('admins')],
  ['"role/${local.name}-x"', text('role/admins-x')],
  ['"arn:aws:iam::${local.account}:role/x"', text('arn:aws:iam::111122223333:role/x')],
  ['"arn:${var.partition}:iam"', { kind: 'string', parts: ['arn:', undefined, ':iam'] }],
  ['"${var.a}${var.b}"', { kind: 'string', parts: [undefined, undefined] }],
  ['"n${1 + 1}"', text('n2')],
  ['"is ${true}"', text('is true')],
  ['<<-EOT\n    a\n      b\n  EOT', text('a\n  b\n')],
  ['012345678901', { kind: 'number', text: '12345678901' }],
  ['111122223333', { kind: 'number', text: '111122223333' }],
  ['(("x"))', text('x')],
  ['null', { kind: 'null' }],
  ['true', { kind: 'bool', value: true }],
  ['local.list[0]', text('a')],
  ['local.list[1]', unknown],
  ['local.list[9]', unknown],
  ['local.object.arn', text('arn:aws:iam::111122223333:role/x')],
  ['local.object["arn"]', text('arn:aws:iam::111122223333:role/x')],
  ['{ a = "x" }.a', text('x')],
  ['{ a = "x" }["b"]', unknown],
  ['local.missing', unknown],
  ['var.name', unknown],
  ['module.a.arn', unknown],
  ['var.x ? "a" : "b"', unknown],
])('%s', async (source, expected) => {
  expect(evaluate(await parseExpression(source), scope)).toEqual(expected);
});
