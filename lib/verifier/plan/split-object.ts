/** The members of a JSON object, each as the text of its value. Nothing inside of them is looked at. */
export type Members = ReadonlyMap<string, string>;

export class SplitError extends Error {}

const quote = 0x22;
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const comma = 0x2c;

/**
 * Splits the text of a JSON object. A plan may have 100 MB, most of them in parts that nobody asks for: those are never parsed.
 * Throws a SplitError for a text that is no object, that ends before the object does, or goes on behind it.
 */
export const splitObject = (text: string): Members => {
  const members = new Map<string, string>();
  let at = pastSpaces(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  if (text.charCodeAt(at) !== openBrace) throw new SplitError('it is no JSON object');
  at = pastSpaces(text, at + 1);
  while (text.charCodeAt(at) !== closeBrace) {
    if (text.charCodeAt(at) !== quote) throw new SplitError(at < text.length ? 'a key is expected' : cut);
    const keyEnd = endOfString(text, at);
    const key = keyOf(text.slice(at, keyEnd));
    at = pastSpaces(text, keyEnd);
    if (text[at] !== ':') throw new SplitError(at < text.length ? `":" is expected after "${key}"` : cut);
    const start = pastSpaces(text, at + 1);
    at = endOfValue(text, start);
    if (members.has(key)) throw new SplitError(`it has "${key}" twice`);
    members.set(key, text.slice(start, at));
    at = pastSpaces(text, at);
    if (text.charCodeAt(at) === comma) at = pastSpaces(text, at + 1);
    else if (text.charCodeAt(at) !== closeBrace) throw new SplitError(at < text.length ? '"," is expected' : cut);
  }
  if (pastSpaces(text, at + 1) < text.length) throw new SplitError('something follows the JSON object');
  return members;
};

const cut = 'the text ends too early: it is cut off';

const pastSpaces = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
};

const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = at;
    while (text[escapes - 1] === '\\') escapes--;
    if ((at - escapes) % 2 === 0) return at + 1;
  }
  throw new SplitError(cut);
};

const endOfValue = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at) - 1;
    else if (code === openBrace || code === openBracket) depth++;
    else if (code === closeBrace || code === closeBracket) {
      if (depth === 0) return at;
      depth--;
    } else if (code === comma && depth === 0) return at;
  }
  throw new SplitError(cut);
};

const keyOf = (text: string): string => {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new SplitError('a key is no JSON text');
  }
};
