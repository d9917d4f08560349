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
