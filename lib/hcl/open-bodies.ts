import { replace, type Edit, type Opening } from './edit.ts';

/** Gives the braces of a body lines of their own, once, however many edits need it. */
export const openBodies = (text: string, edits: readonly Edit[]): readonly Edit[] => {
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
