import type { Range } from '../diagnostics/index.ts';

/**
 * Puts `text` in place of [start, end). A `tidy` edit removes whole lines, and with them a blank line that would be left
 * beside another or beside a brace; removals next to each other are tidied as one. An edit that `opens` a body needs its braces on
 * lines of their own; an insert at the end of that body is a paragraph of it.
 */
export type Edit = {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tidy?: boolean;
  readonly opens?: Opening;
};

/**
 * The content of a body whose closing brace shares its line. `itemIndentation` is set where an item shares the line of the opening
 * brace, too.
 */
export type Opening = {
  readonly start: number;
  readonly end: number;
  readonly itemIndentation?: string;
  readonly braceIndentation: string;
};

export const replace = ({ file, start, end }: Range, text: string): Edit => ({ file, start, end, text });

export const insertAfter = ({ file, end }: Range, text: string): Edit => ({ file, start: end, end, text });

export const remove = (range: Range): Edit => replace(range, '');
