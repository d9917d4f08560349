import { exitStatus, type PhaseId } from '../../diagnostics/index.ts';
import { terminalText } from '../../escape/terminal.ts';
import { writtenOutput, type WrittenModule } from '../../report/fleet/written-output.ts';
import type { ConvertFlags } from '../arguments/commands.ts';
import type { Host } from '../host.ts';
import { holdSignals, Interrupted } from '../interrupt.ts';
import { namedFindings } from '../named-findings.ts';
import { printOutput } from '../print-output.ts';
import type { Place } from '../root-modules.ts';
import { guarded } from '../run-module.ts';
import { writeFiles } from '../write-files.ts';
import { changesOf, flagsOfEach, isDue, nextSteps, prepare, type Prepared } from './prepare-write.ts';

/**
 * Writes one root module after the other, each whole, and passes over those that are refused. A signal is held back until the one at
 * hand is as it was or written; the rest is not reached then. Undefined where no root module waits for the phase.
 */
export const writeEach = async (
  places: readonly Place[],
  phase: PhaseId,
  flags: ConvertFlags,
  host: Host,
): Promise<number | undefined> => {
  const modules: WrittenModule[] = [];
  const steps = new Set<string>();
  let said: Paragraph | undefined;
  let status = 0;
  let reached = 0;
  const held = holdSignals(process);
  const all = async (): Promise<Interrupted | undefined> => {
    try {
      for (const place of places) {
        held.check();
        const one = await prepare(place, phase, await flagsOfEach(flags, place, host), host);
        if (!flags.whereDue || isDue(one)) {
          const written = await writeOne(one);
          status = Math.max(status, exitStatus(one.run.diagnostics));
          modules.push(outcomeOf(place.path, one, written));
          if (written.length > 0) for (const step of nextSteps(one, phase, '<paths>', flags)) steps.add(step);
          said = await say(one, written, said, flags, host);
        }
        reached += 1;
      }
      return undefined;
    } catch (error) {
      if (error instanceof Interrupted) return error;
      throw error;
    }
  };
  const interrupted = await all().finally(held.release);
  if (modules.length === 0 && interrupted === undefined) return undefined;
  if (!flags.quiet) {
    const output = writtenOutput(phase, modules, { notReached: places.length - reached, next: [...steps] });
    if (said !== undefined) host.stderr('\n');
    await printOutput(output, flags, host, { document: 'stderr' });
  }
  if (interrupted === undefined) return status;
  host.stderr(
    `${flags.quiet ? '' : '\n'}${interrupted.signal}: stopped. The same command goes on with the root modules that were not reached.\n`,
  );
  return interrupted.status;
};

/** What was written, as messages call it. */
const writeOne = async (one: Prepared): Promise<readonly string[]> => {
  const changes = changesOf(one);
  if (changes.length === 0) return [];
  const done = await guarded(one.run, () => writeFiles(changes).then(() => true));
  return done === undefined ? [] : changes.map(({ label }) => label);
};

const outcomeOf = (module: string, { run, decision }: Prepared, written: readonly string[]): WrittenModule => {
  const { findings } = namedFindings(
    run,
    run.diagnostics.filter(({ severity }) => severity === 'error'),
  );
  const errors = findings.map(({ diagnostic }) => diagnostic);
  if (written.length > 0) return { module, result: 'written', errors };
  return decision?.kind === 'nothing' ? { module, result: 'nothing', errors } : { module, result: 'failed', errors };
};

type Paragraph = 'findings' | 'written';

/** Notes and rows are for `status`: of many root modules they would hide what is to be done. */
const say = async (
  { run }: Prepared,
  written: readonly string[],
  before: Paragraph | undefined,
  flags: ConvertFlags,
  host: Host,
): Promise<Paragraph | undefined> => {
  const shown = run.diagnostics.filter(
    ({ severity }) => severity === 'error' || (severity === 'warning' && !flags.quiet),
  );
  let last = before;
  if (shown.length > 0) {
    if (last !== undefined) host.stderr('\n');
    await printOutput({ data: {}, ...namedFindings(run, shown) }, flags, host);
    last = 'findings';
  }
  if (written.length === 0 || flags.quiet) return last;
  if (last === 'findings') host.stderr('\n');
  host.stderr(`${terminalText(`Written: ${written.join(', ')}.`)}\n`);
  return 'written';
};
