import type { PhaseId } from '../diagnostics/index.ts';
import type { Emit } from '../parser/source.ts';
import type { FormatName } from '../report/formats/names.ts';

/** Flags that `convert` and `status` share. */
export type ModuleFlags = {
  readonly config?: string;
  readonly existing?: string;
  readonly awsAuth?: string;
  readonly ssoRegion?: string;
  readonly runner?: string;
  readonly varFiles: readonly string[];
  readonly emit: Emit;
  readonly to?: 'v21';
  readonly clusterCreatorAdmin: boolean;
  readonly format: FormatName;
  readonly color: boolean;
  readonly quiet: boolean;
};

export type ConvertFlags = ModuleFlags & {
  readonly paths: readonly string[];
  readonly out?: string;
  readonly write: boolean;
  readonly diff: boolean;
  readonly phase?: PhaseId;
  readonly acceptUnverified: boolean;
  /** Pass over root modules that do not wait for the phase. */
  readonly whereDue: boolean;
};

export type StatusFlags = ModuleFlags & { readonly path: string };

export type ImportBlocksFlags = ModuleFlags & {
  readonly path: string;
  readonly clusterName?: string;
  readonly moduleAddress?: string;
};

export type ExplainFlags = { readonly code: string };

/** The path that stands for stdin. */
export const stdinPath = '-';
