import type { Expression } from '../../hcl/index.ts';
import { errorOf, stringOf, unknown, type Value } from '../value.ts';
import type { Context } from './scope.ts';

type Reference = Extract<Expression, { kind: 'variable' | 'get' }>;

/**
 * The value of a bound name, of `local.x`, `var.x` and `path.x`; undefined for an attribute of anything else. What is known
 * at plan time only, resources and modules above all, is unknown.
 */
export const reference = (expression: Reference, context: Context): Value | undefined => {
  if (expression.kind === 'variable') return context.names.get(expression.name) ?? missing(context);
  const { of, name } = expression;
  if (of.kind !== 'variable' || context.names.has(of.name)) return undefined;
  if (context.isolated) return missing(context);
  switch (of.name) {
    case 'local':
      return context.scope.local(name) ?? { ...errorOf(`there is no local.${name}`), fatal: true };
    case 'var':
      return context.scope.variable?.(name) ?? unknown;
    case 'path':
      return name === 'module' && context.scope.modulePath !== undefined ? stringOf(context.scope.modulePath) : unknown;
    default:
      return unknown;
  }
};

/** A template's file may use only what it is given; that is checked beforehand, so that `try` does not help. */
const missing = ({ isolated }: Context): Value =>
  isolated ? errorOf('the template uses a name it is not given') : unknown;
