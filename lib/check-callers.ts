import { needsEntry } from './checker/rules/rows.ts';
import { Refusal, type Code, type Diagnostic, type Range } from './diagnostics/index.ts';
import type { State } from './emitter/index.ts';
import { asHanded, takenBy } from './parser/index.ts';
import { readState, type ReadOptions } from './read-state.ts';
import { transform } from './transformer/index.ts';

/** The files of a module itself, of those that were read with its callers. */
export const withoutCallers = (
  files: ReadonlyMap<string, string>,
  { callers = [] }: Pick<ReadOptions, 'callers'>,
): ReadonlyMap<string, string> =>
  callers.length === 0
    ? files
    : new Map([...files].filter(([path]) => !callers.some(({ directory }) => isOfCaller(path, directory))));

/** Beside its own files there are those that a unit of Terragrunt includes from above. */
const isOfCaller = (path: string, directory: string): boolean => {
  const name = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : '';
  return name !== '' && (!name.includes('/') || name.startsWith('../'));
};

/**
 * Which findings about a list that is a variable say what is not so: the callers write the rows out, and have their entries. Who is
 * not in sight may have them as well, where the module takes entries.
 */
export const refutedByCallers = async (
  state: State,
  files: ReadonlyMap<string, string>,
  options: ReadOptions,
): Promise<(diagnostic: Diagnostic) => boolean> => {
  const { callers = [] } = options;
  const taken = takenBy(state.source);
  if (!taken || taken.lists.length === 0) return () => false;
  const lists = taken.lists.map(({ list }) => list.range);
  // What is left to the module when the callers have theirs, it may convert already.
  const own = transform(asHanded(state.source, { ...taken, callers: [] }), options);
  const converted = own.flatMap(({ planned }) => (planned?.isWritten ? planned.lists.map(({ range }) => range) : []));
  if (callers.length === 0) return taken.entries.isWritten ? isOf([...lists, ...converted], ['TAE702']) : () => false;
  const read = await readState(files, options).catch(unreadable);
  if (!read?.handed) return () => false;
  const waiting = new Set(
    read.transformed.flatMap(({ cluster, outcomes }) =>
      cluster?.wrapper ? outcomes.filter(needsEntry).map(({ row }) => row.argument) : [],
    ),
  );
  const held = read.handed.lists.filter(({ variable }) => !waiting.has(variable)).map(({ list }) => list.range);
  const [isHeld, isTold] = [isOf([...held, ...converted], ['TAE702']), isOf(lists, knownToPlan)];
  return diagnostic => isHeld(diagnostic) || isTold(diagnostic);
};

/** What is said of rows that only a plan knows. */
const knownToPlan: readonly Code[] = ['TAE212', 'TAE420', 'TAE421'];

const isOf =
  (ranges: readonly Range[], codes: readonly Code[]) =>
  ({ code, range }: Diagnostic): boolean =>
    codes.includes(code) &&
    ranges.some(({ file, start, end }) => file === range?.file && start === range.start && end === range.end);

/** A caller that cannot be read is a finding where it lies. */
const unreadable = (error: unknown): undefined => {
  if (!(error instanceof Refusal)) throw error;
};
