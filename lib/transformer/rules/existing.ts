import { diagnose } from '../../diagnostics/index.ts';
import { clusterAdminPolicy, isNodeGroup, mastersGroup, nodeGroups } from '../../eks/index.ts';
import { eachOpen } from '../context.ts';
import { add, end, type Draft } from '../draft.ts';
import type { FoundEntry } from '../find-existing.ts';
import { withGrants } from './groups.ts';
import { nodeType } from './nodes.ts';

/**
 * A principal that has an entry keeps it: a second one fails with 409 ResourceInUseException, and the entry has been what counts
 * since the mode gained the API. Sources: EKS user guide, migrating-access-entries; containers-roadmap issue 185.
 */
export const existing = eachOpen((draft, context) => {
  const { existing: found } = draft;
  if (!found) return draft;
  const at = draft.row.origin;
  const words = { principal: draft.name, where: found.words };
  const ofNodes = found.type !== undefined && found.type !== 'STANDARD';
  const granted = isNodeRow(draft) ? withNodeType(draft) : withGrants(draft, context);
  if (ofNodes && isNodeRow(draft)) return nodeEntry(granted, found);
  const missing = missingRights(draft, found);
  const said =
    missing.length > 0
      ? diagnose('TAE409', { ...words, missing: missing.join(', ') }, at, found.related)
      : diagnose('TAE408', words, at, found.related);
  return end(granted, 'converted', `it has an entry in ${found.words}`, said);
});

const missingRights = (draft: Draft, { policies, groups }: FoundEntry): readonly string[] => {
  const wanted = draft.groups.flatMap(({ text }) => text ?? []);
  // A node entry of the source has neither; its type gives the rights.
  if (wanted.some(group => Object.values<string>(nodeGroups).includes(group)) && !wanted.includes(mastersGroup))
    return [];
  const admin =
    policies === undefined || policies.some(({ name, scope }) => name === clusterAdminPolicy && scope === 'cluster');
  if (wanted.includes(mastersGroup) && !admin) return [`${clusterAdminPolicy} for the whole cluster`];
  if (wanted.includes(mastersGroup) || groups === undefined) return [];
  // A policy may have been chosen in place of a group; whether it grants as much is for a person to say.
  return wanted
    .filter(group => !groups.includes(group) && !group.startsWith('system:'))
    .map(group => `the group ${group}`);
};

const isNodeRow = ({ groups }: Draft): boolean => {
  const texts = groups.map(({ text }) => text ?? '');
  return texts.some(isNodeGroup) && !texts.includes(mastersGroup);
};

/** Its type grants what the row does, and takes no groups. */
const withNodeType = (draft: Draft): Draft => {
  const groups = draft.groups.map(({ text }) => text ?? '');
  const type = nodeType(draft.username?.text ?? '', groups);
  const windows = groups.includes(nodeGroups.windows);
  return { ...draft, groups: [], type: type ?? (windows ? 'EC2_WINDOWS' : 'EC2_LINUX') };
};

const nodeEntry = (draft: Draft, found: FoundEntry): Draft => {
  const at = draft.row.origin;
  const checked =
    draft.type === 'EC2_WINDOWS' && found.type !== 'EC2_WINDOWS'
      ? add(draft, diagnose('TAE414', { principal: draft.name }, at))
      : draft;
  const said = diagnose('TAE408', { principal: draft.name, where: found.words }, at);
  return end(checked, 'left-to-eks', `${found.words} has its entry, of type ${found.type}`, said);
};
