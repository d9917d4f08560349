import type { Code, Diagnostic, PhaseId } from '../../diagnostics/index.ts';
import { addEntriesBesidePins } from '../phases/add-access-entries/phase.ts';
import { beforePhases, phasesByValue, withoutNew } from '../../parser/index.ts';
import { callsOf } from '../callers/calls.ts';
import type { Phase, Phased, State } from '../phase.ts';
import { readRevision, type ReadRevision } from '../read-back.ts';
import { applyAll, runPhases, stopping, type PhasesRun } from '../run-phases.ts';
import type { Revision, Staged, StagedPhase } from '../staged.ts';
import { unphased } from './gate.ts';
import { phaseReached, reachedByValue } from './by-value.ts';
import { refuseUnlikeFolded } from './read-back.ts';
import { cleanUpRunbook, noRunbook, perEnvironmentRunbook } from './runbook.ts';
import { unnumbered } from './numbers.ts';
import { unfoldFiles } from './unfold-files.ts';

type Files = ReadonlyMap<string, string>;

const phase = {
  id: 'per-environment',
  title: 'Let a variable say at which phase each environment is',
} as const satisfies Pick<Phase, 'id' | 'title'>;

/**
 * One revision for all environments of the source. What the phases would write one after another stands there at once, each part under
 * a condition on a variable. Taken out again, the variable leaves the text that phase 2 ends with, and from there all is as ever: so
 * both ways end in the same bytes.
 */
export const stageForEnvironments = async (
  phases: readonly Phase[],
  start: State,
  files: Files,
  found: readonly Diagnostic[],
  read: ReadRevision,
): Promise<Staged> => {
  const named = (...wanted: readonly PhaseId[]): readonly Phase[] => phases.filter(({ id }) => wanted.includes(id));
  const run = (some: readonly Phase[], state: State, texts: Files): Promise<PhasesRun> =>
    runPhases(some, state, texts, found, read, start);
  // Its commands are those of an environment all the same.
  const readByValue: ReadRevision = async given => {
    const state = await read(given);
    return { ...state, options: { ...state.options, perEnvironment: true } };
  };
  /** What each phase asks of an environment that has not come so far: the source as it was before them says it. */
  const chaptersFromStart = async (phased: Phased): Promise<readonly StagedPhase[]> => {
    const texts = new Map([...files, ...beforePhases(files, phased), ...beforeInCallers(start, files, phased)]);
    return (await runPhases(named(...phasesByValue), await readByValue(texts), texts, found, readByValue)).staged
      .phases;
  };
  const folded: Files = new Map([...files, ...(start.phased?.files ?? [])]);
  const split = await run(named('split-aws-auth'), start, folded);
  const texts: Files = new Map([...folded, ...split.touched]);
  const entering = named('enable-api', 'add-access-entries').map(one =>
    one.id === 'add-access-entries' ? addEntriesBesidePins : one,
  );
  const entered = await run(entering, split.state, texts);
  const whole: Files = new Map([...texts, ...entered.touched]);
  const begun: State = start.phased ? { ...split.state, phased: start.phased } : split.state;
  const unfolding = { begun, entered: entered.state, added: addedBy(entering, begun, entered) };
  const refused = unphased(unfolding);
  const remarks = [...split.staged.remarks, ...entered.staged.remarks, ...refused];
  const blockedBy = codesThatStop([...found, ...refused], [split, entered]);
  // What has come later, such as a call without a number, leaves the others where their numbers put them.
  const phaseBefore = start.phased ? phase.id : split.staged.sourcePhase;
  const blocked = (codes: readonly Code[]): Staged => ({
    ...split.staged,
    sourcePhase: phaseBefore,
    phases: [...split.staged.phases, { phase, status: 'blocked', changes: [], blockedBy: codes, runbook: noRunbook }],
    remarks,
  });
  if (blockedBy.length > 0) return blocked(blockedBy);
  const made = unfoldFiles(unfolding, whole, phaseReached(named(...phasesByValue), begun));
  // At the last phase nothing is left that differs between environments.
  if (!made) return (await run(phases, start, files)).staged;
  const isDone = start.phased !== undefined && entered.touched.size === 0 && unnumbered(begun).length === 0;
  const touched: Files = isDone ? new Map() : new Map([...split.touched, ...entered.touched, ...made.files]);
  const after = isDone
    ? begun
    : await readRevision(start, { ...addEntriesBesidePins, ...phase }, new Map([...files, ...touched]), read);
  if (!isDone) refuseUnlikeFolded(after, made.folded, start);
  const plain: Files = new Map([...(after.phased?.files ?? []), ...(after.phased?.callers ?? [])]);
  const unphasedFiles: Files = new Map([...files, ...touched, ...plain]);
  const rest = await run(named('add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'), after, unphasedFiles);
  const late = codesThatStop(
    [],
    [{ staged: { ...rest.staged, phases: rest.staged.phases.filter(({ phase: { id } }) => id !== 'clean-up') } }],
  );
  if (late.length > 0) return blocked(late);
  const cleaned: Files = new Map([...touched, ...plain, ...rest.touched]);
  const upgraded = await run(named('upgrade-to-v21'), rest.state, new Map([...files, ...cleaned]));
  const last = rest.staged.phases.find(({ phase: { id } }) => id === 'clean-up');
  const isBlocked = last?.status === 'blocked';
  const revisions: readonly Revision[] = [
    ...split.staged.revisions,
    ...(isDone ? [] : [{ phase: phase.id, files: touched }]),
    ...(isBlocked ? [] : [{ phase: 'clean-up' as const, files: cleaned }]),
    ...(isBlocked
      ? []
      : upgraded.staged.revisions.map(one => ({ ...one, files: new Map([...cleaned, ...one.files]) }))),
  ];
  const chapters = start.phased
    ? await chaptersFromStart(start.phased)
    : [...entered.staged.phases, ...rest.staged.phases];
  return {
    sourcePhase: phaseBefore,
    revisions,
    phases: [
      ...split.staged.phases,
      {
        phase,
        status: isDone ? 'done' : 'ready',
        changes: isDone ? [] : made.changes,
        blockedBy: [],
        runbook: perEnvironmentRunbook((begun.calls ?? []).length > 0),
      },
      ...reachedByValue(chapters, phaseReached(named(...phasesByValue), begun), begun),
      ...(last ? [isBlocked ? last : cleanUpPhase(last, rest)] : []),
      ...(isBlocked ? [] : upgraded.staged.phases),
    ],
    remarks: [...remarks, ...rest.staged.remarks, ...upgraded.staged.remarks],
  };
};

