import { configName } from '../../config/config.ts';
import { clusterAdminPolicy, parsePrincipalArn } from '../../eks/index.ts';
import { markdownCode, markdownText } from '../../escape/markdown.ts';
import { shellQuote } from '../../escape/shell.ts';
import { clusterNamePattern } from '../../config/patterns.ts';
import type { Cluster } from '../../parser/index.ts';
import { involvedClusters } from '../involved.ts';
import type { LiveGate, State } from '../phase.ts';
import type { AccessEntry } from '../../transformer/index.ts';

/** The names of the clusters, for a shell. One that the source does not tell is a variable, which the runbook's head sets. */
export const clusterNames = (state: State, only = involvedClusters(state)): readonly string[] => {
  const clusters = involvedClusters(state);
  return only.map(({ name, label }) =>
    shellName(clusters.length === 1 ? (state.options.config.clusterName ?? name) : name, label, clusters.length),
  );
};

const shellName = (name: string | undefined, label: string, count: number): string => {
  if (name !== undefined) return shellQuote(name);
  return count === 1 ? unnamed : `"$CLUSTER_NAME_${label.toUpperCase().replace(/\W/g, '_')}"`;
};

/** A cluster, as the commands of the runbook reach it. */
export type NamedCluster = {
  readonly cluster?: Cluster;
  /** For a shell. */
  readonly name: string;
  /** kubectl, with a context where there are several clusters: else nobody sees which one answers. */
  readonly kubectl: string;
  readonly alias: string;
  /** The file that keeps its ConfigMap. */
  readonly backup: string;
  /** Which one it is, as ` of module.blue`, where there are several. */
  readonly of: string;
  /** Whether another cluster here has its name: they are in different regions or accounts, and a command goes to whichever is set. */
  readonly hasTwin?: true;
};

export const namedClusters = (state: State): readonly NamedCluster[] => {
  const clusters = involvedClusters(state);
  const isOnly = clusters.length === 1 && state.source.clusters.length < 2;
  return clusters.map(cluster => {
    const { name: told = '', label, address } = cluster;
    const hasTwin = told !== '' && clusters.some(other => other !== cluster && other.name === told);
    const isClear = clusterNamePattern.test(told) && !hasTwin;
    const alias = isClear ? told : label;
    return {
      cluster,
      name: clusterNames(state, [cluster])[0] ?? unnamed,
      kubectl: isOnly ? 'kubectl' : `kubectl --context ${alias}`,
      alias,
      backup: isOnly ? configMapBackup : `aws-auth-backup-${alias}.yaml`,
      of: isOnly ? '' : ` of ${markdownText(address)}`,
      ...(hasTwin ? { hasTwin } : {}),
    };
  });
};

const unnamed = '"$CLUSTER_NAME"';

/** Where none is in sight, the one that the variables name. */
export const clustersOrOne = (state: State): readonly NamedCluster[] => {
  const found = namedClusters(state);
  return found.length > 0 ? found : [{ name: unnamed, kubectl: 'kubectl', alias: '', backup: configMapBackup, of: '' }];
};

/** ` of module.blue`, where there are several clusters. */
export const ofCluster = (state: State, cluster: Cluster | undefined): string =>
  namedClusters(state).find(one => one.cluster === cluster)?.of ?? '';

/** For a plan that shows another cluster, too, which is not migrated. Begins with a space. */
export const clusterFlag = (state: State): string => {
  const [one, ...others] = namedClusters(state);
  return one?.cluster?.name === undefined || one.of === '' || others.length > 0 ? '' : ` --cluster-name ${one.name}`;
};

export const modeGate = (cluster: string, mode: string): LiveGate => ({
  what: `The mode of the cluster is ${markdownText(mode)}.`,
  command: `aws eks describe-cluster --name ${cluster} --query cluster.accessConfig.authenticationMode --output text`,
  expect: markdownText(mode),
});

export const adminGates = (state: State): readonly LiveGate[] =>
  clustersOrOne(state).map(({ kubectl, of }) => ({
    what: `One admin entry${of} exists outside of this change: the one EKS made for whoever created the cluster, or one you make for a break-glass role. Sign in with it once.`,
    command: `${kubectl} auth can-i '*' '*'`,
    expect: 'yes',
  }));

