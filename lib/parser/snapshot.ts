import type { Range } from '../diagnostics/index.ts';

/** One access entry of the live cluster, as the AWS CLI prints it. */
export type LiveEntry = {
  readonly clusterName?: string;
  readonly principalArn: string;
  readonly type: string;
  readonly username?: string;
  readonly groups: readonly string[];
  /** Unknown when the snapshot holds the entry without its associations. */
  readonly policies?: readonly LivePolicy[];
};

export type LivePolicy = {
  readonly policyArn: string;
  readonly scope: 'cluster' | 'namespace';
  readonly namespaces: readonly string[];
};

/** The live cluster's entries (`--existing`). `range` is for messages about the file. */
export type Snapshot = { readonly file: string; readonly entries: readonly LiveEntry[]; readonly range?: Range };
