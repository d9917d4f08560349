import { giveUp, spend } from '../../evaluation/work.ts';
import { foldCase } from './classes.ts';
import { parseClass } from './parse-class.ts';
import { parseEscape } from './parse-escape.ts';
import { invalid, type Parser } from './parser.ts';
import type { Regex } from './tree.ts';

export type ParsedRegex = { readonly tree: Regex; readonly groups: readonly (string | undefined)[] };

/**
 * Undefined for what RE2 refuses. What is in RE2 and not here, Unicode classes above all, is not decided.
 * Source: github.com/google/re2, doc/syntax.txt; Go's regexp/syntax/parse.go.
 */
export const parseRegex = (pattern: string): ParsedRegex | undefined => {
  if (pattern.length > 1000) return giveUp();
  const parser: Parser = { text: pattern, at: 0, groups: [], flags: { i: false, m: false, s: false }, depth: 0 };
  try {
    const tree = parseChoice(parser);
    if (parser.at < pattern.length) return undefined;
    return { tree, groups: parser.groups };
  } catch (error) {
    if (error !== invalid) throw error;
    return undefined;
  }
};

/** Flags set inside hold to the end of the group. */
const parseChoice = (parser: Parser): Regex => {
  const { flags } = parser;
  if (++parser.depth > 100) return giveUp();
  const items = [parseSequence(parser)];
  while (parser.text[parser.at] === '|') {
    parser.at++;
    items.push(parseSequence(parser));
  }
  parser.depth--;
  parser.flags = flags;
  return items.length === 1 ? items[0]! : { kind: 'choice', items };
};

const parseSequence = (parser: Parser): Regex => {
  const items: Regex[] = [];
  while (parser.at < parser.text.length && !'|)'.includes(parser.text[parser.at]!)) {
    spend(1);
    if (/^[*+?]/.test(parser.text.slice(parser.at, parser.at + 1))) throw invalid;
    const item = parseItem(parser);
    if (item) items.push(parseRepeat(parser, item));
  }
  return items.length === 1 ? items[0]! : items.length === 0 ? { kind: 'empty' } : { kind: 'sequence', items };
};

/** Undefined for what only sets flags. */
const parseItem = (parser: Parser): Regex | undefined => {
  const { text, flags } = parser;
  const character = text[parser.at]!;
  switch (character) {
    case '(':
      return parseGroup(parser);
    case '[':
      return parseClass(parser);
    case '\\':
      return parseEscape(parser);
    case '.':
      parser.at++;
      return { kind: 'set', ranges: flags.s ? [] : [[0x0a, 0x0a]], negated: true };
    case '^':
      parser.at++;
      return { kind: 'assertion', at: flags.m ? 'line-start' : 'text-start' };
    case '$':
      parser.at++;
      return { kind: 'assertion', at: flags.m ? 'line-end' : 'text-end' };
    default: {
      const code = text.codePointAt(parser.at)!;
      parser.at += code > 0xffff ? 2 : 1;
      return literal(parser, code);
    }
  }
};

const literal = ({ flags }: Parser, code: number): Regex => {
  if (flags.i && code > 0x7f) return giveUp();
  return { kind: 'set', ranges: flags.i ? foldCase([[code, code]]) : [[code, code]], negated: false };
};

const parseGroup = (parser: Parser): Regex | undefined => {
  const rest = parser.text.slice(parser.at);
  const flags = /^\(\?([a-zA-Z]*(?:-[a-zA-Z]+)?)([:)])/.exec(rest);
  if (flags && flags[1] + flags[2]! !== ')') return parseFlags(parser, flags[1]!, flags[2]!);
  const named = /^\(\?P<(\w+)>/.exec(rest);
  if (rest.startsWith('(?') && !named) {
    // Newer versions of Go know this spelling too.
    if (/^\(\?<\w+>/.test(rest)) return giveUp();
    throw invalid;
  }
  if (named && parser.groups.includes(named[1])) throw invalid;
  parser.groups.push(named?.[1]);
  const index = parser.groups.length;
  parser.at += named ? named[0].length : 1;
  return { kind: 'group', index, inner: closeGroup(parser) };
};

const parseFlags = (parser: Parser, letters: string, end: string): Regex | undefined => {
  if (/U/.test(letters)) return giveUp();
  if (!/^[ims]*(-[ims]+)?$/.test(letters)) throw invalid;
  const [on = '', off = ''] = letters.split('-');
  const outer = parser.flags;
  const flag = (name: 'i' | 'm' | 's'): boolean => (outer[name] || on.includes(name)) && !off.includes(name);
  parser.flags = { i: flag('i'), m: flag('m'), s: flag('s') };
  parser.at += letters.length + 3;
  if (end === ')') return undefined;
  const inner = closeGroup(parser);
  parser.flags = outer;
  return inner;
};

const closeGroup = (parser: Parser): Regex => {
  const inner = parseChoice(parser);
  if (parser.text[parser.at] !== ')') throw invalid;
  parser.at++;
  return inner;
};

const parseRepeat = (parser: Parser, inner: Regex): Regex => {
  const match = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\??)/.exec(parser.text.slice(parser.at));
  if (!match) return inner;
  const [whole, mark, count, comma, upper, lazy] = match;
  const least = mark === undefined ? Number(count) : mark === '+' ? 1 : 0;
  const open = mark === undefined ? comma !== undefined && upper === '' : mark !== '?';
  const most = open ? Infinity : mark === '?' ? 1 : Number(comma === undefined ? count : upper);
  if (least > most || least > 1000 || (most > 1000 && most !== Infinity)) throw invalid;
  parser.at += whole.length;
  // A repetition of a repetition is refused.
  if (/^(?:[*+?]|\{\d+(?:,\d*)?\})/.test(parser.text.slice(parser.at))) throw invalid;
  return { kind: 'repeat', inner, least, most, greedy: lazy === '' };
};
