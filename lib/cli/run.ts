import {
  checkSyntax,
  convertSyntax,
  explainSyntax,
  importBlocksSyntax,
  policiesSyntax,
  statusSyntax,
  verifyAccessSyntax,
  verifyPlanSyntax,
} from './arguments/commands.ts';
import { readPlainly } from './arguments/plain.ts';
import type { Parsed } from './arguments/parse.ts';
import { readFlags, type FlagsOf, type Given, type Syntax } from './arguments/syntax.ts';
import type { Host } from './host.ts';
import { Interrupted } from './interrupt.ts';

type Run<Flags> = (flags: Flags, host: Host) => Promise<number>;

/** A command is loaded when it is called. */
const command = <Of extends Syntax>(
  syntax: Of,
  load: () => Promise<Run<FlagsOf<Of>>>,
): { readonly syntax: Syntax; readonly start: Run<Given> } => ({
  syntax,
  start: async (given, host) => (await load())(readFlags(syntax, given), host),
});

const commands = [
  command(convertSyntax, async () => (await import('./commands/convert.ts')).convertCommand),
  command(statusSyntax, async () => (await import('./commands/status.ts')).statusCommand),
  command(checkSyntax, async () => (await import('./commands/check.ts')).checkCommand),
  command(verifyPlanSyntax, async () => (await import('./commands/verify-plan.ts')).verifyPlanCommand),
  command(verifyAccessSyntax, async () => (await import('./commands/verify-access.ts')).verifyAccessCommand),
  command(importBlocksSyntax, async () => (await import('./commands/import-blocks.ts')).importBlocksCommand),
  command(policiesSyntax, async () => (await import('./commands/policies.ts')).policiesCommand),
  command(explainSyntax, async () => (await import('./commands/explain.ts')).explainCommand),
];

/** Runs a command line and returns its exit status: 0 done, 1 blocked, 2 wrong usage or config, 3 unreadable input. */
export const run = async (argv: readonly string[], host: Host): Promise<number> => {
  const parsed = plainly(argv) ?? (await byYargs(argv, host));
  if (parsed.kind === 'wrong') return (await import('./print-diagnostics.ts')).printDiagnostics(parsed.reason, host);
  if (parsed.kind === 'text') {
    if (parsed.text !== '') host.stdout(parsed.text);
    return 0;
  }
  const chosen = commands.find(({ syntax }) => syntax.name === parsed.name);
  try {
    return (await chosen?.start(parsed.given, host)) ?? 0;
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    host.stderr(`${error.message}\n`);
    return error.status;
  }
};

const plainly = ([name = '', ...rest]: readonly string[]): Parsed | undefined => {
  const named = commands.find(({ syntax }) => syntax.name === name);
  const given = named && readPlainly(named.syntax, rest);
  return given && { kind: 'command', name, given };
};

const byYargs = async (argv: readonly string[], host: Host): Promise<Parsed> => {
  const [{ parse }, { toolVersion }] = await Promise.all([import('./arguments/parse.ts'), import('./io.ts')]);
  const syntaxes = commands.map(({ syntax }) => syntax);
  return parse(syntaxes, argv, toolVersion(), host.width('stdout'));
};
