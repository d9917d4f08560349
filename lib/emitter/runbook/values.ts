import { shellQuote } from '../../escape/shell.ts';
import { unwrapParentheses } from '../../hcl/index.ts';
import { instanceOf, isMadeHere, meaningOf } from '../../parser/index.ts';
import { referencesOf, seemsCalled } from '../../terraform/index.ts';
import { principalOf, roleBlock, type AccessEntry, type RowOutcome } from '../../transformer/index.ts';
import type { State } from '../phase.ts';
import { engineOf } from './engine.ts';
import type { NamedCluster } from './live-gate.ts';
import { arnVariable } from './live-gates.ts';
import { clustersOrOne } from './named-clusters.ts';

/** What the source does not tell, and the set-up exports. `command` is a line of gates.sh that prints it; without one a person has to say it. */
export type Value = {
  readonly variable: string;
  readonly kind: 'region' | 'cluster' | 'arn';
  readonly command?: string;
};

/** The region where the source does not tell it, the names of clusters, the ARNs of entries. */
export const valuesOf = (state: State): readonly Value[] => {
  const clusters = clustersOrOne(state);
  const values = [
    ...(regionOf(clusters) === undefined ? [region] : []),
    ...clusters.flatMap(({ cluster, word }) =>
      typeof word === 'string' ? [] : [valueOf(word.variable, 'cluster', nameCommand(state, cluster))],
    ),
    ...arnValues(state),
  ];
  return values.filter(({ variable }, index) => values.findIndex(one => one.variable === variable) === index);
};

/** The one of all clusters, where the source tells it. */
export const regionOf = ([first, ...others]: readonly NamedCluster[]): string | undefined =>
  others.every(({ region: other }) => other === first?.region) ? first?.region : undefined;

const region: Value = {
  variable: 'AWS_REGION',
  kind: 'region',
  command: `printf '%s\\n' "\${AWS_DEFAULT_REGION:-$(aws configure get region)}"`,
};

const valueOf = (variable: string, kind: Value['kind'], command: string | undefined): Value =>
  command === undefined ? { variable, kind } : { variable, kind, command };

/** Of an expression, from the state: where this is a root module, and there is an instance to ask for. */
const consoleCommand = (state: State, source: string): string | undefined =>
  seemsCalled(state.source.module) || /[\n#]|\b(?:each|count)\./.test(source)
    ? undefined
    : `printf '%s\\n' ${shellQuote(source)} | ${engine(state)} console | tr -d '"'`;

const engine = (state: State): string => `"\${TERRAFORM:-${engineOf(state)}}"`;

const nameCommand = (state: State, cluster: NamedCluster['cluster']): string | undefined => {
  if (!cluster || !isMadeHere(cluster) || cluster.repetition.kind === 'many') return undefined;
  if (cluster.block.isUnit) return `${engine(state)} output -raw cluster_name`;
  const instance = instanceOf(cluster, cluster.repetition);
  return consoleCommand(state, `${instance}.${cluster.kind === 'resource' ? 'name' : 'cluster_name'}`);
};

const arnValues = (state: State): readonly Value[] =>
  // Those of the calls are of one cluster each, and no command of all is for them.
  state.transformed.flatMap(({ cluster, entries, outcomes }) =>
    (cluster?.wrapper ? [] : entries)
      .filter(({ principalArn }) => principalArn === undefined)
      .map(entry => valueOf(arnVariable(entry), 'arn', arnCommand(state, entry, outcomes))),
  );

/** IAM is asked where the name is known, with the role or without: the ARN that it answers has the path. */
const arnCommand = (state: State, entry: AccessEntry, outcomes: readonly RowOutcome[]): string | undefined => {
  const { module } = state.source;
  const field = outcomes.find(outcome => outcome.entry === entry)?.row.principal;
  if (entry.lookup) return arnOf('role', entry.lookup.roleName);
  if (!field) return undefined;
  const { kind, name } = principalOf(field, module);
  if (kind !== undefined && name !== undefined) return arnOf(kind === 'role' ? 'role' : 'user', name);
  const { expression } = meaningOf(field);
  const [reference, ...others] = referencesOf(expression);
  const whole = unwrapParentheses(expression);
  const block =
    reference && others.length === 0 && whole.kind === 'get' && whole.name === 'arn'
      ? roleBlock(module, reference)
      : undefined;
  return block?.name === undefined ? consoleCommand(state, field.source) : arnOf('role', block.name);
};

const arnOf = (kind: 'role' | 'user', name: string): string =>
  `ask iam get-${kind} --${kind}-name=${shellQuote(name)} --query=${kind === 'role' ? 'Role' : 'User'}.Arn`;
