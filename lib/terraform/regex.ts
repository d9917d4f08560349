import { giveUp, spend } from './evaluation/work.ts';

/** A pattern that was read. `groups` are their names, undefined for one that has none. */
export type Regex = {
  readonly groups: readonly (string | undefined)[];
  readonly matches: (text: string) => Iterable<RegexMatch>;
};

/** The text of each group, null where it took no part. The first is the whole match. */
export type RegexMatch = { readonly start: number; readonly end: number; readonly texts: readonly (string | null)[] };

/** Unicode classes and folding differ between versions of Go, `(?<name>)` is new in Go 1.22. */
const differs = /\\[pP]|\(\?<\w|\(\?\w*i.*[^\u0000-\u007f]/s;

const longestPattern = 1000;
const largestProgram = 5000;

/** A step of work, in instructions tried on one character each. */
const instructionsPerStep = 64;

/**
 * What reads the patterns of `regex`, `regexall` and `replace`; loaded only for modules that call one of these. Undefined for a
 * pattern that RE2 refuses. Source: github.com/google/re2, doc/syntax.txt.
 */
export const loadRegex = async (): Promise<(pattern: string) => Regex | undefined> => {
  const { RE2JS, RE2JSSyntaxException } = await import('re2js');
  const compile = (pattern: string): InstanceType<typeof RE2JS> | undefined => {
    try {
      return RE2JS.compile(pattern);
    } catch (error) {
      if (error instanceof RE2JSSyntaxException) return undefined;
      throw error;
    }
  };
  return pattern => {
    if (pattern.length > longestPattern || differs.test(pattern)) return giveUp();
    spend(1 + pattern.length);
    const compiled = compile(pattern);
    if (!compiled) return undefined;
    const size = compiled.programSize();
    spend(size);
    if (size > largestProgram) return giveUp();
    const indexes = Array.from({ length: compiled.groupCount() }, (_, at) => at + 1);
    const names = new Map(Object.entries(compiled.namedGroups()).map(([name, index]) => [index, name]));
    /** An empty match right behind another one does not count. Source: allMatches and replaceAll in Go's regexp. */
    const matches = function* (text: string): Iterable<RegexMatch> {
      const matcher = compiled.matcher(text);
      for (let [at, previous] = [0, -1]; ; at = previous) {
        spend(1 + Math.ceil(((text.length - at) * size) / instructionsPerStep));
        if (!matcher.find()) return;
        const [start, end] = [matcher.start(), matcher.end()];
        if (end > start || start !== previous)
          yield { start, end, texts: [0, ...indexes].map(index => matcher.group(index)) };
        previous = end;
      }
    };
    return { groups: indexes.map(index => names.get(index)), matches };
  };
};
