import { closest, distance } from 'fastest-levenshtein';
import type { Syntax } from './syntax.ts';

/** What is probably meant by a command line that is refused: a command, a flag or a value that is nearly right. */
export const suggestion = (commands: readonly Syntax[], argv: readonly string[]): string | undefined => {
  const [name = ''] = argv;
  const command = commands.find(one => one.name === name);
  if (command === undefined) {
    return near(
      name,
      commands.map(one => one.name),
    );
  }
  for (const [at, argument] of argv.entries()) {
    const [, flag = '', joined] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (argument === '--') return undefined;
    if (flag === '') continue;
    const option = Object.hasOwn(command.options, flag) ? command.options[flag] : undefined;
    const meant =
      option === undefined
        ? near(flag, ['help', 'version', ...Object.keys(command.options)])
        : option.kind === 'choice'
          ? near(joined ?? argv[at + 1] ?? '', option.choices)
          : undefined;
    if (meant !== undefined) return option === undefined ? `--${meant}` : meant;
  }
  return undefined;
};

/** Near is what one slip or two make of it, and of short words one. What is the same is not meant. */
const near = (given: string, known: readonly string[]): string | undefined => {
  if (given === '' || known.includes(given)) return undefined;
  const found = closest(given.toLowerCase(), known);
  return distance(given.toLowerCase(), found) <= Math.min(2, Math.floor(given.length / 3)) ? found : undefined;
};

/** The codes that one slip makes of what was given, three of them at most. First those that a digit at the end tells apart. */
export const codesNear = (given: string, codes: readonly string[]): readonly string[] => {
  const found = codes.filter(code => distance(given, code) === 1).toSorted();
  const isEnd = (code: string): boolean => code.startsWith(given) || given.startsWith(code);
  return [...found.filter(isEnd), ...found.filter(code => !isEnd(code))].slice(0, 3);
};
