import type { CodeRange } from './tree.ts';

const digit: readonly CodeRange[] = [[0x30, 0x39]];
const space: readonly CodeRange[] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
];
const word: readonly CodeRange[] = [...digit, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]];

/** `\d` and so on: ASCII only. Source: github.com/google/re2, doc/syntax.txt. */
export const perlClasses: Readonly<Record<string, readonly CodeRange[]>> = { d: digit, s: space, w: word };

/** `[:alpha:]` and so on. */
export const posixClasses: Readonly<Record<string, readonly CodeRange[]>> = {
  alnum: [...digit, [0x41, 0x5a], [0x61, 0x7a]],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0x00, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0x00, 0x1f],
    [0x7f, 0x7f],
  ],
  digit,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [0x09, 0x0d],
    [0x20, 0x20],
  ],
  upper: [[0x41, 0x5a]],
  word,
  xdigit: [...digit, [0x41, 0x46], [0x61, 0x66]],
};

const highest = 0x10ffff;

/** What is in none of the ranges. */
export const complement = (ranges: readonly CodeRange[]): readonly CodeRange[] => {
  const gaps: CodeRange[] = [];
  let next = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next > highest ? gaps : [...gaps, [next, highest]];
};

/** Letters of ASCII in both cases, with the two other characters that Unicode folds to them. */
export const foldCase = (ranges: readonly CodeRange[]): readonly CodeRange[] => {
  const folded: CodeRange[] = [...ranges];
  for (const [from, to] of ranges) {
    for (let code = Math.max(from, 0x41); code <= Math.min(to, 0x7a); code++) {
      const letter = String.fromCharCode(code);
      if (!/[A-Za-z]/.test(letter)) continue;
      const other = code ^ 0x20;
      folded.push([other, other]);
      if (letter.toLowerCase() === 'k') folded.push([0x212a, 0x212a]);
      if (letter.toLowerCase() === 's') folded.push([0x17f, 0x17f]);
    }
  }
  return folded;
};
