import { expect, test } from '@jest/globals';
import { evaluate } from '../../../lib/terraform/index.ts';
import { loadReaders } from '../../../lib/terraform/readers.ts';
import { parseExpression } from '../../support/expression.ts';
import { moduleOf } from './module-of.ts';
import { ourOutcome } from './outcome.ts';

const files = new Map([
  ['rows.json', '[{ "arn": "a" }]'],
  ['policies/team.txt', 'cafe\u0301'],
  ['list.tmpl', '%{ for name in names ~}\n- ${name}\n%{ endfor ~}\n'],
  ['whole.tmpl', '${value}'],
  ['foreign.tmpl', '${var.x}'],
  ['indented.tmpl', '%{ if true ~}\n  a\n%{ endif ~}\n'],
]);

const text = 'locals {\n  file = "${path.module}/rows.json"\n  where = path.module\n}\n';

// `path.module` is known where a file is read, and nowhere else: a child module of another is somewhere else.
test.each([
  ['jsondecode(file("${path.module}/rows.json"))', '[{"arn":"a"}]'],
  ['file(local.file)', '"[{ \\"arn\\": \\"a\\" }]"'],
  ['file("policies/../policies/./team.txt")', '"café"'],
  ['templatefile("list.tmpl", { names = ["x", "y"] })', '"- x\\n- y\\n"'],
  ['templatefile("whole.tmpl", { value = [1] })', '[1]'],
  ['templatefile("foreign.tmpl", {})', 'error'],
  ['templatefile("list.tmpl", { names = ["x"], 1 = 2 })', 'error'],
  ['file("${path.root}/policies/team.txt")', '"café"'],
  ['file("${path.cwd}/policies/team.txt")', 'unknown'],
  ['abspath("rows.json")', 'unknown'],
  ['file("${abspath(path.module)}/rows.json")', 'unknown'],
  ['path.root', 'unknown'],
  ['local.where', 'unknown'],
  ['local.file', 'unknown'],
  ['file("missing.json")', 'unknown'],
  ['file("../rows.json")', 'unknown'],
  ['file("/rows.json")', 'unknown'],
  ['file("~/rows.json")', 'unknown'],
  ['file(var.path)', 'unknown'],
  ['try(file("missing.json"), "x")', 'unknown'],
  // HCL trims a file's text across lines, a heredoc's within one.
  ['templatefile("indented.tmpl", {})', 'unknown'],
])('%s', async (source, expected) => {
  const { scope } = await moduleOf(text, { files, ...(await loadReaders(['jsondecode yamldecode'])) });
  const outcome = ourOutcome(await parseExpression(source), scope);
  expect(outcome.kind === 'value' ? outcome.json : outcome.kind).toEqual(expected);
});

test('without files everything that reads one is unknown', async () => {
  const { scope } = await moduleOf(text);
  expect(evaluate(await parseExpression('file("rows.json")'), scope)).toEqual({ kind: 'unknown' });
});
