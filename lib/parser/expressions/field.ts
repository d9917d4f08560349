import { sourceOf, unwrapParentheses, type Expression, type HclFile } from '../../hcl/index.ts';
import { evaluate, type RootModule } from '../../terraform/index.ts';
import { placeOf, textOf, type Piece } from './piece.ts';
import { resolve } from './resolve.ts';
import type { Field } from '../aws-auth/row.ts';

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

/** The field at a place, with a local's name followed. */
export const fieldAt = (module: RootModule, piece: Piece): Field =>
  withMeaning(module, fieldOf(module, piece.expression, piece.file, placeOf(piece)), piece);

/** What is taken off an ARN, and whose role it is, stands where a local is defined. */
export const withMeaning = (module: RootModule, field: Field, piece: Piece): Field => {
  const found = resolve(module, piece);
  if (found.expression === unwrapParentheses(piece.expression)) return field;
  return { ...field, meaning: { source: textOf(found), expression: found.expression } };
};

export const indentationOf = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
