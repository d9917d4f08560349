import yargs from 'yargs';
import { suggestion } from './suggest.ts';
import type { Given, Positional, Syntax } from './syntax.ts';

/** What a command line asks for: a command, a text that yargs prints by itself, or what is wrong with it. */
export type Parsed =
  | { readonly kind: 'command'; readonly name: string; readonly given: Given }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Lines of help are no longer than this, whatever the terminal has. */
const widest = 100;

/** Reads a command line with yargs. `width` is what a terminal has. */
export const parse = async (
  commands: readonly Syntax[],
  argv: readonly string[],
  version: string,
  width = widest,
): Promise<Parsed> => {
  let found: { readonly name: string; readonly given: Given } | undefined;
  const parser = yargs()
    .scriptName('tf-access-entries')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .locale('en')
    .version(version)
    .alias('h', 'help')
    .wrap(Math.min(width, widest))
    .epilogue(
      'Begin with status, which writes nothing.\n\nExit status: 0 done or clean, 1 findings, blocked or not fitting, 2 wrong usage or config, 3 an input that cannot be read.',
    )
    .demandCommand(1, `Name a command: ${namesOf(commands)}.`)
    .strict()
    .exitProcess(false)
    .fail(false);
  for (const { name, summary, usage, about, positional, options } of commands) {
    const argument = positional === undefined ? '' : ` ${placeholder(positional)}`;
    parser.command(
      `${name}${argument}`,
      summary,
      command => {
        command.usage(`$0 ${name} ${usage}\n\n${about}`);
        if (positional) command.positional(positional.name, { type: 'string', description: positional.description });
        return command.options({ ...options });
      },
      given => {
        found = { name, given: unmarked(given) };
      },
    );
  }
  parser.completion('completion', 'Print a script for bash or zsh that completes commands and flags');
  let text = '';
  try {
    await parser.parseAsync(marked(argv), {}, (_error, _given, output) => {
      text = output;
    });
  } catch (error) {
    const meant = suggestion(commands, argv);
    return {
      kind: 'wrong',
      reason: `${reasonOf(error, commands, argv)}${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    };
  }
  if (found === undefined) return { kind: 'text', text: text === '' ? '' : `${forOldBash(text)}\n` };
  const { name, given } = found;
  const options = commands.find(command => command.name === name)?.options ?? {};
  const reason = misuse(given, options) ?? valueOfSwitch(argv, options);
  return reason === undefined ? { kind: 'command', name, given } : { kind: 'wrong', reason };
};

/** The script for completion reads lines by a command that bash 3.2 of macOS does not have. */
const forOldBash = (text: string): string =>
  text.replaceAll(/\bmapfile -t (\w+) < </g, '$1=(); while IFS= read -r word; do $1+=("$word"); done < <');

const placeholder = ({ name, several, optional }: Positional): string =>
  optional ? `[${name}]` : `<${name}${several ? '..' : ''}>`;

const namesOf = (commands: readonly Syntax[]): string => {
  const names = commands.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
};

/** A flag that takes one value and is given twice has no value that all would expect; `--out=` has none. */
const misuse = (given: Given, options: Syntax['options']): string | undefined => {
  const twice = Object.keys(options).find(name => options[name]?.kind !== 'texts' && Array.isArray(given[name]));
  if (twice !== undefined) return `--${twice} is given twice.`;
  const empty = Object.keys(given).find(name => [given[name]].flat().includes(''));
  if (empty === undefined) return undefined;
  return Object.hasOwn(options, empty) ? `--${empty} is empty.` : 'An argument is empty.';
};

/** yargs takes any word but true for false: `--write=yes` would not write. */
const valueOfSwitch = (argv: readonly string[], options: Syntax['options']): string | undefined => {
  for (const argument of argv) {
    if (argument === '--') return undefined;
    const [, name = '', value = ''] = /^--([\w-]+)=(.*)$/s.exec(argument) ?? [];
    const isSwitch = Object.hasOwn(options, name) && options[name]?.kind === 'switch';
    if (isSwitch && value !== 'true' && value !== 'false') return `--${name} takes no value but true or false.`;
  }
  return undefined;
};

/**
 * yargs loses a bare "-" among the paths, and what stands behind "--" it takes for unknown arguments: it reads both as words that
 * begin with a mark.
 */
const mark = '\u0000';

const marked = (argv: readonly string[]): string[] => {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  const words = end === -1 ? [] : argv.slice(end + 1);
  return [...flags.map(word => (word === '-' ? `${mark}-` : word)), ...words.map(word => `${mark}${word}`)];
};

const unmarked = (given: Given): Given => {
  const restore = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(restore);
    return typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : value;
  };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, restore(value)]));
};

const reasonOf = (error: unknown, commands: readonly Syntax[], argv: readonly string[]): string => {
  if (!(error instanceof Error)) throw error;
  if (error.message.startsWith('Not enough non-option arguments')) {
    const { name, positional } = commands.find(command => argv.includes(command.name)) ?? {};
    if (positional) return `${name} needs a ${positional.name.replace(/s$/, '')}.`;
  }
  return `${error.message
    .replaceAll(mark, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')}.`;
};
