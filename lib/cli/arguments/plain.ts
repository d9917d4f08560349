import type { Given, Option, Syntax } from './syntax.ts';

/**
 * Reads a command line that is plainly right, without its command. yargs takes longer to load and to lay out its help than a file of
 * no interest takes to be read, and a hook runs on every commit. Anything else gives undefined and goes to yargs, which has the words
 * for what is wrong.
 */
export const readPlainly = ({ options, positional }: Syntax, argv: readonly string[]): Given | undefined => {
  const words: string[] = [];
  const given: Record<string, unknown> = {};
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at] ?? '';
    if (argument === '--') {
      words.push(...argv.slice(at + 1));
      break;
    }
    if (!argument.startsWith('-')) {
      words.push(argument);
      continue;
    }
    const [, name = '', joined] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (option === undefined || (name in given && option.kind !== 'texts')) return undefined;
    if (option.kind === 'switch') {
      // yargs takes a word like this for the value of the flag.
      if (joined !== undefined || /^(true|false)$/.test(argv[at + 1] ?? '')) return undefined;
      given[name] = true;
      continue;
    }
    const value = valueOf(option, joined ?? argv[++at] ?? '');
    if (value === undefined) return undefined;
    given[name] = option.kind === 'texts' ? [...((given[name] as readonly string[] | undefined) ?? []), value] : value;
  }
  const argument = argumentOf(positional, words);
  return argument && { ...given, ...argument };
};

/** The value, or undefined where it is none that is plainly right. */
const valueOf = (option: Option, value: string): string | undefined => {
  if (value === '' || value.startsWith('-')) return undefined;
  if (option.kind !== 'choice') return value;
  const meant = option.coerce?.(value) ?? value;
  return option.choices.find(choice => choice === meant);
};

const argumentOf = (positional: Syntax['positional'], words: readonly string[]): Given | undefined => {
  if (words.includes('')) return undefined;
  const [word] = words;
  if (positional === undefined) return word === undefined ? {} : undefined;
  if (word === undefined) return positional.optional ? {} : undefined;
  if (positional.several) return { [positional.name]: words };
  return words.length === 1 ? { [positional.name]: word } : undefined;
};
