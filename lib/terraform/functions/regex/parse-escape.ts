import { giveUp } from '../../evaluation/work.ts';
import { foldCase, perlClasses } from './classes.ts';
import { invalid, type Parser } from './parser.ts';
import type { Place, Regex } from './tree.ts';

const places: Readonly<Record<string, Place>> = { A: 'text-start', z: 'text-end', b: 'word-edge', B: 'no-word-edge' };

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** A backslash and what it escapes, outside of a class. */
export const parseEscape = (parser: Parser): Regex => {
  const letter = parser.text[parser.at + 1];
  if (letter === undefined) throw invalid;
  const at = places[letter];
  if (at) {
    parser.at += 2;
    return { kind: 'assertion', at };
  }
  const ranges = perlClasses[letter.toLowerCase()];
  if (ranges) {
    parser.at += 2;
    return {
      kind: 'set',
      ranges: parser.flags.i ? foldCase(ranges) : ranges,
      negated: letter !== letter.toLowerCase(),
    };
  }
  if ('pPQEC'.includes(letter)) return giveUp();
  const code = parseCode(parser);
  if (parser.flags.i && code > 0x7f) return giveUp();
  return { kind: 'set', ranges: parser.flags.i ? foldCase([[code, code]]) : [[code, code]], negated: false };
};

/** The code point that an escape stands for. Source: escape in Go's regexp/syntax/parse.go. */
export const parseCode = (parser: Parser): number => {
  const rest = parser.text.slice(parser.at + 1);
  const control = controls[rest[0] ?? ''];
  if (control !== undefined) {
    parser.at += 2;
    return control;
  }
  const hex = /^x(?:([\da-fA-F]{2})|\{([\da-fA-F]+)\})/.exec(rest);
  const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
  const found = hex ?? octal;
  if (found) {
    const code = hex ? Number.parseInt(hex[1] ?? hex[2]!, 16) : Number.parseInt(found[0], 8);
    if (code > 0x10ffff) throw invalid;
    parser.at += 1 + found[0].length;
    return code;
  }
  const code = rest.codePointAt(0);
  if (code === undefined || code > 0x7f || /[A-Za-z0-9]/.test(rest[0]!)) throw invalid;
  parser.at += 2;
  return code;
};
