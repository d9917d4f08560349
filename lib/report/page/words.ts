import { visibleLine } from '../../escape/terminal.ts';

/** A part of a sentence, which may be what a person types. */
export type Span = { readonly text: string; readonly isCode: boolean };

/** A sentence in parts: what stands between backticks is shown as code, where they are ours and not of a value. */
export const spansOf = (sentence: string, areOurs: boolean): readonly Span[] => {
  const parts = areOurs ? sentence.split('`') : [sentence];
  return parts.map((text, index) => ({ text, isCode: index % 2 === 1 })).filter(({ text }) => text !== '');
};

/**
 * All texts of a page's data in one line each, with what is not seen written out: the template escapes markup, and this the rest.
 * At one place, so that no text is forgotten.
 */
export const visible = <Data>(data: Data): Data => made(data) as Data;

const made = (data: unknown): unknown => {
  if (typeof data === 'string') return visibleLine(data);
  if (Array.isArray(data)) return data.map(made);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, made(value)]));
};