export const policiesGate: LiveGate = {
  what: 'The access policies exist in this partition.',
  command: `aws eks list-access-policies --query 'accessPolicies[].name' --output text`,
  expect: `${clusterAdminPolicy} among them`,
};

/** Asks IAM for the principal, which fails when it does not exist; `expect` shows the path. */
export const principalGate = (entry: AccessEntry): LiveGate => {
  const arn = entry.principalArn === undefined ? undefined : parsePrincipalArn(entry.principalArn);
  if (entry.lookup) {
    const { roleName } = entry.lookup;
    return {
      what: `The role ${markdownCode(roleName)} is there exactly once. The plan looks it up, and fails otherwise.`,
      command: `aws iam get-role --role-name ${shellQuote(roleName)} --query Role.Arn --output text`,
      expect: `one ARN with the path /aws-reserved/sso.amazonaws.com/`,
    };
  }
  if (!arn || !entry.principalArn) {
    return {
      what: `${markdownCode(entry.principalSource)} is the ARN of a principal that exists, with its path. If it is a role with a path, its row grants nothing today, and the entry would.`,
      expect: 'the plan shows the ARN as principal_arn, or "known after apply" where this apply makes the role',
    };
  }
  const [noun, query] = arn.kind === 'user' ? ['user', 'User.Arn'] : ['role', 'Role.Arn'];
  return {
    what: `${markdownText(entry.principalArn)} exists, with that path (ask in account ${arn.account}).`,
    command: `aws iam get-${noun} --${noun}-name ${shellQuote(arn.name)} --query ${query} --output text`,
    expect: markdownText(entry.principalArn),
  };
};

/** The config files that were read, as a command in the root module names them, the nearest first. */
export const configNames = ({ configFile, configs = [] }: State['options']): readonly string[] =>
  configFile === undefined ? configs.flatMap(({ name }) => name ?? []) : [configFile];

/** What is judged beside the config needs it only where it decides about rows, or whose they are. Begins with a space. */
export const configFlag = ({ options }: State): string => {
  const { config } = options;
  const names = configNames(options);
  const { accept = [], drop = [], principals = {}, groups = {}, pair = {} } = config;
  const decides = [accept, drop, ...[principals, groups, pair].map(Object.keys)].some(({ length }) => length > 0);
  if (!decides) return '';
  return (names.length === 0 ? [configName] : names).map(name => ` --config ${shellQuote(name)}`).join('');
};

/** Prints each entry and its associations, one JSON document after the other, and those of further clusters behind them. */
export const snapshotLoop = (cluster: string, index = 0): string =>
  [
    `for arn in $(aws eks list-access-entries --cluster-name ${cluster} --query 'accessEntries[]' --output text); do`,
    `  aws eks describe-access-entry --cluster-name ${cluster} --principal-arn "$arn" --output json`,
    `  aws eks list-associated-access-policies --cluster-name ${cluster} --principal-arn "$arn" --output json`,
    `done ${index === 0 ? '>' : '>>'} entries.json`,
  ].join('\n');

/** The sign-ins of the last day, from the control plane log. */
export const authenticatorLog = (cluster: string): string =>
  `aws logs filter-log-events --log-group-name /aws/eks/${cluster}/cluster --log-stream-name-prefix authenticator --start-time "$(($(date +%s) - 86400))000" --filter-pattern '"access granted"' --query 'events[].message' --output text`;

/** Without the version and the id of the object as it was: with them kubectl apply ends with a conflict. */
export const configMapBackup = 'aws-auth-backup.yaml';

export const backUpConfigMaps = (state: State, what: string): readonly LiveGate[] =>
  clustersOrOne(state).map(({ kubectl, of, backup }) => ({
    what: what.replace('ConfigMap', `ConfigMap${of}`),
    command: `${kubectl} get configmap aws-auth -n kube-system -o yaml | sed -E '/^  (resourceVersion|uid|creationTimestamp):/d' > ${backup}`,
    expect: 'a file',
  }));
