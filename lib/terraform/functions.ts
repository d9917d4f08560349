import { knownString, stringOf, unknown, type Value } from './value.ts';

type Implementation = (args: readonly Value[]) => Value;

/**
 * Functions that are evaluated; any other leaves its value unknown.
 * Source: developer.hashicorp.com/terraform/language/functions.
 */
const functions: Readonly<Record<string, Implementation>> = {
  replace: ([text, pattern, replacement]) => {
    const [whole, from, to] = [knownString(text), knownString(pattern), knownString(replacement)];
    if (whole === undefined || from === undefined || to === undefined) return unknown;
    // Between slashes it is a regular expression, of RE2's kind, which JavaScript does not have.
    if (/^\/.*\/$/s.test(from)) return unknown;
    return stringOf(whole.replaceAll(from, () => to));
  },
};

export const callFunction = (name: string, args: readonly Value[]): Value =>
  Object.hasOwn(functions, name) ? (functions[name]?.(args) ?? unknown) : unknown;
