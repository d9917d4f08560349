import { giveUp } from '../evaluation/work.ts';

/** Go maps one code point to one; where JavaScript makes more of it, the two differ. */
const mapCase = (text: string, map: (character: string) => string): string =>
  /^[\u0000-\u007f]*$/.test(text)
    ? map(text)
    : Array.from(text, character => {
        const mapped = map(character);
        return Array.from(mapped).length === 1 ? mapped : giveUp();
      }).join('');

export const upperCase = (text: string): string => mapCase(text, part => part.toUpperCase());
export const lowerCase = (text: string): string => mapCase(text, part => part.toLowerCase());

/** Letters, digits and underscores make a word. Source: Title in Go's strings. */
export const titleCase = (text: string): string =>
  /^[\u0000-\u007f]*$/.test(text) ? text.replace(/(?<![A-Za-z0-9_])[a-z]/g, letter => letter.toUpperCase()) : giveUp();

/** What Go calls space. */
export const trimSpace = (text: string): string => {
  const space = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
  return text.replace(new RegExp(`^${space}`), '').replace(new RegExp(`${space}$`), '');
};

export const trimCharacters = (text: string, characters: string): string => {
  const cut = new Set(characters);
  const all = Array.from(text);
  const start = all.findIndex(character => !cut.has(character));
  const end = all.findLastIndex(character => !cut.has(character));
  return start === -1 ? '' : all.slice(start, end + 1).join('');
};
