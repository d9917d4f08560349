import type { Phase, PhaseRunbook, State } from '../phase.ts';
import { addAccessEntries } from '../phases/add-access-entries/phase.ts';
import { apiOnly } from '../phases/api-only/phase.ts';
import { enableApi } from '../phases/enable-api/phase.ts';
import { removeAwsAuth } from '../phases/remove-aws-auth/phase.ts';
import { involvedClusters } from '../involved.ts';
import { addEntriesByScript, apiOnlyByScript, enableApiByScript, removeAwsAuthByScript } from './runbook.ts';

/** A phase of the script: it changes no file, and only the cluster tells whether it is done. */
export type ScriptPhase = {
  readonly phase: Pick<Phase, 'id' | 'title'>;
  readonly runbook: (state: State) => PhaseRunbook;
  readonly changes: (state: State) => readonly string[];
};

const forEach =
  (words: string) =>
  (state: State): readonly string[] =>
    involvedClusters(state).map(({ address }) => `${address}: ${words}`);

const entryChanges = ({ transformed }: State): readonly string[] =>
  transformed.flatMap(({ entries }) => entries.map(({ principalArn = '', type }) => `${principalArn} (${type})`));

/** Nothing of the source goes, so there is no `clean-up`. */
export const scriptPhases: readonly ScriptPhase[] = [
  { phase: enableApi, runbook: enableApiByScript, changes: forEach('mode API_AND_CONFIG_MAP') },
  { phase: addAccessEntries, runbook: addEntriesByScript, changes: entryChanges },
  {
    phase: removeAwsAuth,
    runbook: removeAwsAuthByScript,
    changes: forEach('ConfigMap aws-auth checked, emptied by hand'),
  },
  { phase: apiOnly, runbook: apiOnlyByScript, changes: forEach('mode API') },
];
