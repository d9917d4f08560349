import { parseNumber } from '../evaluation/numbers.ts';
import { textValue } from '../evaluation/template.ts';
import { giveUp, spend } from '../evaluation/work.ts';
import { knownString, type Value } from '../value.ts';

type Reader = { readonly text: string; at: number; depth: number };

/** Undefined for what is no JSON. Source: ImpliedType and Unmarshal in github.com/zclconf/go-cty, cty/json. */
export const decodeJson = (text: string): Value | undefined => {
  const reader: Reader = { text, at: 0, depth: 0 };
  const value = readValue(reader);
  skipSpace(reader);
  return value && reader.at === text.length ? value : undefined;
};

const skipSpace = (reader: Reader): void => {
  while (' \t\r\n'.includes(reader.text[reader.at] ?? '-')) reader.at++;
};

const takeMark = (reader: Reader, mark: string): boolean => {
  skipSpace(reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at++;
  return true;
};

const deepest = 200;

const readValue = (reader: Reader): Value | undefined => {
  spend(1);
  skipSpace(reader);
  if (++reader.depth > deepest) return giveUp();
  const first = reader.text[reader.at];
  const value =
    first === '{'
      ? readObject(reader)
      : first === '['
        ? readArray(reader)
        : first === '"'
          ? readString(reader)
          : (readWord(reader) ?? readNumber(reader));
  reader.depth--;
  return value;
};

const words: readonly (readonly [string, Value])[] = [
  ['true', { kind: 'bool', value: true }],
  ['false', { kind: 'bool', value: false }],
  ['null', { kind: 'null' }],
];

const readWord = (reader: Reader): Value | undefined => {
  const [word, value] = words.find(([text]) => reader.text.startsWith(text, reader.at)) ?? [];
  reader.at += word?.length ?? 0;
  return value;
};

const number = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

const readNumber = (reader: Reader): Value | undefined => {
  number.lastIndex = reader.at;
  const [text] = number.exec(reader.text) ?? [];
  reader.at += text?.length ?? 0;
  return text === undefined ? undefined : parseNumber(text);
};

const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

const readString = (reader: Reader): Value | undefined => {
  string.lastIndex = reader.at;
  const [source] = string.exec(reader.text) ?? [];
  if (source === undefined) return undefined;
  reader.at += source.length;
  const text = JSON.parse(source) as string;
  // Go puts a replacement character for half of a surrogate pair.
  return /\p{Surrogate}/u.test(text) ? giveUp() : textValue(text);
};

const readArray = (reader: Reader): Value | undefined => {
  const items: Value[] = [];
  reader.at++;
  if (takeMark(reader, ']')) return { kind: 'list', items };
  do {
    const item = readValue(reader);
    if (!item) return undefined;
    items.push(item);
  } while (takeMark(reader, ','));
  return takeMark(reader, ']') ? { kind: 'list', items } : undefined;
};

const readObject = (reader: Reader): Value | undefined => {
  const entries = new Map<string, Value>();
  reader.at++;
  if (takeMark(reader, '}')) return { kind: 'object', entries };
  do {
    skipSpace(reader);
    const name = knownString(reader.text[reader.at] === '"' ? readString(reader) : undefined);
    if (name === undefined || !takeMark(reader, ':')) return undefined;
    const value = readValue(reader);
    if (!value) return undefined;
    // What a name means that is there twice depends on the types of the values.
    if (entries.has(name)) return giveUp();
    entries.set(name, value);
  } while (takeMark(reader, ','));
  return takeMark(reader, '}') ? { kind: 'object', entries } : undefined;
};
