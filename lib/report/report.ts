import type { Code, PhaseId, Severity } from '../diagnostics/index.ts';
import type { RowList } from '../parser/aws-auth/row.ts';
import type { Disposition, EntryForm, EntryType } from '../transformer/entry.ts';

/**
 * What a run found, as data: `report.json` and `--format json`. A versioned contract: fields are added within a version,
 * never changed or removed. Paths are relative to the root module; lines and columns count from 1. Written out, as all types of the
 * public API are: those of zod do not compile without the types of Node or the DOM.
 */
export type Report = {
  version: 1;
  /** What was given beside the source, by flags and configs; not there where nothing was. */
  settings?: ReportSettings;
  /** The last phase found done in the source; null when none is. */
  sourcePhase: PhaseId | null;
  clusters: ReportCluster[];
  counts: ReportCounts;
  rows: ReportRow[];
  /** The lists whose rows are unknown until plan. They are in no count of `counts`. */
  lists: ReportList[];
  phases: ReportPhase[];
  /** The environments that were named, each with its file of variable values, and those who call the module, each with the file of its call. */
  environments?: ReportEnvironment[];
  diagnostics: ReportDiagnostic[];
};

export type ReportSettings = {
  /** The config files that were read, the nearest first. */
  configs: string[];
  emit: 'module' | 'resources' | 'aws-cli';
  ssoRegion?: string;
  runner?: string;
};

export type ReportCluster = {
  module: string;
  file: string;
  moduleVersion: string | null;
  mode: string | null;
  awsAuth: string | null;
};

export type ReportCounts = { rows: number; converted: number; leftToEks: number; dropped: number; blocked: number };

export type ReportRow = {
  cluster: string | null;
  list: RowList;
  index: number;
  /** Set where the row stands in the live ConfigMap, in mapRoles, mapUsers or mapAccounts, and not in the source. */
  from?: 'config-map';
  file: string;
  line: number;
  principal: string;
  disposition: Disposition;
  reason: string;
  key?: string;
  form?: EntryForm;
  type?: EntryType;
  policies?: string[];
  groups?: string[];
  username?: string;
  /** What the row itself says. */
  row?: ReportRights & { /** HCL of the conditions under which it is there. */ condition?: string };
  /** The entry that the principal has in the end: the one that phase 2 adds, or one that is there already. */
  entry?: ReportEntry;
  codes: Code[];
};

/** HCL as it is written, and beside it the text, where the source tells it. */
export type ReportRights = {
  groups?: { source: string; items?: string[] };
  username?: { source: string; text?: string };
};

export type ReportEntry = ReportRights & {
  /** Where it is already; absent for one that is to be added. */
  exists?: string;
  /** Absent where it cannot be read. */
  type?: string;
  principal?: string;
  policies: ReportPolicy[];
  /** Nothing is left out of the policies and the groups. */
  whole: boolean;
  /** HCL of the conditions under which it is there. */
  condition?: string;
};

/** `namespaces` of the scope `namespace`. */
export type ReportPolicy = { name: string; scope: string; namespaces: string[] };

export type ReportList = {
  cluster: string | null;
  list: RowList;
  /** Where it stands: `aws_auth_roles`, or `mapRoles` of a resource. */
  argument: string;
  file: string;
  line: number;
  /** HCL of the list, or of the part of it that is not known. */
  source: string;
  /** How many rows it has. */
  rows: 'unknown until plan';
  disposition: Disposition;
  form?: EntryForm;
  /** Its rows with the values of variables that were given. */
  given?: GivenRow[];
};

export type GivenRow = { principal: string; disposition: Disposition; reason: string; codes: Code[] };

export type ReportEnvironment = {
  name: string;
  file: string;
  /** Where it is by the variable of the source; null where the source has none, or the file says something else. */
  phase: number | null;
  /** The call that gives the phase, where it is that of a caller of the module. */
  call?: string;
  /** HCL of what gives the phase, or words; absent where it is a number in the file. */
  given?: string;
  /** The call gives none, so that its phase is the default of the variable. */
  byDefault?: true;
  /** The mode of each cluster whose mode is an expression; null where the values do not tell. */
  modes?: { cluster: string; mode: string | null }[];
};

export const phaseStatuses = ['done', 'ready', 'blocked', 'nothing-to-change'] as const;

export type ReportPhase = {
  number: number;
  id: PhaseId;
  /** What it is for, in a sentence without its full stop. */
  title?: string;
  /** Whether it can be undone, and how long it is to stay before the next one; absent for a phase that is done. */
  undo?: string;
  wait?: string;
  /** `ready`: nothing blocks the phase, and `convert` writes its revision. */
  status: (typeof phaseStatuses)[number];
  changes: string[];
  blockedBy: Code[];
};

export type ReportDiagnostic = {
  code: Code;
  severity: Severity;
  message: string;
  hint?: string;
  /** Lines for the config, as JSON, of which each settles it. What only a person knows stands in them as `<words>` or `...`. */
  decisions?: string[];
  file?: string;
  line?: number;
  column?: number;
  endLine?: number;
  endColumn?: number;
  url: string;
};

export const countRows = (rows: readonly { readonly disposition: Disposition }[]): ReportCounts => {
  const count = (wanted: Disposition): number => rows.filter(({ disposition }) => disposition === wanted).length;
  return {
    rows: rows.length,
    converted: count('converted'),
    leftToEks: count('left-to-eks'),
    dropped: count('dropped'),
    blocked: count('blocked'),
  };
};

/** The report of a run that ended before it knew anything about the module. */
export const emptyReport = (diagnostics: ReportDiagnostic[]): Report => ({
  version: 1,
  sourcePhase: null,
  clusters: [],
  counts: countRows([]),
  rows: [],
  lists: [],
  phases: [],
  diagnostics,
});
