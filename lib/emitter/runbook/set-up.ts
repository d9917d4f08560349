import { shellQuote } from '../../escape/shell.ts';
import { unwrapParentheses } from '../../hcl/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { instanceOf, isMadeHere, meaningOf } from '../../parser/index.ts';
import { referencesOf, seemsCalled } from '../../terraform/index.ts';
import { principalOf, roleBlock, type AccessEntry, type RowOutcome } from '../../transformer/index.ts';
import { involvedClusters } from '../involved.ts';
import type { State } from '../phase.ts';
import type { Staged } from '../staged.ts';
import { arnVariable } from './live-gates.ts';
import { engineOf } from './engine.ts';
import { clustersOrOne } from './named-clusters.ts';
import { stagedFile } from './words.ts';

/** The lines that every new shell begins with: what all commands of the runbook use, and what the source does not tell. */
export const setUp = (state: State, { phases }: Staged): readonly string[] => {
  const clusters = clustersOrOne(state);
  const isRunnerAsked = phases.some(
    ({ phase: { id }, status, runbook }) =>
      status === 'ready' && !runbook?.script && (id === 'remove-aws-auth' || id === 'api-only'),
  );
  return [
    regionLine(clusters.map(({ region }) => region)),
    ...clusters.flatMap(({ cluster, word }) =>
      typeof word === 'string' ? [] : [exported(word.variable, nameCommand(state, cluster))],
    ),
    ...clusters.map(
      ({ name, alias, region }) =>
        `aws eks update-kubeconfig${isOne(clusters.map(one => one.region)) || region === undefined ? '' : ` --region ${region}`} --name ${name} --alias ${shellQuote(alias)}`,
    ),
    ...arnLines(state),
    ...(state.options.emit === 'aws-cli' ? [] : ['set -o pipefail', 'export TF_INPUT=0']),
    ...(engineOf(state) === 'terragrunt' ? ['export TERRAFORM=terragrunt', 'terraform() { terragrunt "$@"; }'] : []),
    'tool() { npx tf-access-entries "$@"; }',
    `gates() { bash ${stagedFile(state, 'gates.sh')} "$@"; }`,
    ...(isRunnerAsked && state.options.runner === undefined ? ['export RUNNER_ARN="$(gates runner)"'] : []),
  ];
};

const isOne = (regions: readonly (string | undefined)[]): boolean => new Set(regions).size === 1;

/** Where the source does not tell it, that of the shell or of the profile. */
const regionLine = ([first, ...others]: readonly (string | undefined)[]): string =>
  first !== undefined && isOne([first, ...others])
    ? `export AWS_REGION=${first}`
    : 'export AWS_REGION="${AWS_REGION:-$(aws configure get region)}"';

/** `command` prints the value. Without one the shell says what is missing, and goes on to nothing. */
const exported = (variable: string, command: string | undefined): string =>
  command === undefined
    ? `export ${variable}="\${${variable}:?is to be set first: export ${variable}=...}"`
    : `export ${variable}="$(${command})"`;

/** Of an expression, from the state: where this is a root module, and there is an instance to ask for. */
const consoleCommand = (state: State, source: string): string | undefined =>
  seemsCalled(state.source.module) || /[\n#]|\b(?:each|count)\./.test(source)
    ? undefined
    : `printf '%s\\n' ${shellQuote(source)} | terraform console | tr -d '"'`;

const nameCommand = (
  state: State,
  cluster: ReturnType<typeof involvedClusters>[number] | undefined,
): string | undefined => {
  if (!cluster || !isMadeHere(cluster) || cluster.repetition.kind === 'many') return undefined;
  if (cluster.block.isUnit) return 'terragrunt output -raw cluster_name';
  const instance = instanceOf(cluster, cluster.repetition);
  return consoleCommand(state, `${instance}.${cluster.kind === 'resource' ? 'name' : 'cluster_name'}`);
};

const arnLines = (state: State): readonly string[] => [
  ...new Set(
    // Those of the calls are of one cluster each, and no command of all is for them.
    state.transformed.flatMap(({ cluster, entries, outcomes }) =>
      (cluster?.wrapper ? [] : entries)
        .filter(({ principalArn }) => principalArn === undefined)
        .map(entry => exported(arnVariable(entry), arnCommand(state, entry, outcomes))),
    ),
  ),
];

/** IAM is asked where the name is known, with the role or without: the ARN that it answers has the path. */
const arnCommand = (state: State, entry: AccessEntry, outcomes: readonly RowOutcome[]): string | undefined => {
  const { module } = state.source;
  const field = outcomes.find(outcome => outcome.entry === entry)?.row.principal;
  if (entry.lookup) return getRole(entry.lookup.roleName);
  if (!field) return undefined;
  const { kind, name } = principalOf(field, module);
  if (kind !== undefined && name !== undefined) return kind === 'role' ? getRole(name) : getUser(name);
  const { expression } = meaningOf(field);
  const [reference, ...others] = referencesOf(expression);
  const whole = unwrapParentheses(expression);
  const block =
    reference && others.length === 0 && whole.kind === 'get' && whole.name === 'arn'
      ? roleBlock(module, reference)
      : undefined;
  return block?.name === undefined ? consoleCommand(state, field.source) : getRole(block.name);
};

const getRole = (name: string): string =>
  `aws iam get-role --role-name ${shellQuote(name)} --query Role.Arn --output text`;
const getUser = (name: string): string =>
  `aws iam get-user --user-name ${shellQuote(name)} --query User.Arn --output text`;

/** What most ARNs begin with, which then need not be said in each line of a table. */
export const commonAccount = (names: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const name of names) {
    const arn = parsePrincipalArn(name);
    if (!arn) continue;
    const head = `arn:${arn.partition}:iam::${arn.account}:`;
    counts.set(head, (counts.get(head) ?? 0) + 1);
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most && most[1] > 1 ? most[0] : undefined;
};
