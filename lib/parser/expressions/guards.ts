import type { Expression } from '../../hcl/index.ts';
import { partOf, textOf, type Piece } from './piece.ts';

/** All conditions at once, as HCL; undefined when there is none. */
export const allOf = (guards: readonly string[]): string | undefined => {
  const unique = [...new Set(guards)];
  return unique.length <= 1 ? unique[0] : unique.map(wrap).join(' && ');
};

export const anyOf = (guards: readonly string[]): string =>
  guards.length === 1 ? (guards[0] ?? '') : guards.map(wrap).join(' || ');

/** HCL that is true where the piece is not. */
export const negate = (piece: Piece): string => {
  const { expression } = piece;
  const text = textOf(piece);
  if (expression.kind === 'unary' && expression.operator === '!') return textOf(partOf(piece, expression.operand));
  if (expression.kind === 'binary' && opposites.has(expression.operator)) {
    const side = (part: Expression): string => textOf(partOf(piece, part));
    return `${side(expression.left)} ${opposites.get(expression.operator)} ${side(expression.right)}`;
  }
  return `!${wrap(text)}`;
};

const opposites: ReadonlyMap<string, string> = new Map([
  ['==', '!='],
  ['!=', '=='],
]);

const wrap = (source: string): string => (/^!?[\w.]+$/.test(source) ? source : `(${source})`);
