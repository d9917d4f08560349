import { replaceHidden } from '../../escape/terminal.ts';
import type { Format } from '../output.ts';

/** What is not seen is escaped: the text may be read as it is. */
export const jsonText = (data: object): string =>
  `${replaceHidden(JSON.stringify(data, null, 2), character => (character === '\n' ? character : escaped(character)))}\n`;

const escaped = (character: string): string =>
  character.replace(/[^]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The data itself. Its schemas are published, one for each kind of report. */
export const json: Format = { document: ({ data }) => jsonText(data) };
