import { firstOf, type PhaseId } from '../../diagnostics/index.ts';
import { changedPaths, changedRights } from './attribute.ts';
import type { AwsAuthResource } from './aws-auth-resource.ts';
import { type Change, isChanged, isJudgedType, isLost } from './change.ts';
import { rowsOf } from './rows.ts';
import type { Facts } from './facts.ts';

/** What is judged: an association is part of its entry. */
type Kind = 'cluster' | 'entries' | 'aws-auth';

/** Why the phase may not make a change, in words that follow the address; undefined where it may. */
type Judge = (change: Change, awsAuth: AwsAuthResource | undefined) => string | undefined;

const never =
  (reason: string): Judge =>
  () =>
    reason;

/**
 * What is named changes and nothing else, in place. How long Terraform waits is nothing of the cluster: up to 20.x the module writes the
 * block without values, 21.x leaves it out. Source: terraform-aws-modules/eks, main.tf at v20.37.2 and v21.19.0.
 */
const only =
  (what: string, isOfIt: (path: string) => boolean): Judge =>
  change => {
    if (change.action !== 'update') return 'the cluster may only be updated in place';
    const others = changedPaths(change.before.value, change.after).filter(
      path => !isOfIt(path) && !/^timeouts\b/.test(path),
    );
    return others.length === 0 ? undefined : `only ${what} may change, and ${listed(others)} would too`;
  };

const onlyMode = only('the mode', path => path === modePath);
const modePath = 'access_config.0.authentication_mode';

/** Names of attributes only: what is inside of one may be sensitive, keys of maps too. */
const listed = (paths: readonly string[]): string =>
  firstOf([...new Set(paths.map(path => (path.startsWith('access_config.') ? path : (path.split('.')[0] ?? path))))]);

const sameMode: Judge = ({ action, before, after }) => {
  if (action !== 'no-op' && action !== 'update') return 'the cluster may only be updated in place';
  return changedPaths(before.value, after).includes(modePath) ? 'the mode may not change yet' : undefined;
};

/** Version 21 no longer sets a tag of its own. */
const onlyTags: Judge = (change, awsAuth) =>
  change.action === 'no-op' ? undefined : only('its tags', path => /^tags(_all)?\b/.test(path))(change, awsAuth);

const sameRows: Judge = ({ action, previousAddress }, awsAuth) => {
  if (action === 'no-op') return undefined;
  if (action !== 'update')
    return `aws-auth may only be moved${previousAddress === undefined ? '; a moved block is missing' : ''}`;
  if (awsAuth === undefined || awsAuth.before?.rows === 'unknown' || awsAuth.after?.rows === 'unknown') {
    return 'its rows are not known, and they must stay as they are';
  }
  const [before, after] = [awsAuth.before, awsAuth.after].map(side =>
    rowsOf(awsAuth, side)
      .map(({ row: { arn, username, groups } }) => JSON.stringify([arn, username, groups.toSorted()]))
      .toSorted()
      .join(),
  );
  return before === after ? undefined : 'its rows must stay as they are';
};

/** An import may set tags. What the entry grants stays: it is in force. A move alone changes nothing in EKS; `import-blocks` writes some. */
const newOrAdopted: Judge = change => {
  const { action, importing, before, after } = change;
  if (action === 'create' || action === 'no-op') return undefined;
  if (!importing || action !== 'update') return 'it may only be created, imported or moved';
  const rights = changedRights(before.value, after);
  return rights.length > 0 ? `the import changes ${listed(rights)} of an entry that is in force` : undefined;
};

const onlyDelete: Judge = ({ action }) => (action === 'delete' ? undefined : 'it may only be destroyed');

const entriesLater = never('entries come in phase add-access-entries');
const entriesDone = never('entries stay as they are since phase add-access-entries');
const awsAuthStays = never('aws-auth stays as it is until phase remove-aws-auth');
const awsAuthGone = never('aws-auth goes in phase remove-aws-auth');
const stays = never('no environment goes on to a phase by this revision');
/** An entry beside the module has a count as long as a variable says which phase it is. Terraform moves the one instance. */
const onlyWithoutCount: Judge = (change, awsAuth) =>
  change.action === 'no-op' && !change.importing && change.previousAddress === `${change.address}[0]`
    ? undefined
    : entriesDone(change, awsAuth);
