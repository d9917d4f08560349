import type { PhaseId } from '../../diagnostics/index.ts';
import { pathWord } from '../../escape/shell.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import { findModules } from '../check/find-modules.ts';
import { unmatchedPattern } from '../environment-files.ts';
import type { Host } from '../host.ts';
import { present } from '../present.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { findFleet, modulesToConvert, type Place } from '../root-modules.ts';
import { guarded } from '../run-module.ts';
import { writeFiles } from '../write-files.ts';
import { severalMisuse } from './misuse.ts';
import { changesOf, flagsOfEach, isDue, nextSteps, prepare, type Prepared } from './prepare-write.ts';

/** Rewrites root modules to the next phase: one by one what can be written, or with `--all-or-none` all of them or none. */
export const writeInPlace = async (phase: PhaseId, flags: ConvertFlags, host: Host): Promise<number> => {
  const places = await findPlaces(flags, host);
  const problem = places.length > 1 ? severalMisuse(flags) : undefined;
  if (problem !== undefined) return printDiagnostics(problem, host, flags);
  const patterns = places.length > 1 && !flags.whereDue ? (flags.environments ?? []) : [];
  const unmatched = await unmatchedPattern(places, patterns, host.cwd);
  if (unmatched !== undefined) return printDiagnostics(unmatched, host, flags);
  if (!flags.whereDue && places.some(({ path, from }) => path !== from)) {
    const { sayRowsBeside } = await import('./rows-beside.ts');
    await sayRowsBeside(places, flags, host);
  }
  // One commit holds all of them.
  if (places.length > 1 && !flags.allOrNone && !flags.commit) {
    const { writeEach } = await import('./write-each.ts');
    return (await writeEach(places, phase, flags, host)) ?? nothingDue(phase, flags, host);
  }
  const prepared: Flagged[] = [];
  for (const place of places) {
    const asRead = places.length > 1 ? await flagsOfEach(flags, place, host) : flags;
    const one = await prepare(place, phase, asRead, host);
    if (!flags.whereDue || isDue(one)) prepared.push({ ...one, asRead });
  }
  return prepared.length === 0 ? nothingDue(phase, flags, host) : writeAll(prepared, phase, flags, host);
};

const nothingDue = (phase: PhaseId, { quiet }: ConvertFlags, host: Host): number => {
  if (!quiet) host.stderr(`No root module waits for phase ${phase}.\n`);
  return 0;
};

/** `asRead`: the flags that it was read with. */
type Flagged = Prepared & { readonly asRead: ConvertFlags };

const writeAll = async (
  prepared: readonly Flagged[],
  phase: PhaseId,
  flags: ConvertFlags,
  host: Host,
): Promise<number> => {
  const refused = prepared.some(({ decision }) => decision === undefined || decision.kind === 'refused');
  const changes = refused ? [] : prepared.flatMap(changesOf);
  const runs = prepared.filter(({ decision }) => decision?.kind === 'write').map(({ run }) => run);
  const [owner] = runs;
  const hasWork = changes.length > 0 && owner !== undefined;
  const git = hasWork && flags.commit ? await import('./commit.ts') : undefined;
  const place = git && owner && (await guarded(owner, () => git.placeOfCommit(runs, changes)));
  const write = (): Promise<true> => writeFiles(changes).then(() => true);
  const done = hasWork && (git === undefined || place !== undefined) && (await guarded(owner, write));
  const commit = (): Promise<string> | undefined => place && git?.commitChanges(place, phase, runs, changes, host);
  const hash = done && owner && (await guarded(owner, async () => commit()));
  const statuses: number[] = [];
  for (const [index, one] of prepared.entries()) {
    if (index > 0 && !flags.quiet) host.stderr('\n');
    const labels = done ? changesOf(one).map(({ label }) => label) : [];
    const written = [
      ...(labels.length === 0 ? [] : [`Written: ${labels.join(', ')}.`]),
      ...(labels.length === 0 || !hash ? [] : [`Committed: ${hash}.`]),
    ];
    const steps = hasWork && !done ? [] : nextSteps(one, phase, pathWord(one.run.label), one.asRead);
    const next = refused && steps.length > 0 ? ['Nothing was written, because another path was refused.'] : steps;
    statuses.push(await present(one.run, flags, host, { revision: 'ready', written, next }));
  }
  return Math.max(...statuses);
};

/** Each root module once, whatever number of its files is named. Where the phase may be due is seen from texts first. */
const findPlaces = async ({ paths, whereDue }: ConvertFlags, host: Host): Promise<readonly Place[]> => {
  const { cwd } = host;
  if (!whereDue) return modulesToConvert(paths, host);
  const trees = await Promise.all(paths.map(path => findFleet([path], cwd)));
  const named = paths.filter((_path, index) => trees[index] === undefined);
  const found = [await findModules(named, cwd, { recursive: false }), ...trees].flatMap(tree => tree?.modules ?? []);
  const concerned = found.filter(module => module.concerned).map(({ path }) => path);
  return modulesToConvert(concerned, host);
};
