import type { Range } from '../diagnostics/index.ts';
import type { Attribute, Block, Body, Expression, SplatStep } from './tree.ts';

/** The expressions directly inside one, in source order. An object's key with a plain name is a word, not an expression. */
export const children = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'template':
      return expression.parts.flatMap(part =>
        part.kind === 'literal' ? [] : part.kind === 'interpolation' ? [part.value] : [part],
      );
    case 'tuple':
      return expression.items;
    case 'object':
      return expression.items.flatMap(({ key, name, value }) => (name === undefined ? [key, value] : [value]));
    case 'call':
      return expression.args;
    case 'get':
      return [expression.of];
    case 'index':
      return [expression.of, expression.key];
    case 'splat':
      return [expression.of, ...stepKeys(expression.steps)];
    case 'conditional':
      return [expression.condition, expression.then, expression.else];
    case 'binary':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    case 'parentheses':
      return [expression.inner];
    case 'for':
      return [expression.of, expression.key, expression.value, expression.condition].filter(part => part !== undefined);
    case 'opaque':
      return expression.inside;
    case 'number':
    case 'bool':
    case 'null':
    case 'variable':
      return [];
  }
};

const stepKeys = (steps: readonly SplatStep[]): Expression[] =>
  steps.flatMap(step => (step.kind === 'get' ? [] : step.kind === 'index' ? [step.key] : stepKeys(step.steps)));

/**
 * Visits an expression and all inside it, outer before inner, in source order. A visitor that returns `false` is not shown
 * what lies inside.
 */
export const walk = (expression: Expression, visit: (expression: Expression) => boolean | void): void => {
  const pending = [expression];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (visit(next) === false) continue;
    // One at a time: a list may be longer than a call may have arguments.
    for (const child of children(next).toReversed()) pending.push(child);
  }
};

/** The first expression of which something holds: this one, or one inside it. */
export const findExpression = (
  expression: Expression,
  holds: (expression: Expression) => boolean,
): Expression | undefined => {
  let found: Expression | undefined;
  walk(expression, inner => {
    if (!found && holds(inner)) found = inner;
    return !found;
  });
  return found;
};

export const attributesOf = (body: Body): Attribute[] => body.items.filter(item => item.kind === 'attribute');

export const attribute = (body: Body, name: string): Attribute | undefined =>
  body.items.find(item => item.kind === 'attribute' && item.name === name) as Attribute | undefined;

export const blocks = (body: Body, type?: string): Block[] =>
  body.items.filter(item => item.kind === 'block').filter(block => type === undefined || block.type === type);

/** The value of a string without interpolations, decoded; parentheses around it do not matter. */
export const stringValue = (expression: Expression): string | undefined => {
  const template = unwrapParentheses(expression);
  if (template.kind !== 'template' || template.parts.length > 1) return undefined;
  const [part] = template.parts;
  return part === undefined ? '' : part.kind === 'literal' ? part.text : undefined;
};

export const unwrapParentheses = (expression: Expression): Expression => {
  let inner = expression;
  while (inner.kind === 'parentheses') inner = inner.inner;
  return inner;
};

export const sourceOf = (text: string, range: Pick<Range, 'start' | 'end'>): string =>
  text.slice(range.start, range.end);
