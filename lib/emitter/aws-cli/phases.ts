import type { Phase, State } from '../phase.ts';
import { addAccessEntries } from '../phases/add-access-entries/phase.ts';
import { apiOnly } from '../phases/api-only/phase.ts';
import { enableApi } from '../phases/enable-api/phase.ts';
import { removeAwsAuth } from '../phases/remove-aws-auth/phase.ts';
import { involvedClusters } from '../involved.ts';
import { addEntriesByScript, apiOnlyByScript, enableApiByScript, removeAwsAuthByScript } from './runbook.ts';

/** A phase of the script: it changes no file, and only the cluster tells whether it is done. */
const ofScript = ({ id, title }: Phase, runbook: Phase['runbook'], changes: Phase['changes']): Phase => ({
  id,
  title,
  isDone: () => false,
  edits: () => [],
  changes,
  runbook,
});

const forEach =
  (words: string) =>
  (state: State): readonly string[] =>
    involvedClusters(state).map(({ address }) => `${address}: ${words}`);

const entryChanges = ({ transformed }: State): readonly string[] =>
  transformed.flatMap(({ entries }) => entries.map(({ principalArn = '', type }) => `${principalArn} (${type})`));

/** Nothing of the source goes, so there is no `clean-up`. */
export const scriptPhases: readonly Phase[] = [
  ofScript(enableApi, enableApiByScript, forEach('mode API_AND_CONFIG_MAP')),
  ofScript(addAccessEntries, addEntriesByScript, entryChanges),
  ofScript(removeAwsAuth, removeAwsAuthByScript, forEach('ConfigMap aws-auth checked, emptied by hand')),
  ofScript(apiOnly, apiOnlyByScript, forEach('mode API')),
];
