import type { Expression } from '../../hcl/index.ts';
import { unknown, type Value } from '../value.ts';
import { getAttribute, getIndex, reference } from './access.ts';
import { callExpression } from './call.ts';
import { objectValue, tupleValue } from './constructors.ts';
import { forExpression } from './for.ts';
import { parseNumber } from './numbers.ts';
import { binary, conditional, unary } from './operators.ts';
import type { Context } from './scope.ts';
import { splat } from './splat.ts';
import { template } from './template.ts';
import { ifCertain, spend } from './work.ts';

/** One expression. An error carries the range of the innermost expression that failed. */
export const evaluateExpression = (expression: Expression, context: Context): Value => {
  spend(1);
  const value = ifCertain(() => dispatch(expression, context), unknown);
  return value.kind === 'error' && !value.range ? { ...value, range: expression.range } : value;
};

const dispatch = (expression: Expression, context: Context): Value => {
  switch (expression.kind) {
    case 'number':
      return parseNumber(expression.text) ?? unknown;
    case 'bool':
      return { kind: 'bool', value: expression.value };
    case 'null':
      return { kind: 'null' };
    case 'template':
      return template(expression, context);
    case 'tuple':
      return tupleValue(expression, context);
    case 'object':
      return objectValue(expression, context);
    case 'parentheses':
      return context.evaluate(expression.inner, context);
    case 'variable':
    case 'get':
      return reference(expression, context) ?? get(expression, context);
    case 'index':
      return getIndex(context.evaluate(expression.of, context), context.evaluate(expression.key, context));
    case 'splat':
      return splat(expression, context);
    case 'call':
      return callExpression(expression, context);
    case 'conditional':
      return conditional(expression, context);
    case 'binary':
      return binary(expression, context);
    case 'unary':
      return unary(expression, context);
    case 'for':
      return forExpression(expression, context);
    case 'opaque':
      return unknown;
  }
};

const get = (expression: Extract<Expression, { kind: 'variable' | 'get' }>, context: Context): Value =>
  expression.kind === 'get' ? getAttribute(context.evaluate(expression.of, context), expression.name) : unknown;
