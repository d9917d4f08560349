import type { Scope } from '../evaluation/scope.ts';
import { textValue } from '../evaluation/template.ts';
import { listOf, stringType } from '../evaluation/types.ts';
import { giveUp, spendText } from '../evaluation/work.ts';
import type { Regex, RegexMatch } from '../regex.ts';
import { errorOf, type ErrorValue, type Type, type Value } from '../value.ts';
import { textOf, type FunctionTable } from './function.ts';

const string = { type: stringType };

/** Source: github.com/zclconf/go-cty, cty/function/stdlib/regexp.go; ReplaceFunc in github.com/hashicorp/terraform. */
export const regexFunctions: FunctionTable = {
  regex: {
    parameters: [string, string],
    call: ([pattern, text], { scope }) => {
      const regex = compile(textOf(pattern), scope);
      if ('kind' in regex) return regex;
      if (mixesGroups(regex)) return invalid;
      for (const match of regex.matches(textOf(text))) return captured(regex, match);
      return errorOf('the pattern does not match');
    },
  },
  regexall: {
    parameters: [string, string],
    call: ([pattern, text], { scope }) => {
      const regex = compile(textOf(pattern), scope);
      if ('kind' in regex) return regex;
      if (mixesGroups(regex)) return invalid;
      const items = Array.from(regex.matches(textOf(text)), match => captured(regex, match));
      return { kind: 'list', items, type: listOf(resultType(regex)) };
    },
  },
  replace: {
    parameters: [string, string, string],
    call: ([text, pattern, replacement], { scope }) => {
      const [whole, from, to] = [textOf(text), textOf(pattern), textOf(replacement)];
      // Between slashes it is a regular expression.
      if (from.length < 2 || !from.startsWith('/') || !from.endsWith('/'))
        return textValue(replaceText(whole, from, to));
      const regex = compile(from.slice(1, -1), scope);
      return 'kind' in regex ? regex : textValue(replaceMatches(regex, whole, to));
    },
  },
};

const invalid = errorOf('this is no valid pattern');

const compile = (pattern: string, { readRegex }: Scope): Regex | ErrorValue =>
  readRegex ? (readRegex(pattern) ?? invalid) : giveUp();

/** Groups with and without names are not allowed in one pattern. */
const mixesGroups = ({ groups }: Regex): boolean => new Set(groups.map(name => name === undefined)).size > 1;

/** The whole match, or a tuple or an object of the groups. */
const captured = ({ groups }: Regex, { texts }: RegexMatch): Value => {
  const [whole, ...values] = texts.map((text): Value =>
    text === null ? { kind: 'null', type: stringType } : textValue(text),
  );
  if (groups.length === 0) return whole!;
  if (groups[0] === undefined) return { kind: 'list', items: values };
  return { kind: 'object', entries: new Map(groups.map((name, index) => [name ?? '', values[index]!])) };
};

const resultType = ({ groups }: Regex): Type => {
  if (groups.length === 0) return stringType;
  if (groups[0] === undefined) return { kind: 'tuple', elements: groups.map(() => stringType) };
  return { kind: 'object', attributes: new Map(groups.map(name => [name ?? '', stringType])) };
};

const replaceMatches = (regex: Regex, text: string, replacement: string): string => {
  let [result, last] = ['', 0];
  for (const match of regex.matches(text)) {
    result += text.slice(last, match.start) + expand(regex, match, replacement);
    spendText(result.length);
    last = match.end;
  }
  return result + text.slice(last);
};

/** `$1`, `${name}`, `$$`. Source: Expand in Go's regexp. */
const expand = ({ groups }: Regex, { texts }: RegexMatch, replacement: string): string =>
  replacement.replace(
    /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu,
    (_, dollar?: string, bare?: string, braced?: string) => {
      if (dollar) return '$';
      const name = bare ?? braced ?? '';
      const index = /^\d+$/.test(name) ? Number(name) : groups.indexOf(name) + 1;
      return (/^\d+$/.test(name) || index > 0 ? texts[index] : undefined) ?? '';
    },
  );

const replaceText = (text: string, from: string, to: string): string => {
  if (from === '') return [...Array.from(text, character => `${to}${character}`), to].join('');
  const parts = text.split(from);
  if (parts.length * to.length > 10_000_000) return giveUp();
  return parts.join(to);
};
