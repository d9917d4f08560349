import { giveUp, spend } from '../../evaluation/work.ts';
import { complement, foldCase, perlClasses, posixClasses } from './classes.ts';
import { parseCode } from './parse-escape.ts';
import { invalid, type Parser } from './parser.ts';
import type { CodeRange, Regex } from './tree.ts';

/** `[...]`. Source: parseClass in Go's regexp/syntax/parse.go. */
export const parseClass = (parser: Parser): Regex => {
  const { text } = parser;
  parser.at++;
  const negated = text[parser.at] === '^';
  if (negated) parser.at++;
  const ranges: CodeRange[] = [];
  for (let first = true; first || text[parser.at] !== ']'; first = false) {
    spend(1);
    if (parser.at >= text.length) throw invalid;
    const posix = /^\[:(\^?)(\w+):\]/.exec(text.slice(parser.at));
    const perl = /^\\([dswDSW])/.exec(text.slice(parser.at));
    if (/^\\[pP]/.test(text.slice(parser.at))) return giveUp();
    if (text[parser.at] === '-' && !first && text[parser.at + 1] !== ']') return giveUp();
    if (posix) {
      const found = posixClasses[posix[2]!];
      if (!found) throw invalid;
      ranges.push(...(posix[1] === '^' ? complement(found) : found));
      parser.at += posix[0].length;
    } else if (perl) {
      const found = perlClasses[perl[1]!.toLowerCase()]!;
      ranges.push(...(/[DSW]/.test(perl[1]!) ? complement(found) : found));
      parser.at += 2;
    } else ranges.push(parseRange(parser));
  }
  parser.at++;
  const beyond = ranges.some(([, to]) => to > 0x7f);
  if (parser.flags.i && beyond) return giveUp();
  return { kind: 'set', ranges: parser.flags.i ? foldCase(ranges) : ranges, negated };
};

const parseRange = (parser: Parser): CodeRange => {
  const from = parseMember(parser);
  if (parser.text[parser.at] !== '-' || parser.text[parser.at + 1] === ']') return [from, from];
  parser.at++;
  if (parser.at >= parser.text.length) throw invalid;
  const to = parseMember(parser);
  if (to < from) throw invalid;
  return [from, to];
};

const parseMember = (parser: Parser): number => {
  if (parser.text[parser.at] === '\\') return parseCode(parser);
  const code = parser.text.codePointAt(parser.at);
  if (code === undefined) throw invalid;
  parser.at += code > 0xffff ? 2 : 1;
  return code;
};