/** Where entries were handed over before, those of phase 2 go out of the calls; else the module does not take the variable. */
const beforeInCallers = (start: State, files: Files, { kept }: Phased): Files =>
  kept.length === 0
    ? new Map()
    : applyAll(
        files,
        callsOf(start).flatMap(({ cluster: { existing } }) =>
          existing.argument ? withoutNew(existing.argument.value, new Set(kept), existing.argument.in.text) : [],
        ),
      );

/** Clean-up takes the variable out, and does what the phases would have done by then. */
const cleanUpPhase = ({ phase: last }: StagedPhase, { staged }: PhasesRun): StagedPhase => ({
  phase: last,
  status: 'ready',
  changes: staged.phases.flatMap(({ changes }) => changes),
  blockedBy: [],
  runbook: cleanUpRunbook(staged.phases.find(({ phase: { id } }) => id === last.id)?.runbook),
});

/** What phase 2 adds at top level, and to the entries of each cluster. */
const addedBy = (entering: readonly Phase[], begun: State, { touched }: PhasesRun): ReadonlySet<string> =>
  new Set(touched.size === 0 ? [] : entering.flatMap(one => one.plan(begun).adds ?? []));

const codesThatStop = (found: readonly Diagnostic[], runs: readonly Pick<PhasesRun, 'staged'>[]): readonly Code[] => [
  ...new Set([
    ...stopping(found, phase.id),
    ...runs.flatMap(({ staged }) => staged.phases.flatMap(({ blockedBy }) => blockedBy)),
  ]),
];
