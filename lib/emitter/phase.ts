import type { ConfigFile } from '../config/index.ts';
import type { Code, Diagnostic, PhaseId, Range } from '../diagnostics/index.ts';
import type { Edit } from '../hcl/index.ts';
import type { CallerPlace, Handed, NumberedCall, PhasedSource, Source } from '../parser/index.ts';
import type { Transformed, TransformOptions } from '../transformer/index.ts';
import type { LiveGate } from './runbook/live-gate.ts';

export type { LiveGate };

export type EmitOptions = Omit<TransformOptions, 'variables'> & {
  /** Directory, from the root module on, of the module that converts rows at plan time. */
  readonly entriesModule?: string;
  /** How a command in the root module names the config, where it is not beside it. */
  readonly configFile?: string;
  /** What a command in the root module calls a file that messages call so; `-` is stdin. */
  readonly pathFromModule?: (file: string) => string;
  /** What a command in the root module calls the directory in which the result is staged. */
  readonly outFromModule?: string;
  /**
   * The way from each root module that calls this one to it, where all have the same: commands of the runbook run there. Other paths here
   * are from the module on.
   */
  readonly wayToModule?: string;
  /** Values of variables that were given, by file. */
  readonly variableFiles?: ReadonlyMap<string, string>;
  /** The file of values of each environment, by path. */
  readonly environments?: ReadonlyMap<string, string>;
  /** The files of which the config is put together, the nearest first. */
  readonly configs?: readonly ConfigFile[];
  /** The version of the module to end at. */
  readonly to?: 'v21';
  /** One revision for all environments of the source, in which a variable says at which phase each is. */
  readonly perEnvironment?: boolean;
  /** The root modules that call this one. */
  readonly callers?: readonly CallerPlace[];
};

/** A root module at some point of the migration, and what its rows become from there. */
export type State = {
  readonly source: Source;
  readonly transformed: readonly Transformed[];
  readonly options: EmitOptions;
  /** Whose rows become entries in the calls of this module; absent where nobody's do. */
  readonly handed?: Handed;
  /** Who calls this module, by whichever rows. */
  readonly calls?: readonly NumberedCall[];
  /** What says that a caller writes aws-auth itself, so that the ConfigMap stays in use whatever this module does. */
  readonly writersBeside?: readonly Diagnostic[];
  /** Set where a variable of the source says at which phase an environment is: the module is read as it is without. */
  readonly phased?: Phased;
  /** What is known of modes that are expressions, by the address of the cluster. Absent where nobody asks. */
  readonly modes?: ReadonlyMap<string, readonly KnownMode[]>;
};

/** What an expression gives in an environment or a call; `of` is absent where the defaults of the module alone tell. */
export type KnownMode = { readonly value: string | undefined; readonly of?: string };

/**
 * `files` are those that read otherwise without the variable; `place` finds a range of them in the text of the author. `callers` are
 * files of callers without the numbers in their calls.
 */
export type Phased = PhasedSource & {
  readonly files: ReadonlyMap<string, string>;
  readonly callers: ReadonlyMap<string, string>;
  readonly place: (range: Range) => Range;
};

/** What the source says against a phase, beyond its rows. A code names the phase it stops. */
export type SourceGate = (state: State) => readonly Diagnostic[];

/** One step of the migration. It looks at the source as it stands and changes what is missing, so done twice it changes nothing. */
export type Phase = {
  readonly id: PhaseId;
  readonly title: string;
  /** It is not about aws-auth, so that it is done also where no aws-auth call is known. */
  readonly standsAlone?: boolean;
  /** It takes access from rows that have no entry. */
  readonly needsEntries?: boolean;
  /** What is asked of the source before any phase is written. */
  readonly gates: readonly SourceGate[];
  /** Whether the source has all of it. */
  readonly isDone: (state: State) => boolean;
  readonly plan: (state: State) => PhasePlan;
};

/** What a phase makes of the source as it stands. */
export type PhasePlan = {
  readonly edits: readonly Edit[];
  /** Files to write beside those of the root module, whole, by path. */
  readonly files?: ReadonlyMap<string, string>;
  /** What the edits do, one line each, for the report. */
  readonly changes: readonly string[];
  /** What the source says against it at this point, beyond the gates. The code of an error names the phase. */
  readonly findings: readonly Diagnostic[];
  readonly runbook: PhaseRunbook;
  /** What is at top level, by address, once the edits are made, and what is no more. */
  readonly adds?: readonly string[];
  readonly removes?: readonly string[];
  /** The calls that have no rows once the edits are made. */
  readonly silences?: readonly string[];
  /** The codes that leave nothing to write. */
  readonly blockedBy?: readonly Code[];
  /** The phase changes another root module, which has the cluster. */
  readonly isElsewhere?: boolean;
  /** A person does it, or a part of it: Terraform does not manage what changes. */
  readonly isByHand?: boolean;
  /** An expression of the author's decides whether it is done, and a person has to give it another value. */
  readonly isDecidedElsewhere?: boolean;
  /** What such expressions must give, one line each, where it is not known that they do. */
  readonly undecided?: readonly string[];
  /** Worth a note once the phase is written. */
  readonly notes?: readonly Diagnostic[];
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
  /** What installs the modules and providers that the phase writes, before its plan. */
  readonly init?: string;
  /** What the command of the plan has beside its usual flags. Begins with a space. */
  readonly planFlags?: string;
  /** Before the apply. */
  readonly liveGates: readonly LiveGate[];
  /** Commands of the tool that compare what the gates have collected. */
  readonly compare?: readonly string[];
  /** What is asked of the plan itself, before it is applied. */
  readonly planGates?: readonly LiveGate[];
  /** What the plan must show, one line each. */
  readonly plan: readonly string[];
  /** After the apply. */
  readonly verify: readonly LiveGate[];
  readonly back: readonly string[];
  /** Commands of the way back. */
  readonly backCommands?: readonly string[];
  /** Commands for a state that has to forget, or to take in again, before a plan of the way back ends. */
  readonly stateBack?: readonly string[];
  /** IAM actions the apply needs. */
  readonly permissions: readonly string[];
  /** Commands that repair an apply that stopped half-way. */
  readonly recovery?: readonly string[];
  /** How Terraform adopts what a killed apply made and the state does not have; the file is to be removed once it is applied. */
  readonly adopt?: { readonly commands: readonly string[]; readonly file?: string };
};
