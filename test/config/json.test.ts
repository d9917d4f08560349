import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonError, jsonNodeAt, jsonValue, readJsonDocuments } from '../../lib/config/json.ts';

const values = (text: string): unknown[] => readJsonDocuments(text).map(jsonValue);

test('reads what JSON.stringify writes, as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, space) => {
      const spaced = JSON.stringify(JSON.parse(text), null, space);
      expect(values(spaced)).toEqual([JSON.parse(text)]);
    }),
  );
});

test('refuses what JSON.parse refuses', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '01', "'", 'x'), (text, at, piece) => {
      const broken = text.slice(0, at % text.length) + piece + text.slice((at % text.length) + 1);
      let parsed: unknown;
      try {
        parsed = JSON.parse(broken);
      } catch {
        // Two documents in a row are no JSON text, and are what this reader is for.
        const documents = tryRead(broken);
        if (documents !== undefined) expect(documents.length).not.toBe(1);
        return;
      }
      expect(values(broken)).toEqual([parsed]);
    }),
  );
});

const tryRead = (text: string): unknown[] | undefined => {
  try {
    return values(text);
  } catch (error) {
    expect(error).toBeInstanceOf(JsonError);
    return undefined;
  }
};

test('reads documents one after the other, with and without newlines', () => {
  expect(values('{"a":1}{"b":2}\n[3]\r\n\n4 "five"')).toEqual([{ a: 1 }, { b: 2 }, [3], 4, 'five']);
  expect(values('')).toEqual([]);
  expect(values('\ufeff{}')).toEqual([{}]);
});

test('keeps a key that is called __proto__', () => {
  expect(Object.keys(values('{"__proto__":{"a":1}}')[0] as object)).toEqual(['__proto__']);
});

describe('positions', () => {
  const text = '{ "a": [1, {"b": "x"}],\n  "b": null }';
  const at = (...path: (string | number)[]): string => {
    const { offset, length } = jsonNodeAt(readJsonDocuments(text)[0]!, path);
    return text.slice(offset, offset + length);
  };

  test.each([
    [['a', 1, 'b'], '"x"'],
    [['a', 0], '1'],
    [['b'], 'null'],
    [[], text],
  ] as const)('of %j', (path, found) => {
    expect(at(...path)).toBe(found);
  });

  test('of a key that is missing are those of its object', () => {
    expect(at('a', 1, 'c')).toBe('{"b": "x"}');
  });
});

test.each([
  ['{"b": 2} {"a": 1', 16, '"," or "}" is expected and the text ends'],
  ['{"a" 1}', 5, '":" is expected and "1" is found'],
  ['{a: 1}', 1, 'a word stands without double quotes'],
  ['{"a": 1,}', 8, 'a key in double quotes is expected and "}" is found'],
  ['// c', 0, 'a comment is found, and JSON has none'],
  ['[1,]', 3, 'a value is expected and "]" is found'],
  ['"\n"', 0, 'a string is not written as in JSON'],
  [String.raw`["\x"]`, 1, 'a string is not written as in JSON'],
  ['[012]', 2, '"," is expected and "1" is found'],
  ['[1.]', 1, 'a number is not written as in JSON'],
])('says what is wrong with %j and where', (text, start, message) => {
  expect(() => readJsonDocuments(text)).toThrow(expect.objectContaining({ start, message }));
});

test('refuses what is nested too deep', () => {
  expect(() => readJsonDocuments('['.repeat(100_000))).toThrow('more than 200 levels are nested');
});
