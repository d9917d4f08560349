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

/** The entries of live clusters (`--existing`). Of several, each says of which it is. */
export type Snapshot = {
  readonly file: string;
  readonly entries: readonly LiveEntry[];
  /** What a state that was given says; absent without one. */
  readonly managed?: readonly ManagedObject[];
  /** There is nothing but a state, so entries that EKS or a person made are not known. */
  readonly stateOnly?: true;
};

/** The associations of one principal. */
export type Policies = Pick<LiveEntry, 'clusterName' | 'principalArn'> & { readonly policies: readonly LivePolicy[] };

/** What one document says. A state has `managed`. */
export type Said = Pick<Snapshot, 'entries' | 'managed'> & {
  readonly policies: readonly Policies[];
  /** Region and account of clusters, by their names, as far as they are told. */
  readonly places?: readonly { readonly clusterName: string | undefined; readonly place: string }[];
};

/** The clusters that a snapshot names. One without any name is of one cluster, and nobody knows which. */
export const snapshotClusters = (snapshot: Pick<Snapshot, 'entries'> | undefined): readonly string[] => [
  ...new Set(snapshot?.entries.flatMap(({ clusterName }) => clusterName ?? [])),
];

/** Of which clusters a snapshot is, for a message. */
export const ofClusters = (snapshot: Pick<Snapshot, 'entries'>): string => {
  const names = snapshotClusters(snapshot);
  return `of the cluster${names.length > 1 ? 's' : ''} ${names.join(' and ')}`;
};

/**
 * What a snapshot says of one cluster, beside all that the state has; undefined where that is nothing. `isOnly`: no other cluster is in question, so that a snapshot
 * of one is of this one unless the names differ.
 */
export const partOf = (
  snapshot: Snapshot | undefined,
  name: string | undefined,
  isOnly: boolean,
): Snapshot | undefined => {
  const names = snapshotClusters(snapshot);
  if (snapshot === undefined || (names.length < 2 && (name === undefined || names.length === 0))) {
    return isOnly ? snapshot : undefined;
  }
  if (name === undefined || !names.includes(name)) return undefined;
  const isOf = ({ clusterName = names.length === 1 ? name : undefined }: Pick<LiveEntry, 'clusterName'>): boolean =>
    clusterName === name;
  return { ...snapshot, entries: snapshot.entries.filter(isOf) };
};

export type JsonRecord = Readonly<Record<string, unknown>>;

/** What stands at a path of keys and indexes; undefined where nothing does. */
export const jsonAt = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce((found, step) => (isContainer(found) && Object.hasOwn(found, step) ? found[step] : undefined), value);

export const isContainer = (value: unknown): value is Readonly<Record<string | number, unknown>> =>
  typeof value === 'object' && value !== null;

export const isRecord = (value: unknown): value is JsonRecord => isContainer(value) && !Array.isArray(value);

/** The resources, managed or not, in the values of a state, or in those that are planned, at any depth of modules. */
export const resourcesIn = (values: unknown): readonly JsonRecord[] => {
  const found: JsonRecord[] = [];
  const modules: unknown[] = isRecord(values) ? [values['root_module']] : [];
  for (let module = modules.shift(); module !== undefined; module = modules.shift()) {
    if (!isRecord(module)) continue;
    const { resources, child_modules: children } = module;
    if (Array.isArray(resources)) found.push(...resources.filter(isRecord));
    if (Array.isArray(children)) modules.unshift(...(children as unknown[]));
  }
  return found;
};
