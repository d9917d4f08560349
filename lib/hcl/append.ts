import { replace, type Edit, type Opening } from './edit.ts';
import { indentationAt, lineEnd, lineStart, nextLine, startsItsLine } from './layout.ts';
import { endsWithHeredoc, indent } from './print.ts';
import type { Attribute, Block, Body, HclFile } from './tree.ts';
import { attribute, sourceOf } from './walk.ts';

/**
 * Replaces the value of an argument, or appends the argument as a paragraph of its own. `valueText` is not indented; its
 * further lines are indented here.
 */
export const setAttribute = (file: HclFile, body: Body, name: string, valueText: string): Edit => {
  const existing = attribute(body, name);
  if (!existing) return appendToBody(file, body, `${name} = ${valueText}`);
  const { text } = file;
  const { range } = existing.value;
  const opens = valueText.includes('\n') ? openingOf(file, body) : undefined;
  const by = opens?.itemIndentation ?? indentationAt(text, existing.range.start);
  const value = indent(valueText, by).slice(by.length);
  if (opens) return { ...replace(range, value), opens };
  const [gap, rest = ''] = /^[ \t]*(.)?/.exec(text.slice(range.end)) ?? [''];
  // The end of a heredoc has its line to itself: a comment moves to the next one.
  return !endsWithHeredoc(value) || (rest === '' && range.end < text.length)
    ? replace(range, value)
    : replace({ ...range, end: range.end + gap.length - rest.length }, `${value}\n${rest === '' ? '' : by}`);
};

/** Replaces the value of an argument. `comment`, without its `#`, goes to the end of the line where nothing but a comment follows. */
export const replaceValue = (file: HclFile, { value: { range } }: Attribute, text: string, comment: string): Edit => {
  const behind = file.text.slice(range.end, lineEnd(file, range.end));
  const isLast = /^[ \t]*((#|\/\/).*)?$/.test(behind);
  return replace(range, `${text} ${isLast ? `# ${comment}` : `/* ${comment.replaceAll('*/', '* /')} */`}`);
};

/** Appends lines, not yet indented, at the end of a body, after a blank line unless the body is empty. */
export const appendToBody = (file: HclFile, body: Body, text: string): Edit => {
  if (isOutermost(file, body)) return appendToFile(file, body, text);
  const { end } = body.range;
  const opens = openingOf(file, body);
  if (opens) return { ...insert(file, end, indent(text, bodyIndentation(file, body))), opens };
  const content = sourceOf(file.text, body.range);
  const lines = `${indent(text, bodyIndentation(file, body))}\n`;
  const isFirst = content.trim() === '' || endsWithBlankLine(content);
  return insert(file, lineStart(file.text, end), isFirst ? lines : `\n${lines}`);
};

/** Puts an argument, of one line, before all that is in a body, with a blank line behind it. */
export const prependToBody = (file: HclFile, body: Body, text: string): Edit => {
  const content = sourceOf(file.text, body.range);
  const [first = ''] = content.split('\n', 1);
  if (!content.includes('\n') || !/^\s*(#.*|\/\/.*)?$/.test(first)) return appendToBody(file, body, text);
  const at = nextLine(file, body.range.start);
  const next = lineFrom(file, at);
  const gap = next === '' || content.trim() === '' ? '' : '\n';
  return insert(file, at, `${indent(text, bodyIndentation(file, body))}\n${gap}`);
};

/** Puts an argument, of one line, below another one, behind the comments on the line of that. */
export const insertBelow = (file: HclFile, body: Body, { range }: Attribute, text: string): Edit => {
  const opens = openingOf(file, body);
  if (!opens) return insert(file, lineEnd(file, range.end), `\n${indentationAt(file.text, range.start)}${text}`);
  const end = body.range.start + sourceOf(file.text, body.range).trimEnd().length;
  return { ...insert(file, end, `\n${bodyIndentation(file, body)}${text}`), opens };
};

/** The same, as a paragraph of its own where one blank line follows. Either way the text is what it was once the argument is removed. */
export const insertApart = (file: HclFile, body: Body, beside: Attribute, text: string): Edit => {
  const end = lineEnd(file, beside.range.end);
  const gap = nextLine(file, beside.range.end);
  // Of several blank lines a removal leaves one, and none before a closing brace.
  const isApart =
    !openingOf(file, body) && lineFrom(file, gap) === '' && !/^(\}|$)/.test(lineFrom(file, nextLine(file, gap)));
  return isApart
    ? insert(file, end, `\n\n${indentationAt(file.text, beside.range.start)}${text}`)
    : insertBelow(file, body, beside, text);
};

/** Set where the closing brace of a body shares its line. */
const openingOf = (file: HclFile, body: Body): Opening | undefined => {
  const { items, range } = body;
  const { start, end } = range;
  if (isOutermost(file, body) || (startsItsLine(file.text, end) && sourceOf(file.text, range).includes('\n')))
    return undefined;
  const braceIndentation = indentationAt(file.text, start);
  const sharesLine = nextLine(file, start) > (items[0]?.range.start ?? end);
  return { start, end, braceIndentation, ...(sharesLine ? { itemIndentation: `${braceIndentation}  ` } : {}) };
};

const isOutermost = ({ text }: HclFile, { range }: Body): boolean => range.end === text.length;

/** What is left of a line, without the white space at its ends. */
const lineFrom = (file: HclFile, start: number): string => file.text.slice(start, nextLine(file, start)).trim();

const appendToFile = (file: HclFile, body: Body, text: string): Edit => {
  const whole = file.text;
  const ended = /^\ufeff?$|\n$/.test(whole);
  const empty = whole.replace('\ufeff', '').trim() === '';
  const gap = empty || endsWithBlankLine(whole) ? '' : '\n';
  // A file whose last line has no newline keeps it that way.
  const end = ended || endsWithHeredoc(text) ? '\n' : '';
  return insert(file, body.range.end, `${ended ? '' : '\n'}${gap}${text}${end}`);
};

/** Puts blocks after a block and the comments behind it, with a blank line on either side. */
export const appendAfterBlock = (file: HclFile, block: Block, text: string): Edit => {
  const at = nextLine(file, block.range.end);
  const lines = indent(text, indentationAt(file.text, block.range.start));
  if (at === file.text.length && !file.text.endsWith('\n')) return insert(file, at, `\n\n${lines}`);
  const next = lineFrom(file, at);
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
