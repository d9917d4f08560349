import { attribute, type HclParser, type Template, type TemplatePart } from '../hcl/index.ts';
import { Refusal } from '../diagnostics/index.ts';

/**
 * Reads the text of a template's file. A heredoc has the same syntax, but for the newline at its end. Undefined where it
 * cannot be read with certainty.
 */
export const templateParser =
  (parse: HclParser['parse']) =>
  (text: string): Template | undefined => {
    if (/\r|^\ufeff/.test(text) || stripsLines.test(text)) return undefined;
    if (text === '') return { kind: 'template', range: { file: '', start: 0, end: 0 }, heredoc: false, parts: [] };
    const marker = markerFor(text);
    const newline = text.endsWith('\n') ? '' : '\n';
    try {
      const { body } = parse('template', `x = <<${marker}\n${text}${newline}${marker}\n`);
      const template = attribute(body, 'x')?.value;
      if (template?.kind !== 'template' || body.items.length !== 1) return undefined;
      return newline === '' ? template : { ...template, heredoc: false, parts: withoutNewline(template.parts) };
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  };

/** A heredoc is trimmed to the end of the line, a file to the next text. */
const stripsLines = /~\}[^\S\n]*\n\s|\n[^\S\n]*[$%]\{~/;

/** A word that is not in the text. */
const markerFor = (text: string): string => {
  let marker = 'END_OF_TEMPLATE';
  while (text.includes(marker)) marker += '_';
  return marker;
};

const withoutNewline = (parts: readonly TemplatePart[]): readonly TemplatePart[] => {
  const last = parts.at(-1);
  if (last?.kind === 'opaque' && last.reading) return [{ ...last, reading: withoutNewline(last.reading) }];
  if (last?.kind !== 'literal') return parts;
  const text = last.text.replace(/\n$/, '');
  return text === '' ? parts.slice(0, -1) : [...parts.slice(0, -1), { kind: 'literal', text }];
};
