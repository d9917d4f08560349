import { shellQuote } from '../../escape/shell.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import type { State } from '../phase.ts';
import type { Staged } from '../staged.ts';
import { isByFile } from '../per-environment/ways.ts';
import { engineOf } from './engine.ts';
import { clustersOrOne } from './named-clusters.ts';
import { regionOf, valuesOf, type Value } from './values.ts';
import { stagedFile } from './words.ts';

/** The lines that every new shell begins with: what all commands of the runbook use, and what the source does not tell. */
export const setUp = (state: State, { phases }: Staged): readonly string[] => {
  const clusters = clustersOrOne(state);
  const region = regionOf(clusters);
  const values = valuesOf(state);
  const exported = (kind: Value['kind']): readonly string[] =>
    values.filter(value => value.kind === kind).map(({ variable }) => exportedValue(variable));
  const isRunnerAsked = phases.some(
    ({ phase: { id }, status, runbook }) =>
      status === 'ready' && !runbook?.script && (id === 'remove-aws-auth' || id === 'api-only'),
  );
  return [
    // Without --no, npx would install and run whatever has this name in the registry where the tool is not installed.
    'tool() { npx --no -- tf-access-entries "$@"; }',
    `gates() { bash ${stagedFile(state, 'gates.sh')} "$@"; }`,
    ...(state.options.emit === 'aws-cli' ? [] : ['set -o pipefail', 'export TF_INPUT=0']),
    // Set later, it is in the environment of gates.sh and of what that prints, too.
    ...(isByFile(state) ? ['export VALUES'] : []),
    ...(engineOf(state) === 'terragrunt' ? ['export TERRAFORM=terragrunt', 'terraform() { terragrunt "$@"; }'] : []),
    ...(region === undefined ? exported('region') : [`export AWS_REGION=${region}`]),
    ...exported('cluster'),
    ...clusters.map(
      ({ name, alias, inRegion }) => `aws eks update-kubeconfig${inRegion} --name ${name} --alias ${shellQuote(alias)}`,
    ),
    ...exported('arn'),
    ...(isRunnerAsked && state.options.runner === undefined ? [exportedValue('RUNNER_ARN')] : []),
  ];
};

/** What is exported stays, also where gates.sh is not found. It looks up the rest, and says what it cannot find. */
const exportedValue = (variable: string): string => `export ${variable}="\${${variable}:-$(gates value ${variable})}"`;

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
