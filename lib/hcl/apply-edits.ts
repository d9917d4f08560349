import { replace, type Edit, type Opening } from './edit.ts';
import { tidyRemovals } from './tidy.ts';

/**
 * Applies the edits of one file, given in any order. Edits that overlap throw, and so does one given twice: one of them would
 * win silently. Inserts at one place keep their order. New lines end as the file's first line does.
 */
export const applyEdits = (text: string, edits: readonly Edit[]): string => {
  const ordered = openBodies(text, edits)
    .filter(edit => edit.start !== edit.end || edit.text !== '')
    .toSorted(inSourceOrder);
  check(text, ordered);
  const crlf = /^[^\n]*\r\n/.test(text);
  const pieces: string[] = [];
  let at = 0;
  for (const edit of tidyRemovals(text, ordered)) {
    if (edit.start > at) pieces.push(text.slice(at, edit.start));
    pieces.push(crlf ? edit.text.replaceAll(/\r?\n/g, '\r\n') : edit.text);
    at = edit.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
};

/** An insert goes before what is replaced at the same place. */
const inSourceOrder = (a: Edit, b: Edit): number =>
  a.start - b.start || Math.min(a.end - a.start, 1) - Math.min(b.end - b.start, 1);

const check = (text: string, ordered: readonly Edit[]): void => {
  const seen = new Set<string>();
  let [at, file] = [0, ordered[0]?.file];
  for (const edit of ordered) {
    const name = `[${edit.start}, ${edit.end}) of ${edit.file}`;
    if (edit.file !== file) throw new Error(`edits of two files: ${file} and ${edit.file}`);
    if (edit.start > edit.end || edit.end > text.length) throw new Error(`edit outside of the text: ${name}`);
    if (edit.start < at) throw new Error(`overlapping edits: ${name}`);
    const identity = `${edit.start} ${edit.end} ${edit.text}`;
    if (seen.has(identity)) throw new Error(`the same edit twice: ${name}`);
    seen.add(identity);
    at = edit.end;
  }
};

/** Gives the braces of a body lines of their own, once, however many edits need it. */
const openBodies = (text: string, edits: readonly Edit[]): readonly Edit[] => {
  const plain: Edit[] = [];
  const bodies = new Map<number, Opened>();
  for (const edit of edits) {
    const { opens } = edit;
    if (!opens) {
      plain.push(edit);
      continue;
    }
    const body = bodies.get(opens.start) ?? { file: edit.file, opening: opens, paragraphs: [] };
    bodies.set(opens.start, body);
    if (edit.start === opens.end && edit.end === opens.end) body.paragraphs.push(edit.text);
    else plain.push(edit);
  }
  return [...plain, ...[...bodies.values()].flatMap(body => openBody(text, body))];
};

type Opened = { readonly file: string; readonly opening: Opening; readonly paragraphs: string[] };

const openBody = (text: string, { file, opening, paragraphs }: Opened): readonly Edit[] => {
  const { start, end, itemIndentation, braceIndentation } = opening;
  const content = text.slice(start, end);
  const closing = `\n${braceIndentation}`;
  if (content.trim() === '') return [replace({ file, start, end }, `\n${paragraphs.join('\n\n')}${closing}`)];
  const first = start + content.length - content.trimStart().length;
  const last = start + content.trimEnd().length;
  return [
    ...(itemIndentation === undefined ? [] : [replace({ file, start, end: first }, `\n${itemIndentation}`)]),
    replace({ file, start: last, end }, paragraphs.map(paragraph => `\n\n${paragraph}`).join('') + closing),
  ];
};
