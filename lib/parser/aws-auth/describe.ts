import { unwrapParentheses, type Expression } from '../../hcl/index.ts';
import { referencesOf, type RootModule } from '../../terraform/index.ts';
import type { Piece } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';

/** What stands where a list belongs and is none, whatever a plan knows. Completes "this row is ...". */
export const wrongList = (module: RootModule, piece: Piece): string | undefined => {
  const { expression } = resolve(module, piece);
  const isWrong =
    expression.kind === 'template'
      ? !(expression.parts.length === 1 && expression.parts[0]?.kind === 'interpolation')
      : ['number', 'bool', 'object'].includes(expression.kind);
  return isWrong ? `${describe(expression)} where a list belongs` : undefined;
};

/** What a member is taken of, through all members of members. */
const baseOf = (expression: Expression): Expression =>
  expression.kind === 'get' || expression.kind === 'index' ? baseOf(expression.of) : unwrapParentheses(expression);

/** Completes "<list> is ...". */
export const describe = (expression: Expression): string => {
  const root = referencesOf(expression)[0]?.path;
  switch (expression.kind) {
    case 'call':
      return `the result of ${expression.name}(...)`;
    case 'for':
      return 'a for expression';
    case 'conditional':
      return 'a conditional';
    case 'splat':
      return 'a splat expression';
    case 'tuple':
      return 'a list';
    case 'template':
      return 'a string';
    case 'number':
      return 'a number';
    case 'bool':
      return 'a bool';
    case 'object':
      return 'an object';
    case 'get':
    case 'index':
    case 'variable':
      if (baseOf(expression).kind === 'call') return `a part of ${describe(baseOf(expression))}`;
      if (root?.[0] === 'var') return `the variable ${root.slice(0, 2).join('.')}`;
      return root ? `the reference ${root.join('.')}` : 'a value that each instance has of its own';
    default:
      return `an expression of another kind (${expression.kind})`;
  }
};
