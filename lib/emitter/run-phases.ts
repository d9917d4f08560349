import { stopsPhase, type Code, type Diagnostic, type PhaseId } from '../diagnostics/index.ts';
import { refuseBesideUnit } from './gates/units.ts';
import { lostComments } from './lost-comments.ts';
import type { Phase, PhasePlan, State } from './phase.ts';
import { refuseUncovered, refuseUnlikePlan, readRevision, type ReadRevision } from './read-back.ts';
import { applyEdits, realign, type Edit } from '../hcl/index.ts';
import { groupBy } from '../parser/index.ts';
import type { Transformed } from '../transformer/index.ts';
import type { Staged, StagedPhase, Revision } from './staged.ts';

/** What phases make, one after another, and the module as it is then. */
export type PhasesRun = {
  readonly staged: Staged;
  readonly state: State;
  /** Every file touched, whole, by path. */
  readonly touched: ReadonlyMap<string, string>;
};

/**
 * Makes one revision after another until a phase is blocked: each phase works on what the one before has made. `origin`: the source as it
 * lies there, where the first phase works on what was made of it.
 */
export const runPhases = async (
  phases: readonly Phase[],
  start: State,
  sources: ReadonlyMap<string, string>,
  found: readonly Diagnostic[],
  read: ReadRevision,
  origin: State = start,
): Promise<PhasesRun> => {
  const staged: StagedPhase[] = [];
  const revisions: Revision[] = [];
  const remarks: Diagnostic[] = [];
  let state = start;
  let touched: ReadonlyMap<string, string> = new Map();
  for (const phase of phases) {
    const plan = phase.plan(state);
    const late = unsaid(plan.findings, found);
    const blockedBy = [...new Set([...stopping([...found, ...late], phase.id), ...(plan.blockedBy ?? [])])];
    if (isSettled(phase, plan, blockedBy, state, start)) {
      staged.push(settled(phase, plan, state, staged));
      continue;
    }
    remarks.push(...late);
    if (blockedBy.length > 0) {
      staged.push({ phase, status: 'blocked', changes: [], blockedBy, runbook: plan.runbook });
      continue;
    }
    refuseUncovered(phase, state, start);
    refuseBesideUnit(phase, plan, state);
    const edited = applyAll(new Map([...sources, ...touched]), plan.edits);
    touched = new Map([...touched, ...edited, ...(plan.files ?? [])]);
    const after = await readRevision(start, phase, new Map([...sources, ...touched]), read);
    refuseUnlikePlan(phase, plan, state, after, start);
    staged.push({ phase, status: 'ready', changes: plan.changes, blockedBy: [], runbook: plan.runbook });
    remarks.push(...(plan.notes ?? []), ...lostComments(origin, state, after, phase));
    revisions.push({ phase: phase.id, files: touched });
    state = after;
  }
  const sourcePhase = staged.findLast(({ status }) => status === 'done')?.phase.id;
  return { staged: { sourcePhase, revisions, phases: staged, remarks }, state, touched };
};

/** What only an earlier phase of this run has made true. Without a place: the text is that of the revision before, not of the source. */
const unsaid = (late: readonly Diagnostic[], found: readonly Diagnostic[]): readonly Diagnostic[] =>
  late
    .filter(({ code, message }) => !found.some(said => said.code === code && said.message === message))
    .map(({ range: _range, ...diagnostic }) => diagnostic);

/** The codes that stop a phase, or one before it. */
export const stopping = (diagnostics: readonly Diagnostic[], phase: PhaseId): readonly Code[] => [
  ...new Set(diagnostics.map(({ code }) => code).filter(code => stopsPhase(code, phase))),
];

/**
 * Nothing is to be written for the phase. Without an aws-auth call it is not known what still comes in through the ConfigMap: nothing
 * is moved on then. What is left to do by hand, and blocked, is not done.
 */
const isSettled = (
  phase: Phase,
  plan: PhasePlan,
  blockedBy: readonly Code[],
  state: State,
  { source: { mappings, live } }: State,
): boolean => {
  const isBlocked = blockedBy.length > 0;
  const isUnknown = mappings.length === 0 && live === undefined && !phase.standsAlone;
  // What takes aws-auth out of force is not open while rows have no entry, whoever does it.
  const isOpen =
    plan.isByHand || (phase.needsEntries && (plan.isDecidedElsewhere || state.transformed.some(hasBlocked)));
  return (phase.isDone(state) && !(isOpen && isBlocked)) || (isUnknown && !isBlocked);
};

const hasBlocked = ({ outcomes, lists }: Transformed): boolean =>
  [...outcomes, ...lists].some(({ disposition }) => disposition === 'blocked');

/** Done where all before it is done as well. */
const settled = (phase: Phase, plan: PhasePlan, state: State, before: readonly StagedPhase[]): StagedPhase => {
  const isFirst = before.every(({ status, elsewhere, isUndecided }) => status === 'done' || elsewhere || isUndecided);
  const { undecided = [] } = plan;
  if (phase.isDone(state) && isFirst && !plan.isElsewhere && undecided.length === 0) {
    return { phase, status: 'done', changes: [], blockedBy: [] };
  }
  return {
    phase,
    status: 'nothing-to-change',
    changes: [...(plan.isByHand ? plan.changes : []), ...undecided],
    blockedBy: [],
    runbook: plan.runbook,
    elsewhere: plan.isElsewhere ?? false,
    isUndecided: undecided.length > 0,
  };
};

/** The files that the edits touch, as they are afterwards. */
export const applyAll = (files: ReadonlyMap<string, string>, edits: readonly Edit[]): ReadonlyMap<string, string> =>
  new Map(
    [...groupBy(edits, ({ file }) => file)].map(([file, edited]) => {
      const before = files.get(file);
      if (before === undefined) throw new Error(`an edit of ${file}, which is no file of the module`);
      return [file, realign(before, applyEdits(before, edited))];
    }),
  );
