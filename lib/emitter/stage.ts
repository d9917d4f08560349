import { codes, phaseNumber, type Code, type Diagnostic, type PhaseId } from '../diagnostics/index.ts';
import { applyEdits, realign, type Edit } from '../hcl/index.ts';
import { lostComments } from './lost-comments.ts';
import type { Phase, PhaseRunbook, State } from './phase.ts';
import { phases } from './phases/index.ts';
import { readRevision, type ReadRevision } from './read-revision.ts';

/** The files at the end of a phase. `files` holds every file touched so far, whole, by path. */
export type Revision = { readonly phase: PhaseId; readonly files: ReadonlyMap<string, string> };

export type StagedPhase = {
  readonly phase: Phase;
  readonly status: 'done' | 'ready' | 'blocked' | 'nothing-to-change';
  readonly changes: readonly string[];
  readonly blockedBy: readonly Code[];
  /** The phase belongs into another root module, which has the cluster. */
  readonly elsewhere?: boolean;
  /** Of the module as it is before the phase. Absent for a phase that is done. */
  readonly runbook?: PhaseRunbook;
};

export type Staged = {
  /** The last phase found done in the source, all before it done too. */
  readonly sourcePhase: PhaseId | undefined;
  readonly revisions: readonly Revision[];
  readonly phases: readonly StagedPhase[];
  readonly remarks: readonly Diagnostic[];
};

/**
 * Writes one revision after another until a phase is blocked: each phase works on what the one before has written. Without `read`
 * nothing is written, and what a phase would change is told from the source alone.
 */
export const stage = async (
  start: State,
  sources: ReadonlyMap<string, string>,
  found: readonly Diagnostic[],
  read: ReadRevision | undefined,
): Promise<Staged> => {
  const staged: StagedPhase[] = [];
  const revisions: Revision[] = [];
  const remarks: Diagnostic[] = [];
  let state = start;
  let touched: ReadonlyMap<string, string> = new Map();
  for (const phase of asked(start)) {
    const late = read ? lateRefusals(phase, state, found) : [];
    const blockedBy = stopping([...found, ...late], phase.id);
    const concerned = phase.concerns?.(state) ?? true;
    const done = phase.isDone(state);
    const byHand = phase.isByHand?.(state) ?? false;
    // Without an aws-auth call it is not known what still comes in through the ConfigMap: nothing is moved on.
    const isUnknown = start.source.mappings.length === 0 && start.source.live === undefined;
    if ((done && !(byHand && blockedBy.length > 0)) || (isUnknown && !phase.standsAlone && blockedBy.length === 0)) {
      const first = staged.every(own => own.status === 'done' || own.elsewhere);
      staged.push(
        done && first && concerned
          ? { phase, status: 'done', changes: [], blockedBy: [] }
          : {
              phase,
              status: 'nothing-to-change',
              changes: byHand ? phase.changes(state) : [],
              blockedBy: [],
              runbook: phase.runbook(state),
              elsewhere: !concerned,
            },
      );
      continue;
    }
    const runbook = phase.runbook(state);
    if (blockedBy.length > 0) {
      remarks.push(...late);
      staged.push({ phase, status: 'blocked', changes: [], blockedBy, runbook });
      continue;
    }
    staged.push({ phase, status: 'ready', changes: phase.changes(state), blockedBy: [], runbook });
    if (!read) continue;
    remarks.push(...late);
    remarks.push(...(phase.remarks?.(state) ?? []));
    touched = new Map([...touched, ...applyAll(new Map([...sources, ...touched]), phase.edits(state))]);
    const after = await readRevision(start, phase, new Map([...sources, ...touched]), read);
    remarks.push(...lostComments(start, state, after, phase));
    state = after;
    revisions.push({ phase: phase.id, files: touched });
  }
  return { sourcePhase: sourcePhaseOf(start, staged), revisions, phases: staged, remarks };
};

/** The phases that there are in this run. */
const asked = (start: State): readonly Phase[] => phases.filter(({ applies }) => applies?.(start) ?? true);

/** What only an earlier phase of this run has made true. Without a place: the text is that of the revision before, not of the source. */
const lateRefusals = (phase: Phase, state: State, found: readonly Diagnostic[]): readonly Diagnostic[] => {
  const said = new Set(found.map(({ code, message }) => `${code} ${message}`));
  return (phase.refusals?.(state) ?? [])
    .filter(({ code, message }) => !said.has(`${code} ${message}`))
    .map(({ range: _range, ...diagnostic }) => diagnostic);
};

/** The codes that stop a phase, or one before it. */
export const stopping = (diagnostics: readonly Diagnostic[], phase: PhaseId): readonly Code[] => {
  const stops = diagnostics.filter(({ code }) => {
    const { stops: first } = codes[code] as { readonly stops?: PhaseId };
    return first !== undefined && phaseNumber(first) <= phaseNumber(phase);
  });
  return [...new Set(stops.map(({ code }) => code))];
};

/** What is left to do by hand, and blocked, is not done. */
const sourcePhaseOf = (state: State, staged: readonly StagedPhase[]): PhaseId | undefined => {
  const own = asked(state).filter(phase => phase.concerns?.(state) ?? true);
  const blocked = staged.filter(({ status }) => status === 'blocked').map(({ phase }) => phase);
  const open = own.findIndex(phase => !phase.isDone(state) || blocked.includes(phase));
  return own[(open === -1 ? own.length : open) - 1]?.id;
};

const applyAll = (files: ReadonlyMap<string, string>, edits: readonly Edit[]): ReadonlyMap<string, string> => {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) {
    const known = byFile.get(edit.file);
    if (known) known.push(edit);
    else byFile.set(edit.file, [edit]);
  }
  return new Map(
    [...byFile].map(([file, own]) => {
      const before = files.get(file);
      if (before === undefined) throw new Error(`an edit of ${file}, which is no file of the module`);
      return [file, realign(before, applyEdits(before, own))];
    }),
  );
};
