import { replace, type Edit } from './edits.ts';
import { indentationAt, lineStart, startsItsLine } from './layout.ts';
import { indent } from './print.ts';
import type { HclFile, ObjectExpression } from './tree.ts';

/**
 * Appends an item, not yet indented and without a comma, to a literal object. One of a single line is opened up, by edits between
 * its items, so that others may change the items themselves.
 */
export const appendItem = (file: HclFile, { items, range }: ObjectExpression, text: string): readonly Edit[] => {
  const end = range.end - 1;
  if (startsItsLine(file.text, end)) {
    const first = items.find(item => startsItsLine(file.text, item.range.start));
    const own = first ? indentationAt(file.text, first.range.start) : `${indentationAt(file.text, end)}  `;
    const at = lineStart(file.text, end);
    return [replace({ ...range, start: at, end: at }, `${indent(text, own)}\n`)];
  }
  const by = indentationAt(file.text, range.start);
  const starts = [range.start + 1, ...items.map(item => item.range.end)];
  return starts.map((start, index) => {
    const next = items[index]?.range.start;
    const gap = file.text.slice(start, next ?? end);
    const comment = (index === 0 ? gap : gap.replace(',', '')).trim();
    const line = next === undefined ? `\n${indent(text, `${by}  `)}\n${by}` : `\n${by}  `;
    return replace({ ...range, start, end: next ?? end }, `${comment === '' ? '' : ` ${comment}`}${line}`);
  });
};