const clusterStays = never('the cluster stays as it is in this phase');

/** What each phase may do to what. Source: docs/why/README.md, and "The plan must show" of the runbook. */
const phaseChanges: Readonly<Record<PhaseId, Readonly<Record<Kind, Judge>>>> = {
  'split-aws-auth': { cluster: sameMode, entries: entriesLater, 'aws-auth': sameRows },
  'enable-api': { cluster: onlyMode, entries: entriesLater, 'aws-auth': awsAuthStays },
  'add-access-entries': {
    cluster: clusterStays,
    entries: newOrAdopted,
    'aws-auth': awsAuthStays,
  },
  'remove-aws-auth': { cluster: clusterStays, entries: entriesDone, 'aws-auth': onlyDelete },
  'api-only': { cluster: onlyMode, entries: entriesDone, 'aws-auth': awsAuthGone },
  'clean-up': { cluster: clusterStays, entries: onlyWithoutCount, 'aws-auth': awsAuthGone },
  'per-environment': { cluster: clusterStays, entries: stays, 'aws-auth': stays },
  'upgrade-to-v21': { cluster: onlyTags, entries: entriesDone, 'aws-auth': awsAuthGone },
};

/** What must be so once the phase is applied. `kept`: whatever the mode is. */
export type EndState = {
  readonly mode: 'kept' | 'API_AND_CONFIG_MAP' | 'API';
  readonly awsAuth: boolean | 'kept';
  readonly entries: boolean;
};

export const endStates: Readonly<Record<PhaseId, EndState>> = {
  'split-aws-auth': { mode: 'kept', awsAuth: true, entries: false },
  'enable-api': { mode: 'API_AND_CONFIG_MAP', awsAuth: true, entries: false },
  'add-access-entries': { mode: 'API_AND_CONFIG_MAP', awsAuth: true, entries: true },
  'remove-aws-auth': { mode: 'API_AND_CONFIG_MAP', awsAuth: false, entries: true },
  'api-only': { mode: 'API', awsAuth: false, entries: true },
  'clean-up': { mode: 'API', awsAuth: false, entries: true },
  'per-environment': { mode: 'kept', awsAuth: 'kept', entries: false },
  'upgrade-to-v21': { mode: 'kept', awsAuth: false, entries: true },
};

/** A change and what the phase says to it. `other`: its type is listed and not judged. */
export type JudgedChange = {
  readonly change: Change;
  readonly verdict: 'expected' | 'unexpected' | 'other';
  readonly reason?: string;
};

export const judgedChanges = ({ changes, awsAuth }: Facts, phase: PhaseId): readonly JudgedChange[] =>
  changes.filter(isChanged).map(change => {
    const configMap = awsAuth.find(resource => resource.change === change);
    const kind = configMap === undefined ? kinds[change.type] : 'aws-auth';
    if (kind === undefined) return { change, verdict: isLostInUpgrade(change, phase) ? 'unexpected' : 'other' };
    const reason = phaseChanges[phase][kind](change, configMap);
    return reason === undefined ? { change, verdict: 'expected' } : { change, verdict: 'unexpected', reason };
  });

/**
 * Phase 0 moves the module to version 20. What it destroys or replaces in AWS is a default that was not pinned, or, in aws-cn and
 * aws-us-gov, the policy attachments of node roles. The other types are judged by rules of their own; `time_sleep` and the like make
 * nothing. Source: node_groups.tf and migrations.tf of terraform-aws-modules/eks 19.21.0 and 20.37.2.
 */
export const isLostInUpgrade = (change: Change, phase: PhaseId): boolean =>
  phase === 'split-aws-auth' && isLost(change) && change.type.startsWith('aws_') && !isJudgedType(change.type);

const kinds: Readonly<Record<string, Kind | undefined>> = {
  aws_eks_cluster: 'cluster',
  aws_eks_access_entry: 'entries',
  aws_eks_access_policy_association: 'entries',
};
