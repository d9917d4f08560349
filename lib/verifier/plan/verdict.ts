import type { Diagnostic, PhaseId } from '../../diagnostics/index.ts';
import type { JudgedChange } from './phase-changes.ts';

/** What a plan does, judged for one phase. `fits` is false for a plan that cannot be read. */
export type PlanVerdict = {
  /** Not there where nothing says which it is. Of calls at different phases that of the first one in which something changes. */
  readonly phase?: PhaseId;
  /** Calls at different phases, each of which was judged for its own. */
  readonly calls?: readonly { readonly call: string; readonly phase: PhaseId }[];
  readonly fits: boolean;
  readonly engineVersion?: string;
  readonly clusters: readonly PlanCluster[];
  readonly changes: readonly PlanChange[];
  readonly diagnostics: readonly Diagnostic[];
};

export type PlanCluster = {
  readonly address: string;
  readonly modeBefore: string | null;
  readonly modeAfter: string | null;
};

export type PlanChange = {
  readonly address: string;
  readonly type: string;
  readonly actions: string;
  readonly previousAddress?: string;
  readonly importing: boolean;
  readonly verdict: JudgedChange['verdict'];
};
