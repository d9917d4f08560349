import { sourceOf, type Expression, type HclFile } from '../hcl/index.ts';
import { evaluate, type RootModule } from '../terraform/index.ts';
import type { Field } from './row.ts';

/** `range` is where the field stands in the source, when its expression is one that we have put together. */
export const fieldOf = (
  module: RootModule,
  expression: Expression,
  file: HclFile,
  range = expression.range,
): Field => ({
  source: sourceOf(file.text, expression.range),
  expression,
  range,
  value: evaluate(expression, module.scope),
  indentation: indentationOf(file.text, expression.range.start),
});

export const indentationOf = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
