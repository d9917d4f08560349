import { expect, test } from '@jest/globals';
import { evaluate, type Value } from '../../../lib/terraform/index.ts';
import { parseExpression } from '../../support/expression.ts';
import { moduleOf } from './module-of.ts';

/** A value with `?` for what is unknown: short enough to read. */
const show = (value: Value): unknown => {
  switch (value.kind) {
    case 'string':
      return value.parts.map(part => part ?? '?').join('');
    case 'number':
      return Number(value.text);
    case 'bool':
      return value.value;
    case 'null':
      return null;
    case 'list':
      return value.items.map(show);
    case 'object':
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, show(entry)]));
    default:
      return '?';
  }
};

const locals = `
locals {
  account = var.account
  rows = [
    { rolearn = "arn:aws:iam::\${local.account}:role/admin", groups = ["system:masters"] },
    { rolearn = aws_iam_role.ci.arn, groups = var.groups },
  ]
  on   = true
  wrong = 1 + {}
  knot = local.tie
  tie  = local.knot
}
`;

// What is unknown stays where it is.
test.each<readonly [string, unknown]>([
  ['[1, var.x]', [1, '?']],
  ['{ a = 1, b = module.x.y }', { a: 1, b: '?' }],
  ['{ (var.x) = 1 }', '?'],
  ['"${var.x}-${local.on}"', '?-true'],
  ['"a${var.x}${var.y}b"', 'a??b'],
  ['local.rows[0].rolearn', 'arn:aws:iam::?:role/admin'],
  ['local.rows[*].groups', [['system:masters'], '?']],
  ['[for row in local.rows : row.rolearn]', ['arn:aws:iam::?:role/admin', '?']],
  ['[for row in local.rows : row.rolearn if row.groups == ["system:masters"]]', '?'],
  ['{ for k, v in { a = var.x } : k => v }', { a: '?' }],
  ['{ for k, v in { a = var.x } : v => k }', '?'],
  ['[for x in var.list : "a"]', '?'],
  ['concat(local.rows, [{ rolearn = "x" }])[2].rolearn', 'x'],
  ['concat(local.rows, var.rows)', '?'],
  ['flatten([["a"], [var.x]])', '?'],
  ['flatten([["a"], "${var.x}-"])', ['a', '?-']],
  ['merge({ a = 1 }, { b = var.x })', { a: 1, b: '?' }],
  ['merge({ a = 1 }, var.more)', '?'],
  ['keys({ b = var.x, a = 1 })', ['a', 'b']],
  ['values({ b = var.x, a = 1 })', [1, '?']],
  ['length([var.x, var.y])', 2],
  ['length(var.x)', '?'],
  // Functions that no row is made with are left to a plan.
  ['csvdecode("a\\n1")', '?'],
  ['[pow(2, 3), strrev("ab"), max(1, 2), slice(["a"], 0, 1)]', ['?', '?', '?', '?']],
  ['[zipmap(["a"], [1]), setproduct(["a"], ["b"]), formatlist("%s", ["a"])]', ['?', '?', '?']],
  ['lookup({ a = var.x }, "a", 1)', '?'],
  ['lookup({ a = var.x }, "b", 1)', 1],
  ['lookup(var.x, "b", 1)', '?'],
  ['tolist(["a", var.x])', ['a', '?']],
  ['tolist([1, var.x])', ['?', '?']],
  ['toset(["a", var.x])', '?'],
  ['distinct(["a", var.x])', '?'],
  ['compact(["a", var.x])', '?'],
  ['contains(["a", var.x], "a")', true],
  ['contains(["a", var.x], "b")', '?'],
  ['coalesce(null, "x-${var.y}")', 'x-?'],
  ['coalesce("${var.y}", "b")', '?'],
  ['join(",", ["a", var.x])', 'a,?'],
  ['format("arn:%s:%s", var.p, "x")', 'arn:?:x'],
  ['format("%05d", var.n)', '?'],
  ['replace("a/${var.x}", "a/", "")', '?'],
  ['try(var.x, "a")', '?'],
  ['try(local.rows[0].nothing, "a")', 'a'],
  ['can(var.x)', '?'],
  ['var.x ? "a" : "b"', '?'],
  [
    'local.on ? local.rows : []',
    [
      { rolearn: 'arn:aws:iam::?:role/admin', groups: ['system:masters'] },
      { rolearn: '?', groups: '?' },
    ],
  ],
  ['local.on ? "a" : var.x', 'a'],
  // An error of the arm that is not taken is none.
  ['local.on ? ["b", "a"] : local.rows[7]', ['b', 'a']],
  ['local.on ? ["b", "a"] : ["a${null}"]', '?'],
  ['var.x ? "a" : local.rows[7]', '?'],
  ['local.on ? 1 : var.x', '?'],
  ['local.on ? ["a", "b"] : var.x', ['a', 'b']],
  // Should it be a set, its items would be in another order.
  ['local.on ? ["b", "a"] : var.x', '?'],
  ['local.on && var.x', '?'],
  ['!local.on && var.x', false],
  ['var.x || local.on', true],
  ['var.x == "a"', '?'],
  ['[var.x] == ["a", "b"]', '?'],
  ['var.x[0].y', '?'],
  ['var.x[*].y', '?'],
  ['each.key', '?'],
  ['count.index', '?'],
  ['path.module', '?'],
  ['terraform.workspace', '?'],
  ['timestamp()', '?'],
  ['provider::aws::arn_parse("a")', '?'],
  ['sha256("a")', '?'],
  ['["a", sha256("a")]', ['a', '?']],
])('%s', async (source, expected) => {
  expect(show(evaluate(await parseExpression(source), (await moduleOf(locals)).scope))).toEqual(expected);
});

// Terraform checks references before it evaluates anything, and a local's error is not its reader's to catch.
test.each(['local.missing', 'local.wrong', 'local.knot', '[local.knot]'])('try does not help %s', async source => {
  const { scope } = await moduleOf(locals);
  expect(evaluate(await parseExpression(`try(${source}, "caught")`), scope)).toEqual({ kind: 'unknown' });
  expect(evaluate(await parseExpression(`can(${source})`), scope)).toEqual({ kind: 'unknown' });
});
