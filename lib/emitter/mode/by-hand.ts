import { clustersHere } from '../involved.ts';
import type { ByHand, State } from '../phase.ts';
import { clusterNames } from '../runbook/words.ts';

/** Whether the mode of a cluster is set with the AWS CLI: its module stays at a release without an argument for it. */
export const modeIsByHand = (state: State): boolean => clustersHere(state).some(({ mode }) => mode.kind === 'by-cli');

/**
 * The commands that set the mode where no release before version 20 has an argument for it. The provider takes the value of the
 * cluster where none is written, so a later plan does not change it.
 * Source: EKS user guide, setting-up-access-entries; terraform-provider-aws, internal/service/eks/cluster.go (Optional and Computed).
 */
export const modeByHand = (state: State, mode: string): { readonly byHand?: ByHand } => {
  const own = clustersHere(state).filter(({ mode: { kind } }) => kind === 'by-cli');
  if (own.length === 0) return {};
  const names = clusterNames(state, own);
  const calls = own.map(({ address }) => address).join(', ');
  return {
    byHand: {
      heading: 'Set the mode, and wait until the cluster is active again:',
      note: `**By hand.** The release of ${calls} has no argument for the mode, so nothing changes in the source: the AWS CLI sets it. A later plan leaves it as it is.`,
      commands: names.flatMap(name => [
        `aws eks update-cluster-config --name ${name} --access-config authenticationMode=${mode}`,
        `aws eks wait cluster-active --name ${name}`,
      ]),
    },
  };
};

/** The same, one line each, for the report. */
export const modeChanges = (state: State, mode: string): readonly string[] =>
  clustersHere(state)
    .filter(({ mode: { kind } }) => kind === 'by-cli')
    .map(({ address }) => `${address}: mode ${mode}, set with the AWS CLI`);

/** What the plan shows of the mode: nothing of a cluster whose mode the AWS CLI sets. */
export const modePlan = (state: State, lines: readonly string[]): readonly string[] => {
  const own = clustersHere(state);
  const byCli = own.filter(({ mode: { kind } }) => kind === 'by-cli');
  if (byCli.length === 0) return lines;
  const none = 'No changes: the mode is not in the source.';
  if (byCli.length === own.length) return [none];
  return [...lines, `nothing of ${byCli.map(({ address }) => address).join(', ')}`];
};
