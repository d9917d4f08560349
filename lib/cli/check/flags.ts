import type { Severity } from '../../diagnostics/index.ts';
import { formatNames, type FormatName } from '../../report/formats/names.ts';
import { severities } from '../../report/severity.ts';

export type CheckFlags = {
  readonly paths: readonly string[];
  readonly config?: string;
  readonly emit: 'module' | 'resources';
  readonly minSeverity: Severity;
  readonly baseline?: string;
  readonly writeBaseline: boolean;
  readonly format: FormatName;
  readonly color: boolean;
};

/** Flags with a value and what they may be; `undefined` for any text. yargs reads the same ones. */
export const valueFlags = {
  config: undefined,
  baseline: undefined,
  emit: ['module', 'resources'],
  'min-severity': severities,
  format: formatNames,
} as const;

/** What both ways to read a command line end in. `given` has a value of `valueFlags` for each name. */
export const checkFlagsOf = (
  paths: readonly string[],
  given: Readonly<Record<string, string | undefined>>,
  { color, writeBaseline }: { readonly color: boolean; readonly writeBaseline: boolean },
): CheckFlags => ({
  paths,
  ...(given['config'] === undefined ? {} : { config: given['config'] }),
  ...(given['baseline'] === undefined ? {} : { baseline: given['baseline'] }),
  emit: given['emit'] === 'resources' ? 'resources' : 'module',
  minSeverity: (given['min-severity'] ?? 'warning') as Severity,
  format: (given['format'] ?? 'pretty') as FormatName,
  writeBaseline,
  color,
});
