import type { Config } from '../../config/config.ts';
import { defined, diagnose, exitStatus, Refusal, refusalOf, type Diagnostic } from '../../diagnostics/index.ts';
import { readAwsAuthFile } from '../../parser/aws-auth/live/read-config-map.ts';
import type { AwsAuth } from '../../parser/aws-auth/live/aws-auth.ts';
import { readSnapshot } from '../../parser/entries/read-snapshot.ts';
import { partOf, snapshotClusters, ofClusters, type Snapshot } from '../../parser/entries/snapshot.ts';
import { readNames } from '../../parser/kubernetes/read-names.ts';
import { createBoundBy, type BoundBy } from './bindings.ts';
import { decidedBy } from './decided.ts';
import { comparePrincipals, type AccessVerdict, type Compared } from './principals.ts';
import { grantText, type GrantedAccess } from './rights.ts';
import { accessRules } from './rules.ts';

export type { GrantedAccess };

export type AccessOptions = {
  /** The cluster that the ConfigMap is of, by its name in EKS, where the entries are of several. */
  readonly clusterName?: string;
  /**
   * The bindings: `kubectl get clusterrolebindings,rolebindings -A -o json`, and beside them admission policies and webhooks, policies of
   * Kyverno and Gatekeeper, and FlowSchemas.
   */
  readonly rbac?: string;
  /** What a person decided about principals and groups, as for `convert`: what it gives up is no loss. */
  readonly config?: Config;
  /** How messages name the three inputs. */
  readonly files?: { readonly awsAuth?: string; readonly existing?: string; readonly rbac?: string };
};

/** Who keeps, loses or gains access when entries are all there is. `keepsAccess` is false where an input cannot be read. */
export type AccessResult = {
  readonly keepsAccess: boolean;
  readonly read: boolean;
  /** Rows of which it is not known whether EKS reads them, as `mapRoles[0]`: who comes in by one is in no verdict. */
  readonly mayCount: readonly string[];
  readonly principals: readonly PrincipalAccess[];
  /** The usernames and groups of the rows, and what is bound to them; undefined without bindings. */
  readonly subjects?: readonly SubjectBindings[];
  readonly diagnostics: readonly Diagnostic[];
};

export type PrincipalAccess = {
  readonly principal: string;
  readonly verdict: AccessVerdict;
  /** Places in the ConfigMap, as `mapRoles[0]`. */
  readonly rows: readonly string[];
  readonly before: GrantedAccess | null;
  readonly after: (GrantedAccess & { readonly type: string }) | null;
  readonly lost: readonly string[];
  readonly gained: readonly string[];
};

export type SubjectBindings = {
  readonly kind: 'User' | 'Group';
  readonly name: string;
  readonly boundBy: readonly string[];
};

/**
 * Compares the text of the live ConfigMap aws-auth with the text of the live entries, as the authenticator reads both. Only
 * programming errors throw.
 */
export const verifyAccess = async (
  awsAuth: string,
  existing: string,
  options: AccessOptions = {},
): Promise<AccessResult> => {
  const { rbac, config = {}, clusterName } = options;
  const files = {
    awsAuth: 'aws-auth.yaml',
    existing: 'entries.json',
    rbac: 'rbac.json',
    ...defined(options.files ?? {}),
  };
  try {
    const rows = withoutDropped((await readAwsAuthFile(files.awsAuth, awsAuth)).awsAuth, config);
    const snapshot = ofOneCluster(readSnapshot(files.existing, existing), clusterName);
    const compared = comparePrincipals(rows, snapshot, decidedBy(config));
    const names = rbac === undefined ? undefined : await readNames(files.rbac, rbac);
    const boundBy = names && createBoundBy(names.bindings);
    const context = { awsAuth: rows, compared, boundBy, masters: names?.masters ?? [] };
    const diagnostics = accessRules.flatMap(rule => rule(context));
    return {
      keepsAccess: exitStatus(diagnostics) === 0,
      read: true,
      mayCount: rows.skipped.filter(row => row.mayCount).map(({ list, index }) => `${list}[${index}]`),
      principals: compared.map(principalAccess),
      ...defined({ subjects: boundBy && subjectsOf(rows, boundBy) }),
      diagnostics,
    };
  } catch (error) {
    return { keepsAccess: false, read: false, mayCount: [], principals: [], diagnostics: refusalOf(error) };
  }
};

/** A ConfigMap is of one cluster and does not say which. The entries of another would grant nothing there. */
const ofOneCluster = (snapshot: Snapshot, clusterName: string | undefined): Snapshot => {
  const clusters = snapshotClusters(snapshot);
  const { file: path } = snapshot;
  const part = partOf(snapshot, clusterName, true);
  if (part) return part;
  if (clusterName !== undefined) {
    const reason = `it is ${ofClusters(snapshot)}, not of ${clusterName}`;
    throw new Refusal(diagnose('TAE010', { path, reason }));
  }
  const reason = 'a ConfigMap is of one cluster';
  const advice = 'Name the cluster that the ConfigMap is of with --cluster-name.';
  throw new Refusal(diagnose('TAE115', { path, clusters: clusters.join(' and '), reason, advice }));
};

/** An account is dropped by its id. */
const withoutDropped = (awsAuth: AwsAuth, { drop = [] }: Config): AwsAuth => ({
  ...awsAuth,
  accounts: awsAuth.accounts.filter(account => !drop.some(({ principal }) => principal === account)),
});

const principalAccess = ({ principal, verdict, before, entry, after, ...more }: Compared): PrincipalAccess => ({
  principal,
  verdict,
  rows: more.rows.map(({ list, index }) => `${list}[${index}]`),
  before: before[0] ?? null,
  after: after === undefined || entry === undefined ? null : { type: entry.type, ...after },
  lost: more.lost.map(grantText),
  gained: more.gained.map(grantText),
});

const subjectsOf = ({ rows }: AwsAuth, boundBy: BoundBy): readonly SubjectBindings[] => {
  const users = [...new Set(rows.map(({ username }) => username))].filter(name => name !== '').toSorted();
  const groups = [...new Set(rows.flatMap(row => row.groups))].filter(name => name !== '').toSorted();
  return [
    ...groups.map(name => ({ kind: 'Group' as const, name, boundBy: boundBy({ kind: 'group', name }) })),
    ...users.map(name => ({ kind: 'User' as const, name, boundBy: boundBy({ kind: 'username', name }) })),
  ];
};
