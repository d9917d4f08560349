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

/** The live cluster's entries (`--existing`). */
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
export type Said = Pick<Snapshot, 'entries' | 'managed'> & { readonly policies: readonly Policies[] };

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
