import type { Range } from '../diagnostics/index.ts';
import { replace, type Edit } from './edits.ts';
import { indentationAt, lineStart, nextLine, startsItsLine } from './layout.ts';
import { scanLines } from './lines.ts';
import { indent } from './print.ts';
import type { Block, Body, HclFile } from './tree.ts';
import { attribute } from './walk.ts';

/**
 * Replaces the value of an argument, or appends the argument as a paragraph of its own. `valueText` is not indented; its
 * further lines are indented here.
 */
export const setAttribute = (file: HclFile, body: Body, name: string, valueText: string): Edit => {
  const existing = attribute(body, name);
  if (!existing) return appendToBody(file, body, `${name} = ${valueText}`);
  const { text } = file;
  const { range } = existing.value;
  const opensUp = valueText.includes('\n') && !isOutermost(file, body) && !textOf(file, body.range).includes('\n');
  if (opensUp) return openUp(file, body, `${name} = ${valueText}`);
  const by = indentationAt(text, existing.range.start);
  const value = indent(valueText, by).slice(by.length);
  const [gap, rest = ''] = /^[ \t]*(.)?/.exec(text.slice(range.end)) ?? [''];
  // The end of a heredoc has its line to itself: a comment moves to the next one.
  return !endsWithHeredoc(value) || (rest === '' && range.end < text.length)
    ? replace(range, value)
    : replace({ ...range, end: range.end + gap.length - rest.length }, `${value}\n${rest === '' ? '' : by}`);
};

/** Appends lines, not yet indented, at the end of a body, after a blank line unless the body is empty. */
export const appendToBody = (file: HclFile, body: Body, text: string): Edit => {
  if (isOutermost(file, body)) return appendToFile(file, body, text);
  const { end } = body.range;
  const content = textOf(file, body.range);
  const kept = content.trim() === '' ? '' : `${content.trim()}\n\n`;
  if (!startsItsLine(file.text, end) || !content.includes('\n')) return openUp(file, body, kept + text);
  const lines = `${indent(text, bodyIndentation(file, body))}\n`;
  return insert(file, lineStart(file.text, end), kept === '' || endsWithBlankLine(content) ? lines : `\n${lines}`);
};

/** Puts an argument, of one line, before all that is in a body, with a blank line behind it. */
export const prependToBody = (file: HclFile, body: Body, text: string): Edit => {
  const content = textOf(file, body.range);
  const [first = ''] = content.split('\n');
  if (!content.includes('\n') || !/^\s*(#.*|\/\/.*)?$/.test(first)) return appendToBody(file, body, text);
  const at = nextLine(file.text, body.range.start);
  const next = file.text.slice(at, nextLine(file.text, at)).trim();
  const gap = next === '' || content.trim() === '' ? '' : '\n';
  return insert(file, at, `${indent(text, bodyIndentation(file, body))}\n${gap}`);
};

/** Gives the content of a body a line of its own between the braces that shared one. */
const openUp = (file: HclFile, body: Body, text: string): Edit =>
  replace(body.range, `\n${indent(text, bodyIndentation(file, body))}\n${indentationAt(file.text, body.range.end)}`);

const isOutermost = ({ text }: HclFile, { range }: Body): boolean => range.end === text.length;
const textOf = ({ text }: HclFile, { start, end }: Range): string => text.slice(start, end);

const appendToFile = (file: HclFile, body: Body, text: string): Edit => {
  const whole = file.text;
  const ended = /^\ufeff?$|\n$/.test(whole);
  const empty = whole.replace('\ufeff', '').trim() === '';
  const gap = empty || endsWithBlankLine(whole) ? '' : '\n';
  // A file whose last line has no newline keeps it that way.
  const end = ended || endsWithHeredoc(text) ? '\n' : '';
  return insert(file, body.range.end, `${ended ? '' : '\n'}${gap}${text}${end}`);
};

const endsWithHeredoc = (text: string): boolean => (scanLines(text).at(-1)?.inHeredoc.length ?? 0) > 0;

/** Puts blocks after a block, with a blank line on either side. */
export const appendAfterBlock = (file: HclFile, block: Block, text: string): Edit => {
  const whole = file.text;
  const at = nextLine(whole, block.range.end);
  const lines = indent(text, indentationAt(whole, block.range.start));
  if (at === whole.length && !whole.endsWith('\n')) return insert(file, at, `\n\n${lines}`);
  const next = whole.slice(at, nextLine(whole, at)).trim();
  return insert(file, at, `\n${lines}\n${next === '' || next.startsWith('}') ? '' : '\n'}`);
};

const insert = (file: HclFile, at: number, text: string): Edit =>
  replace({ file: file.file, start: at, end: at }, text);

/** Before a closing brace, its indentation does not count. */
const endsWithBlankLine = (text: string): boolean => /\n[ \t]*\r?\n[ \t]*$/.test(text);

/** That of the first item with a line to itself, or two spaces more than the line of the opening brace. */
const bodyIndentation = ({ text }: HclFile, { range, items }: Body): string => {
  const item = items.find(({ range: { start } }) => startsItsLine(text, start) && lineStart(text, start) > range.start);
  return item ? indentationAt(text, item.range.start) : `${indentationAt(text, range.start)}  `;
};
