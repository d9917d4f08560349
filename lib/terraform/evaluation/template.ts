import type { Template, TemplatePart } from '../../hcl/index.ts';
import { concatParts, errorOf, stringOf, type StringValue, type Value } from '../value.ts';
import { worstOf } from './constructors.ts';
import { toText } from './convert.ts';
import type { Context } from './scope.ts';
import { spendText } from './work.ts';

/**
 * A string with what is known of it. HCL unwraps a template that is one interpolation: "${x}" is x itself, not its text.
 * Source: TemplateExpr in github.com/hashicorp/hcl, hclsyntax/expression_template.go.
 */
export const template = ({ parts, heredoc }: Template, context: Context): Value => {
  const [only] = parts;
  if (only?.kind === 'opaque' && only.reading) return joinParts(only.reading.map(part => partValue(part, context)));
  if (parts.length === 1 && only?.kind === 'interpolation' && !heredoc) return context.evaluate(only.value, context);
  return joinParts(parts.map(part => partValue(part, context)));
};

const partValue = (part: TemplatePart, context: Context): Value => {
  if (part.kind === 'literal') return stringOf(part.text);
  return part.kind === 'interpolation' ? context.evaluate(part.value, context) : { kind: 'string', parts: [undefined] };
};

/** The texts of values one after the other; a null has none. */
export const joinParts = (values: readonly Value[]): Value => {
  const texts = values.map(value =>
    value.kind === 'null' ? errorOf('a template cannot include a null') : toText(value),
  );
  return worstOf(texts) ?? normalized(concatParts(texts));
};

/** A string of more pieces is of no use to anybody, and makes even longer ones. */
const mostParts = 100;

/** Strings are in normalization form C in Terraform. */
export const normalized = ({ parts }: StringValue): StringValue => {
  for (const part of parts) spendText(part?.length ?? 0);
  if (parts.length > mostParts)
    return { kind: 'string', parts: parts[0] === undefined ? [undefined] : [parts[0], undefined] };
  return { kind: 'string', parts: parts.map(part => part?.normalize('NFC')) };
};

/** The value of a text that a function has made. */
export const textValue = (text: string): StringValue => normalized(stringOf(text));
