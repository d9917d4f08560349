/** Edits of emitted text. What they look for is what the text has for the reader; what they find nothing in is an error. */

type Edit = (text: string) => string;

export const replace =
  (what: string | RegExp, by: string): Edit =>
  text =>
    typeof what === 'string' ? text.replace(what, () => by) : text.replace(what, by);

export const replaceAll =
  (what: string | RegExp, by: string): Edit =>
  text =>
    typeof what === 'string' ? text.split(what).join(by) : text.replaceAll(new RegExp(what, 'g'), by);

/** One more entry in a literal map. */
export const withEntry = (entry: string): Edit => replace(/access_entries = \{\n/, `$&    ${entry}\n`);

const keyLine = /^ {4}(\w+) = \{$/gm;

/** What an index as key comes to: entry_0, entry_1 in the order of the rows, or in the reverse one. */
export function keysByOrder(text: string, reversed: boolean): string {
  const start = text.indexOf('  access_entries = {\n');
  const end = text.indexOf('\n  }\n', start);
  const map = text.slice(start, end);
  const count = [...map.matchAll(keyLine)].length;
  let index = 0;
  const numbered = map.replaceAll(keyLine, () => {
    const number = reversed ? count - 1 - index : index;
    index++;
    return `    entry_${number} = {`;
  });
  return start < 0 ? text : text.slice(0, start) + numbered + text.slice(end);
}
