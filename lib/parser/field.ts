import { sourceOf, type Expression, type HclFile } from '../hcl/index.ts';
import { evaluate, type RootModule } from '../terraform/index.ts';
import type { Field } from './row.ts';

export const fieldOf = (module: RootModule, expression: Expression, file: HclFile): Field => ({
  source: sourceOf(file.text, expression.range),
  expression,
  value: evaluate(expression, module.scope),
  indentation: indentationOf(file.text, expression.range.start),
});

const indentationOf = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
