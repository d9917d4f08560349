import type { Config } from '../config/index.ts';
import type { Diagnostic, PhaseId } from '../diagnostics/index.ts';
import type { Edit } from '../hcl/index.ts';
import type { Emit, Snapshot, Source } from '../parser/index.ts';
import type { Transformed } from '../transformer/index.ts';

export type EmitOptions = {
  readonly config: Config;
  readonly snapshot?: Snapshot;
  readonly runner?: string;
  readonly clusterCreatorAdmin?: boolean;
  readonly emit?: Emit;
  /** The version of the module to end at. */
  readonly to?: 'v21';
};

/** A root module at some point of the migration, and what its rows become from there. */
export type State = {
  readonly source: Source;
  readonly transformed: readonly Transformed[];
  readonly options: EmitOptions;
  /** Loaded only where the way to version 21 is asked for: its tables are large. */
  readonly v21?: typeof import('./phases/upgrade-to-v21/index.ts');
  /** How aws-auth leaves an eks call, where one has it: its tables are large. */
  readonly split?: typeof import('./phases/split-aws-auth/index.ts');
};

/** A command to run before a phase is applied, and what it must print. */
export type LiveGate = { readonly what: string; readonly command?: string; readonly expect: string };

/**
 * One step of the migration. A phase looks at the source as it stands and changes what is missing, so done twice it changes
 * nothing. The texts go into the runbook.
 */
export type Phase = {
  readonly id: PhaseId;
  readonly title: string;
  /** Whether the migration of this source has the phase at all (default). */
  readonly applies?: (start: State) => boolean;
  /** It is not about aws-auth, so that it is done also where no aws-auth call is known. */
  readonly standsAlone?: boolean;
  /** Whether the phase changes anything in this root module (default): of a cluster that is elsewhere the mode is not here. */
  readonly concerns?: (state: State) => boolean;
  /** Whether a person does it, or a part of it: Terraform does not manage what changes. */
  readonly isByHand?: (state: State) => boolean;
  readonly isDone: (state: State) => boolean;
  readonly edits: (state: State) => readonly Edit[];
  /** What the edits do, one line each, for the report. */
  readonly changes: (state: State) => readonly string[];
  /** Worth a note once the phase is written. */
  readonly remarks?: (state: State) => readonly Diagnostic[];
  /** What the source says against it at this point. The code of an error names the phase. */
  readonly refusals?: (state: State) => readonly Diagnostic[];
  readonly runbook: (state: State) => PhaseRunbook;
};

/** `heading` is a line above the commands, `note` says why the source does not change. */
export type ByHand = { readonly heading: string; readonly note: string; readonly commands: readonly string[] };

export type PhaseRunbook = {
  /** What a person does in place of an apply, or beside it. */
  readonly byHand?: ByHand;
  /** Of a phase that a script does: how to run it, what it prints, and the commands that undo it. */
  readonly script?: {
    readonly run: readonly string[];
    readonly prints: readonly string[];
    readonly undo: readonly string[];
  };
  /** Before the apply. */
  readonly liveGates: readonly LiveGate[];
  /** What the plan must show, one line each. */
  readonly plan: readonly string[];
  /** After the apply. */
  readonly verify: readonly LiveGate[];
  readonly back: readonly string[];
  /** Commands of the way back. */
  readonly backCommands?: readonly string[];
  /** IAM actions the apply needs. */
  readonly permissions: readonly string[];
  /** Commands that repair an apply that stopped half-way. */
  readonly recovery?: readonly string[];
};
