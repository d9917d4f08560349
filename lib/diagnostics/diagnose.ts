import { codes, type Code } from './codes/index.ts';
import type { CodeDefinition } from './codes/definition.ts';
import { defined } from './defined.ts';
import type { Diagnostic } from './diagnostic.ts';
import { isPhaseBefore, type PhaseId } from './phase-id.ts';
import type { Range } from './range.ts';

type Arguments<C extends Code> = (typeof codes)[C] extends CodeDefinition<infer Args> ? Args : never;

export const isCode = (text: string): text is Code => Object.hasOwn(codes, text);

const docs = 'https://github.com/tf-access-entries/tf-access-entries/blob/main/docs';

export const docsUrl = (code: Code): string => `${docs}/codes/${code}.md`;

/** The page about the runbook, and what it leaves to it. */
export const guideUrl = `${docs}/how-to/runbook.md`;

/** Builds a diagnostic from the code table, the one home of its words. */
export const diagnose = <C extends Code>(
  code: C,
  args: Arguments<C>,
  range?: Range,
  related?: Diagnostic['related'],
): Diagnostic => {
  const definition = codes[code] as unknown as CodeDefinition<Arguments<C>>;
  return {
    code,
    severity: definition.severity,
    message: definition.message(args),
    url: docsUrl(code),
    ...defined({
      hint: definition.hint?.(args),
      range,
      subject: findSubject(args as Record<string, unknown>),
      decisions: definition.decisions,
      backticks: Object.values(args as Record<string, unknown>).some(hasBacktick) || undefined,
      related,
    }),
  };
};

/** Names for a message: three of them, and how many more there are. */
export const firstOf = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

/** Arguments that name what a finding is about, the closest first. */
const subjects =
  'principal account call writer runner row list written first role entry group resource from code what'.split(' ');

const hasBacktick = (value: unknown): boolean =>
  typeof value === 'string' ? value.includes('`') : Array.isArray(value) && value.some(hasBacktick);

/** A row without a principal is called by its place in its list, which changes with every row above it. */
const findSubject = (args: Readonly<Record<string, unknown>>): string | undefined => {
  const found = subjects.map(name => args[name]).find(value => typeof value === 'string');
  return typeof found === 'string' ? found.replace(/(\b(?:aws_auth_|map_|map)\w+)\[\d+\]/, '$1[]') : undefined;
};

/** Whether a code stops this phase, by itself or because it stops one before it. */
export const stopsPhase = (code: Code, phase: PhaseId): boolean => {
  const { stops } = codes[code] as { readonly stops?: PhaseId };
  return stops !== undefined && !isPhaseBefore(phase, stops);
};

/** The exit status of a run: the highest that one of its findings asks for. */
export const exitStatus = (diagnostics: readonly Diagnostic[]): 0 | 1 | 2 | 3 => {
  const statuses = diagnostics.map(({ code }) => codes[code].exit);
  return ([3, 2, 1] as const).find(status => statuses.includes(status)) ?? 0;
};

/** An input that stops everything: thrown inside, caught where a command ends, never seen by callers of the library. */
export class Refusal extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    this.diagnostics = diagnostics;
  }
}

/** What a refusal says. Any other error is a fault of ours and goes on. */
export const refusalOf = (error: unknown): readonly Diagnostic[] => {
  if (!(error instanceof Refusal)) throw error;
  return error.diagnostics;
};

export const byPlace = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.toSorted(
    (a, b) => compare(a.range?.file, b.range?.file) || (a.range?.start ?? 0) - (b.range?.start ?? 0),
  );

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);
