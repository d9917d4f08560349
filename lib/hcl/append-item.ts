import type { Range } from '../diagnostics/index.ts';
import { insertAfter, remove, replace, type Edit } from './edit.ts';
import { codeAt, indentationAt, lineEnd, lineStart, startsItsLine } from './layout.ts';
import { indent } from './print.ts';
import type { Call, HclFile, ObjectExpression } from './tree.ts';

/**
 * Appends items, not yet indented and without commas, to a literal object. One of a single line is opened up, by edits between
 * its items, so that others may change the items themselves.
 */
export const appendItem = (file: HclFile, { items, range }: ObjectExpression, text: string): readonly Edit[] => {
  const end = range.end - 1;
  if (startsItsLine(file.text, end)) {
    const first = items.find(item => startsItsLine(file.text, item.range.start));
    const by = first ? indentationAt(file.text, first.range.start) : `${indentationAt(file.text, end)}  `;
    const at = lineStart(file.text, end);
    return [replace({ ...range, start: at, end: at }, `${indent(text, by)}\n`)];
  }
  const by = indentationAt(file.text, range.start);
  const starts = [range.start + 1, ...items.map(item => item.range.end)];
  return starts.flatMap((start, index) => {
    const next = items[index]?.range.start;
    const line = next === undefined ? `\n${indent(text, `${by}  `)}\n${by}` : `\n${by}  `;
    return breakLine(file, { ...range, start, end: next ?? end }, line);
  });
};

/** Puts a line break in place of the comma between two items, behind the comments there. */
const breakLine = (file: HclFile, gap: Range, line: string): readonly Edit[] => {
  const comma = codeAt(file, gap, ',');
  const content = file.text.slice(gap.start, gap.end);
  const last = gap.start + content.trimEnd().length;
  if (comma === undefined) return [replace({ ...gap, start: last }, line)];
  if (comma === last - 1) {
    const before = file.text.slice(gap.start, comma).trimEnd();
    return [replace({ ...gap, start: gap.start + before.length }, line)];
  }
  return [remove({ ...gap, start: comma, end: comma + 1 }), replace({ ...gap, start: last }, line)];
};

/** Appends arguments, not yet indented and without commas, to a call whose last one has lines of its own. */
export const appendArguments = (file: HclFile, { args, range }: Call, texts: readonly string[]): readonly Edit[] => {
  const last = args.at(-1)?.range;
  if (!last) throw new Error('a call without arguments');
  const by = indentationAt(file.text, last.start);
  const comma = codeAt(file, { start: last.end, end: range.end }, ',');
  const lines = texts.map(text => `\n${indent(text, by)}`);
  const behind = lineEnd(file, comma ?? last.end);
  if (behind >= range.end) return [insertAfter(last, lines.map(line => `,${line}`).join(''))];
  return [
    ...(comma === undefined ? [insertAfter(last, ',')] : []),
    insertAfter({ ...range, end: behind }, `${lines.join(',')}${comma === undefined ? '' : ','}`),
  ];
};
