import type { FunctionTable } from '../evaluation/function.ts';
import { textValue } from '../evaluation/template.ts';
import { listOf, stringType, type Type } from '../evaluation/types.ts';
import { giveUp, spend, spendText } from '../evaluation/work.ts';
import { errorOf, type Value } from '../value.ts';
import { compileRegex, matchRegex, parseRegex, type Instruction, type Match } from './regex/index.ts';
import { textOf } from './support.ts';

type Compiled = { readonly program: readonly Instruction[]; readonly groups: readonly (string | undefined)[] };

const string = { type: stringType };

/** Source: github.com/zclconf/go-cty, cty/function/stdlib/regexp.go; ReplaceFunc in github.com/hashicorp/terraform. */
export const regexFunctions: FunctionTable = {
  regex: {
    parameters: [string, string],
    call: ([pattern, text]) => {
      const compiled = compile(textOf(pattern));
      if (!compiled || isMixed(compiled)) return errorOf('this is no valid pattern');
      const points = codePoints(textOf(text));
      const match = matchRegex(compiled.program, points, 0);
      return match ? captured(compiled, points, match) : errorOf('the pattern does not match');
    },
  },
  regexall: {
    parameters: [string, string],
    call: ([pattern, text]) => {
      const compiled = compile(textOf(pattern));
      if (!compiled || isMixed(compiled)) return errorOf('this is no valid pattern');
      const points = codePoints(textOf(text));
      const items = allMatches(compiled, points).map(match => captured(compiled, points, match));
      return { kind: 'list', items, type: listOf(resultType(compiled)) };
    },
  },
  replace: {
    parameters: [string, string, string],
    call: ([text, pattern, replacement]) => {
      const [whole, from, to] = [textOf(text), textOf(pattern), textOf(replacement)];
      // Between slashes it is a regular expression.
      if (from.length < 2 || !from.startsWith('/') || !from.endsWith('/'))
        return textValue(replaceText(whole, from, to));
      const compiled = compile(from.slice(1, -1));
      return compiled ? textValue(replaceMatches(compiled, whole, to)) : errorOf('this is no valid pattern');
    },
  },
};

const compile = (pattern: string): Compiled | undefined => {
  const parsed = parseRegex(pattern);
  return parsed && { program: compileRegex(parsed.tree), groups: parsed.groups };
};

/** Groups with and without names are not allowed in one pattern. */
const isMixed = ({ groups }: Compiled): boolean => new Set(groups.map(name => name === undefined)).size > 1;

const codePoints = (text: string): readonly number[] => {
  spendText(text.length * 16);
  return Array.from(text, character => character.codePointAt(0)!);
};

const cut = (points: readonly number[], from: number, to: number): string =>
  points
    .slice(from, to)
    .map(code => String.fromCodePoint(code))
    .join('');

const groupValue = (points: readonly number[], match: Match, index: number): Value => {
  const [from, to] = [match[index * 2], match[index * 2 + 1]];
  return from === undefined || to === undefined ? { kind: 'null', type: stringType } : textValue(cut(points, from, to));
};

/** The whole match, or a tuple or an object of the groups. */
const captured = ({ groups }: Compiled, points: readonly number[], match: Match): Value => {
  if (groups.length === 0) return groupValue(points, match, 0);
  const values = groups.map((_, index) => groupValue(points, match, index + 1));
  if (groups[0] === undefined) return { kind: 'list', items: values };
  return { kind: 'object', entries: new Map(groups.map((name, index) => [name ?? '', values[index]!])) };
};

const resultType = ({ groups }: Compiled): Type => {
  if (groups.length === 0) return stringType;
  if (groups[0] === undefined) return { kind: 'tuple', elements: groups.map(() => stringType) };
  return { kind: 'object', attributes: new Map(groups.map(name => [name ?? '', stringType])) };
};

/** An empty match beside the one before it does not count. Source: allMatches in Go's regexp. */
const allMatches = ({ program }: Compiled, points: readonly number[]): readonly Match[] => {
  const matches: Match[] = [];
  let previous = -1;
  for (let at = 0; at <= points.length;) {
    spend(1);
    const match = matchRegex(program, points, at);
    const [from, to] = match ?? [];
    if (!match || from === undefined || to === undefined) break;
    const accepted = to > at || from !== previous;
    at = to > at ? to : at + 1;
    previous = to;
    if (accepted) matches.push(match);
  }
  return matches;
};

/** Source: replaceAll in Go's regexp: an empty match right after another one is left alone. */
const replaceMatches = (compiled: Compiled, text: string, replacement: string): string => {
  const points = codePoints(text);
  let result = '';
  let [last, at] = [0, 0];
  while (at <= points.length) {
    const match = matchRegex(compiled.program, points, at);
    const [from, to] = match ?? [];
    if (!match || from === undefined || to === undefined) break;
    result += cut(points, last, from);
    if (to > last || from === 0) result += expand(compiled, points, match, replacement);
    spendText(result.length);
    last = to;
    at = at + 1 > to ? at + 1 : to;
  }
  return result + cut(points, last, points.length);
};

/** `$1`, `${name}`, `$$`. Source: Expand in Go's regexp. */
const expand = ({ groups }: Compiled, points: readonly number[], match: Match, replacement: string): string =>
  replacement.replace(/\$(?:(\$)|(\w+)|\{(\w+)\})/g, (_, dollar?: string, bare?: string, braced?: string) => {
    if (dollar) return '$';
    const name = bare ?? braced ?? '';
    const index = /^\d+$/.test(name) ? Number(name) : groups.indexOf(name) + 1;
    if (!/^\d+$/.test(name) && index === 0) return '';
    const [from, to] = [match[index * 2], match[index * 2 + 1]];
    return from === undefined || to === undefined ? '' : cut(points, from, to);
  });

const replaceText = (text: string, from: string, to: string): string => {
  if (from === '') return [...Array.from(text, character => `${to}${character}`), to].join('');
  const parts = text.split(from);
  if (parts.length * to.length > 10_000_000) return giveUp();
  return parts.join(to);
};
