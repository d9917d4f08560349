import { sourceOf, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import type { RootModule } from '../../terraform/index.ts';
import { normalizeSource } from './identity.ts';

/** Whether conditions hold wherever all of the others do, as far as their forms tell: HCL, without a look at values. */
export const areImplied = (module: RootModule, conditions: readonly string[], others: readonly string[]): boolean => {
  if (conditions.length === 0) return true;
  const known = new Set(others.flatMap(other => factsOf(module, other)));
  return conditions.every(condition => isKnown(module, condition, known));
};

const isKnown = (module: RootModule, condition: string, known: ReadonlySet<string>): boolean => {
  const { expression, file } = module.parseExpression(condition);
  const holds = (part: Expression): boolean => {
    const inner = unwrapParentheses(part);
    if (known.has(normalizeSource(sourceOf(file.text, inner.range)))) return true;
    const [kind, sides] = sidesOf(inner);
    return kind === 'both' ? sides.every(holds) : sides.some(holds);
  };
  return holds(expression);
};

/** A condition and what must hold for it to hold, each as normalized HCL. */
const factsOf = (module: RootModule, condition: string): readonly string[] => {
  const { expression, file } = module.parseExpression(condition);
  const facts = (part: Expression): readonly string[] => {
    const inner = unwrapParentheses(part);
    const [kind, sides] = sidesOf(inner);
    return [normalizeSource(sourceOf(file.text, inner.range)), ...(kind === 'both' ? sides.flatMap(facts) : [])];
  };
  return facts(expression);
};

/** The sides of `&&` and of `a ? b : false`; those of `||` and of `a ? true : b`. */
const sidesOf = (expression: Expression): readonly ['both' | 'either', readonly Expression[]] => {
  if (expression.kind === 'binary' && expression.operator === '&&')
    return ['both', [expression.left, expression.right]];
  if (expression.kind === 'binary' && expression.operator === '||')
    return ['either', [expression.left, expression.right]];
  if (expression.kind !== 'conditional') return ['either', []];
  const { condition, then, else: otherwise } = expression;
  if (otherwise.kind === 'bool' && !otherwise.value) return ['both', [condition, then]];
  return then.kind === 'bool' && then.value ? ['either', [condition, otherwise]] : ['either', []];
};
