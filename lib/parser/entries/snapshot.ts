import type { Range } from '../../diagnostics/index.ts';

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

/** An entry that Terraform manages, or with `policyArn` an association, and where the state has it. */
export type ManagedObject = {
  readonly address: string;
  readonly principalArn: string;
  readonly policyArn?: string;
  readonly clusterName?: string;
};

/** The live cluster's entries (`--existing`). `range` is for messages about the file. */
export type Snapshot = {
  readonly file: string;
  readonly entries: readonly LiveEntry[];
  readonly range?: Range;
  /** What a state that was given says; absent without one. */
  readonly managed?: readonly ManagedObject[];
  /** There is nothing but a state, so entries that EKS or a person made are not known. */
  readonly stateOnly?: true;
};

/** The cluster that a snapshot is of: all its entries are of one. Undefined where none of them names it. */
export const snapshotCluster = (snapshot: Pick<Snapshot, 'entries'> | undefined): string | undefined =>
  snapshot?.entries.find(({ clusterName }) => clusterName !== undefined)?.clusterName;

/** Whether a snapshot is of the cluster with a name; undefined where one of them does not say its name. */
export const isSnapshotOf = (
  snapshot: Pick<Snapshot, 'entries'> | undefined,
  name: string | undefined,
): boolean | undefined => {
  const live = snapshotCluster(snapshot);
  return live === undefined || name === undefined ? undefined : live === name;
};

/** What one document says: an entry, or the associations of one. */
export type SnapshotPart =
  | { readonly kind: 'entry'; readonly entry: LiveEntry }
  | {
      readonly kind: 'policies';
      readonly clusterName?: string;
      readonly principalArn: string;
      readonly policies: readonly LivePolicy[];
    };

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Every item read, or nothing when one of them cannot be. */
export const list = <Item>(value: unknown, read: (item: unknown) => Item | undefined): Item[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(read);
  return items.every(item => item !== undefined) ? items : undefined;
};
