import { checkFlagsOf, valueFlags, type CheckFlags } from './flags.ts';

/**
 * Reads a command line of `check` that is plainly right. yargs takes longer to load than files of no interest take to be
 * read, and a hook runs on every commit. Anything else gives undefined and goes to yargs, which has the words for what is wrong.
 */
export const plainCheckFlags = (argv: readonly string[]): CheckFlags | undefined => {
  const [command, ...rest] = argv;
  if (command !== 'check') return undefined;
  const paths: string[] = [];
  const given: Record<string, string> = {};
  let color: boolean | undefined;
  for (let at = 0; at < rest.length; at++) {
    const argument = rest[at] ?? '';
    if (argument === '') return undefined;
    if (!argument.startsWith('-')) {
      paths.push(argument);
      continue;
    }
    // yargs takes a word like this for the value of the flag.
    const valued = /^(true|false)$/.test(rest[at + 1] ?? '');
    if (argument === '--no-color' && color === undefined && !valued) {
      color = false;
      continue;
    }
    const [, name = '', joined] = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const value = joined ?? rest[++at] ?? '';
    if (!isValue(name, value) || name in given) return undefined;
    given[name] = value;
  }
  return paths.length === 0 ? undefined : checkFlagsOf(paths, given, { color: color ?? true, writeBaseline: false });
};

const isValue = (name: string, value: string): boolean => {
  if (!Object.hasOwn(valueFlags, name) || value === '' || value.startsWith('-')) return false;
  const choices: readonly string[] | undefined = valueFlags[name as keyof typeof valueFlags];
  return choices === undefined || choices.includes(value);
};
