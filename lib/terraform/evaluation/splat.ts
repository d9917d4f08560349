import type { Expression, SplatStep } from '../../hcl/index.ts';
import { errorOf, unknown, type Value } from '../value.ts';
import { getAttribute, getIndex } from './access.ts';
import { worstOf } from './constructors.ts';
import type { Context } from './scope.ts';
import { listOf, mentions, sameType, typeOf } from './types.ts';
import { giveUp, spend } from './work.ts';

/**
 * `of[*].steps`: a list for a list or set, else a tuple; a value that is no sequence counts as one item, a null as none.
 * Source: SplatExpr in github.com/hashicorp/hcl, hclsyntax/expression.go.
 */
export const splat = (expression: Extract<Expression, { kind: 'splat' }>, context: Context): Value =>
  spread(context.evaluate(expression.of, context), expression.steps, context);

const spread = (of: Value, steps: readonly SplatStep[], context: Context): Value => {
  if (of.kind === 'error') return of;
  if (of.kind === 'unknown') return unknown;
  if (of.kind === 'null') {
    const sequence = of.type && ['tuple', 'list', 'set'].includes(of.type.kind);
    return sequence ? errorOf('a null has no items to splat') : { kind: 'list', items: [] };
  }
  const items = of.kind === 'list' ? of.items : [of];
  spend(items.length);
  const values = items.map(item => take(item, steps, context));
  const failed = worstOf(values);
  if (failed) return failed;
  if (of.kind !== 'list' || !of.type) return { kind: 'list', items: values };
  return typedList(values);
};

const take = (item: Value, steps: readonly SplatStep[], context: Context): Value => {
  let value = item;
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'get') value = getAttribute(value, step.name);
    else if (step.kind === 'index') value = getIndex(value, context.evaluate(step.key, context));
    else return takeRest(spread(value, step.steps, context), steps.slice(index + 1), context);
    if (value.kind === 'error') return value;
  }
  return value;
};

const takeRest = (value: Value, steps: readonly SplatStep[], context: Context): Value =>
  steps.length === 0 ? value : take(value, steps, context);

/** Items of a list have one type. That of none would follow from the steps. */
const typedList = (values: readonly Value[]): Value => {
  const [first, ...others] = values.map(typeOf);
  if (!first) return giveUp();
  if (others.some(type => !sameType(type, first) && !mentions(type, 'any') && !mentions(first, 'any'))) return giveUp();
  return { kind: 'list', items: values, type: listOf(first) };
};
