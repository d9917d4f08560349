import type { Code, Diagnostic, PhaseId } from '../diagnostics/index.ts';
import type { Phase, PhaseRunbook } from './phase.ts';

/** The files at the end of a phase. `files` holds every file touched so far, whole, by path. */
export type Revision = { readonly phase: PhaseId; readonly files: ReadonlyMap<string, string> };

export type StagedPhase = {
  readonly phase: Pick<Phase, 'id' | 'title'>;
  readonly status: 'done' | 'ready' | 'blocked' | 'nothing-to-change';
  readonly changes: readonly string[];
  readonly blockedBy: readonly Code[];
  /** The phase belongs into another root module, which has the cluster. */
  readonly elsewhere?: boolean;
  /** An expression of the author's decides whether it is done, and that is not known. */
  readonly isUndecided?: boolean;
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
