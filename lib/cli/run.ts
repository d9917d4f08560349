import yargs from 'yargs';
import { diagnose } from '../diagnostics/index.ts';
import * as parts from './arguments.ts';
import { checkArguments, checkFlags, checkMisuse } from './check/arguments.ts';
import { stdinPath } from './flags.ts';
import type { Host } from './host.ts';
import { Interrupted } from './interrupt.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { toolVersion } from './tool-version.ts';
import * as verify from './verify/arguments.ts';

type Chosen = { readonly given: parts.Given; readonly start: (given: parts.Given) => Promise<number> };

/** Runs a command line and returns its exit status: 0 done, 1 blocked, 2 wrong usage or config, 3 unreadable input. */
export const run = async (argv: readonly string[], host: Host): Promise<number> => {
  const wrong = (reason: string): number => printDiagnostics([diagnose('TAE101', { reason })], host);
  let chosen: Chosen | undefined;
  const choose = (start: Chosen['start']) => (given: parts.Given) => {
    chosen = { given: withStdin(given), start };
  };
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
    .version(await toolVersion())
    .wrap(100)
    .command(
      'convert <paths..>',
      'Stage every phase, or rewrite one in place',
      parts.convertArguments,
      choose(convert(host)),
    )
    .command(
      'status <path>',
      'Name the phase of the source, the rows and the blockers',
      parts.statusArguments,
      choose(status(host)),
    )
    .command('check <paths..>', 'Say what is wrong, for hooks and CI', checkArguments, choose(check(host)))
    .command(
      'verify-plan <plan>',
      'Say whether a plan fits its phase',
      verify.verifyPlanArguments,
      choose(verifyPlan(host)),
    )
    .command(
      'verify-access',
      'Say who would lose access if aws-auth went now',
      verify.verifyAccessArguments,
      choose(verifyAccess(host)),
    )
    .command(
      'import-blocks <path>',
      'Print import blocks for entries that exist',
      parts.importBlocksArguments,
      choose(importBlocks(host)),
    )
    .command('explain <code>', 'Print the page of a code', parts.explainArguments, choose(explain(host)))
    .epilogue(
      'Exit status: 0 done or clean, 1 findings, blocked or not fitting, 2 wrong usage or config, 3 an input that cannot be read.',
    )
    .demandCommand(1, 'Name a command: convert, status, check, verify-plan, verify-access, import-blocks or explain.')
    .strict()
    .exitProcess(false)
    .fail(false);

  try {
    const printed = await parse(parser, argv);
    if (printed !== '') host.stdout(`${printed}\n`);
  } catch (error) {
    return wrong(usageReason(error));
  }
  if (chosen === undefined) return 0;
  const { given, start } = chosen;
  const twice = parts.repeated(given);
  if (twice !== undefined) return wrong(`--${twice} is given twice.`);
  const bare = parts.empty(given);
  if (bare !== undefined) return wrong(`${bare} is empty.`);
  try {
    return await start(given);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    host.stderr(`${error.message}\n`);
    return error.status;
  }
};

const convert = (host: Host) => async (given: parts.Given) => {
  const { convertCommand } = await import('./commands/convert.ts');
  return convertCommand(parts.convertFlags(given), host);
};

const status = (host: Host) => async (given: parts.Given) => {
  const { statusCommand } = await import('./commands/status.ts');
  return statusCommand(parts.statusFlags(given), host);
};

const check = (host: Host) => async (given: parts.Given) => {
  const flags = checkFlags(given);
  const reason = checkMisuse(flags);
  if (reason !== undefined) return printDiagnostics([diagnose('TAE101', { reason })], host, flags);
  const { checkCommand } = await import('./commands/check.ts');
  return checkCommand(flags, host);
};

const verifyPlan = (host: Host) => async (given: parts.Given) => {
  const { verifyPlanCommand } = await import('./commands/verify-plan.ts');
  return verifyPlanCommand(verify.verifyPlanFlags(given), host);
};

const verifyAccess = (host: Host) => async (given: parts.Given) => {
  const { verifyAccessCommand } = await import('./commands/verify-access.ts');
  return verifyAccessCommand(verify.verifyAccessFlags(given), host);
};

const importBlocks = (host: Host) => async (given: parts.Given) => {
  const { importBlocksCommand } = await import('./commands/import-blocks.ts');
  return importBlocksCommand(parts.importBlocksFlags(given), host);
};

const explain = (host: Host) => async (given: parts.Given) => {
  const { explainCommand } = await import('./commands/explain.ts');
  return explainCommand(parts.explainFlags(given), host);
};

/** yargs loses a bare "-" among the paths, so another text stands for it while yargs reads. */
const stdinMark = '\u0000stdin';

const withStdin = (given: parts.Given): parts.Given => {
  const restore = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(restore) : value === stdinMark ? stdinPath : value;
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, restore(value)]));
};

/** What yargs has to print: help, the version, or nothing. */
const parse = async (parser: ReturnType<typeof yargs>, argv: readonly string[]): Promise<string> => {
  let printed = '';
  const marked = argv.map(argument => (argument === stdinPath ? stdinMark : argument));
  await parser.parseAsync(marked, {}, (_error, _given, output) => {
    printed = output;
  });
  return printed;
};

const usageReason = (error: unknown): string => {
  if (!(error instanceof Error) && !hasMessage(error)) throw error;
  if (error.message.startsWith('Not enough non-option arguments')) return 'The command needs a path or a code.';
  return `${error.message.replace(/\s*\n\s*/g, ' ').replace(/\.$/, '')}.`;
};

const hasMessage = (error: unknown): error is { message: string } =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
