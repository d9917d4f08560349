import type { Given, Option, Syntax } from './syntax.ts';

/**
 * Reads a command line that is plainly right, without its command. yargs takes longer to load than files of no interest take to
 * be read, and a hook runs on every commit. Anything else gives undefined and goes to yargs, which has the words for what is wrong.
 */
export const readPlainly = (
  {
    options,
    positional,
  }: Syntax & { readonly positional: { readonly several: true } & NonNullable<Syntax['positional']> },
  argv: readonly string[],
): Given | undefined => {
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
    if (option === undefined || name in given) return undefined;
    if (option.kind === 'switch') {
      // yargs takes a word like this for the value of the flag.
      if (joined !== undefined || /^(true|false)$/.test(argv[at + 1] ?? '')) return undefined;
      given[name] = true;
      continue;
    }
    const value = joined ?? argv[++at] ?? '';
    if (!isValue(option, value)) return undefined;
    given[name] = value;
  }
  return words.length === 0 || words.includes('') ? undefined : { ...given, [positional.name]: words };
};

const isValue = (option: Option, value: string): boolean => {
  if (value === '' || value.startsWith('-') || option.kind === 'texts') return false;
  return option.kind !== 'choice' || option.choices.includes(value);
};
