import type { Range } from '../../diagnostics/index.ts';
import { sourceOf, type Expression, type HclFile } from '../../hcl/index.ts';

/** An expression and the file it is cut from. `at` is set on what we have put together: the place in the source it comes from. */
export type Piece = { readonly expression: Expression; readonly file: HclFile; readonly at?: Range };

export const textOf = ({ expression, file }: Piece): string => sourceOf(file.text, expression.range);

export const placeOf = ({ expression, at }: Piece): Range => at ?? expression.range;

/** A part of a piece. */
export const partOf = (piece: Piece, expression: Expression): Piece => ({ ...piece, expression });

/** One item of a collection: HCL of its key, its value, and the comments that go with it. */
export type Item = { readonly key: string; readonly value: Piece; readonly comments: readonly string[] };

/**
 * All conditions at once, as HCL; undefined when there is none. Each but the first may need those before it, such as a length that of
 * something that is not null. So not `&&`: Terraform before 1.12 evaluates both sides, also where the first has decided.
 */
export const allOf = (guards: readonly string[]): string | undefined => {
  const [outer, ...inner] = new Set(guards);
  const rest = inner.length > 0 ? allOf(inner) : undefined;
  return outer === undefined || rest === undefined ? outer : `${condition(outer)} ? ${condition(rest)} : false`;
};

/** HCL as the condition of `? :`. A conditional inside needs parentheses. */
export const condition = (guard: string): string =>
  guard.includes('?') || guard.includes('\n') ? `(${guard})` : guard;

export const anyOf = (guards: readonly string[]): string =>
  guards.length === 1 ? (guards[0] ?? '') : guards.map(wrap).join(' || ');

/** One condition or the other. Not `||`, for the same reason. */
export const eitherOf = (one: string, other: string): string => `${condition(one)} ? true : ${condition(other)}`;

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

/** Whether one condition, as HCL, is what `negate` makes of the other. */
export const isOpposite = (one: string, other: string): boolean =>
  one === `!${wrap(other)}` ||
  other === `!${wrap(one)}` ||
  [...opposites].some(
    ([operator, opposite]) => one.replace(` ${operator} `, ` ${opposite} `) === other && one !== other,
  );

const opposites: ReadonlyMap<string, string> = new Map([
  ['==', '!='],
  ['!=', '=='],
]);

const wrap = (source: string): string => (/^!?[\w.]+$/.test(source) ? source : `(${source})`);
