import { needsEntry } from './checker/rules/rows.ts';
import { diagnose, firstOf, Refusal, type Code, type Diagnostic, type Range } from './diagnostics/index.ts';
import type { State } from './emitter/index.ts';
import { asHanded, takenBy, titleOf } from './parser/index.ts';
import { namesAwsAuth } from './parser/callers/look.ts';
import { readState, type ReadOptions } from './read-state.ts';
import { localDirectory } from './terraform/local-source.ts';
import { blocksOf, callAddress, callSource, evaluate, knownText } from './terraform/index.ts';
import { saidOfSwitch, transform } from './transformer/index.ts';

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

/** The module as its callers make it; undefined where there is none, or one cannot be read. */
export const readWithCallers = async (
  files: ReadonlyMap<string, string>,
  options: ReadOptions,
): Promise<State | undefined> =>
  (options.callers ?? []).length === 0 ? undefined : readState(files, options).catch(unreadable);

/**
 * What is left of findings about a list that is a variable, where the callers write the rows out: whoever lacks entries is named, and who
 * has them is not spoken of. Who is not in sight may have them as well, where the module takes entries.
 */
export const asCallersHave = (
  state: State,
  read: State | undefined,
  options: ReadOptions,
): ((diagnostic: Diagnostic) => readonly Diagnostic[]) => {
  const { callers = [] } = options;
  const taken = takenBy(state.source);
  if (!taken || taken.lists.length === 0) return diagnostic => [diagnostic];
  const lists = taken.lists.map(({ list }) => list.range);
  // What is left to the module when the callers have theirs, it may convert already.
  const own = transform(asHanded(state.source, { ...taken, callers: [] }), options);
  const converted = own.flatMap(({ planned }) => (planned?.isWritten ? planned.lists.map(({ range }) => range) : []));
  if (callers.length === 0)
    return without(taken.entries.isWritten ? isOf([...lists, ...converted], ['TAE702']) : () => false);
  if (!read?.handed) return diagnostic => [diagnostic];
  const waiting = waitingCalls(read);
  const held = read.handed.lists.filter(({ variable }) => !waiting.has(variable)).map(({ list }) => list.range);
  const [isHeld, isTold] = [isOf([...held, ...converted], ['TAE702']), isOf(lists, knownToPlan)];
  const left = without(diagnostic => isHeld(diagnostic) || isTold(diagnostic));
  const named = read.handed.lists.map(({ variable, list: { range } }) => ({
    isMeant: isOf([range], ['TAE702']),
    said: diagnose(
      'TAE702',
      { principal: `A principal in ${variable} of ${firstOf([...(waiting.get(variable) ?? [])])}` },
      range,
    ),
  }));
  const switched = switchedBy(read);
  return diagnostic =>
    left(diagnostic).flatMap(one =>
      one.code === 'TAE426' && switched.length > 0
        ? switched
        : (named.find(({ isMeant }) => isMeant(one))?.said ?? one),
    );
};

/** What becomes the condition of entries, of the calls in which it may be on together, and of those in which it is off. */
const switchedBy = ({ transformed }: State): readonly Diagnostic[] => {
  const all = transformed.flatMap(({ cluster, switched }) =>
    cluster && switched ? [{ title: titleOf(cluster), switched }] : [],
  );
  const [on, off] = [true, false].map(isOn => all.filter(({ switched: { offIn } }) => (offIn === '') === isOn));
  return [on, off].flatMap((calls = []) => {
    const [first] = calls;
    const places = new Set(calls.map(({ switched: { offIn } }) => offIn));
    return first ? [saidOfSwitch(first.switched, firstOf(calls.map(({ title }) => title)), firstOf([...places]))] : [];
  });
};

const without =
  (isRefuted: (diagnostic: Diagnostic) => boolean) =>
  (diagnostic: Diagnostic): readonly Diagnostic[] =>
    isRefuted(diagnostic) ? [] : [diagnostic];

/** The calls in which aws-auth is gone by their number. */
const goneCalls = ({ phased, calls = [] }: State): ReadonlySet<string> =>
  new Set(
    calls.flatMap(({ title, given, module }) =>
      phased && given && Number(knownText(evaluate(given.value, module.scope))) >= 3 ? [title] : [],
    ),
  );

/** Rows without an entry in calls whose aws-auth is off: nobody gets in by them, and convert does not take them for rows in force. */
export const rowsNotInForce = (state: State): readonly Diagnostic[] => {
  const gone = goneCalls(state);
  return state.transformed.flatMap(({ cluster, outcomes }) => {
    const title = cluster?.wrapper && titleOf(cluster);
    if (title === undefined) return [];
    return outcomes.flatMap(outcome => {
      const { name, row, diagnostics } = outcome;
      return gone.has(title) && needsEntry(outcome)
        ? [diagnose('TAE310', { call: title, principal: name, live: 'ofCaller' }, row.origin)]
        : diagnostics.filter(({ code }) => code === 'TAE310');
    });
  });
};

/**
 * The local modules that may be handed rows and write none of them any more, by their path from the root module on. Which of these rows has
 * no entry is said where the module is checked, with all its callers.
 */
export const modulesWithoutRows = ({ source: { module, localModules, elsewhere } }: State): readonly string[] => [
  ...new Set(
    blocksOf(module, 'module').flatMap(block => {
      const source = callSource(module, block) ?? '';
      const isOff = elsewhere.every(({ address }) => address !== callAddress(block));
      const isOfAwsAuth = localModules.get(source)?.files.some(({ text }) => namesAwsAuth(text)) === true;
      return (isOff && isOfAwsAuth && localDirectory(source)) || [];
    }),
  ),
];

/** The calls with rows that have no entry, by the variable that takes them. At 3 the module writes none of them. */
const waitingCalls = (state: State): ReadonlyMap<string, ReadonlySet<string>> => {
  const { transformed } = state;
  const gone = goneCalls(state);
  const waiting = new Map<string, Set<string>>();
  for (const { cluster, outcomes } of transformed) {
    const title = cluster?.wrapper && titleOf(cluster);
    if (title === undefined || gone.has(title)) continue;
    for (const { row } of outcomes.filter(needsEntry))
      waiting.set(row.argument, (waiting.get(row.argument) ?? new Set()).add(title));
  }
  return waiting;
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
