import { shellQuote } from '../../../escape/shell.ts';
import { seemsCalled } from '../../../terraform/index.ts';
import type { PhaseRunbook, State } from '../../phase.ts';
import { clustersOrOne } from '../../runbook/named-clusters.ts';
import { hasPlannedEntries } from './planned-runbook.ts';

/**
 * A killed apply leaves entries that are live and not in the state, and creating one again is a 409. Import blocks need an ARN and a key
 * that the source tells, in a root module. A plan has them always: gates.sh prints the commands for it. An association that exists can
 * be made again.
 * Source: terraform-provider-aws, internal/service/eks/access_policy_association.go; EKS user guide, access-policies.
 */
export const adoptLive = (state: State, isTold: boolean): NonNullable<PhaseRunbook['adopt']> => {
  if (!isTold || hasPlannedEntries(state) || seemsCalled(state.source.module)) {
    return { commands: ['gates adopt | bash', 'gates snapshot'] };
  }
  const flags = importFlags(state);
  return {
    file: 'adopt-entries.tf',
    // One snapshot of all, since the plan after it is judged by it.
    commands: [
      'gates snapshot',
      ...clustersOrOne(state).map(
        ({ name }, index) =>
          `tool import-blocks . --cluster-name ${name} --existing entries.json${flags} ${index === 0 ? '>' : '>>'} adopt-entries.tf`,
      ),
    ],
  };
};

/** Those of the conversion that say what the entries are. */
const importFlags = ({ options: { emit, configFile, ssoRegion, runner } }: State): string =>
  [
    ...(emit === 'resources' ? ['--emit', emit] : []),
    ...(configFile === undefined ? [] : ['--config', shellQuote(configFile)]),
    ...(ssoRegion === undefined ? [] : ['--sso-region', shellQuote(ssoRegion)]),
    ...(runner === undefined ? [] : ['--runner', shellQuote(runner)]),
  ]
    .map(word => ` ${word}`)
    .join('');
