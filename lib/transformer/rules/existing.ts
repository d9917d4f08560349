import { diagnose } from '../../diagnostics/index.ts';
import { isNodeGroup, mastersGroup, nodeGroups, nodeUsernameOfType, reservedPrefix } from '../../eks/index.ts';
import { entryType, holdsGroup, holdsPolicy, isInForce, type Entry } from '../../parser/index.ts';
import { knownString } from '../../terraform/index.ts';
import { eachOpen, unlessAccepted, type Context } from '../context.ts';
import { add, end, type Draft } from '../draft.ts';
import type { FoundEntry } from '../entry.ts';
import { inOneLine } from '../principal.ts';
import { withGrants } from './groups.ts';
import { nodeType } from './nodes.ts';

/**
 * A principal that has an entry keeps it: a second one fails with 409 ResourceInUseException, and the entry is what counts
 * as long as the mode has the API. Sources: EKS user guide, migrating-access-entries; containers-roadmap issue 185.
 */
export const existing = eachOpen((given, context) => {
  const { existing: found } = given;
  if (!found) return given;
  const draft = coveredOrBlocked(given, found, context);
  if (draft.outcome) return draft;
  const at = draft.row.origin;
  const words = { principal: draft.name, where: found.words };
  const { entry, range } = found;
  const granted = isNodeRow(draft) ? withNodeType(draft) : withGrants(draft, context);
  if (entry.form === 'live' && entryType(entry) !== 'STANDARD' && isNodeRow(draft)) return nodeEntry(granted, found);
  const related = range && [{ message: 'the entry', range }];
  const type = isNodeRow(draft) ? missingType(granted, entry) : undefined;
  const missing = type === undefined ? missingRights(granted, entry) : [type];
  const said =
    missing.length > 0
      ? diagnose('TAE409', { ...words, missing: missing.join(', '), ofType: type !== undefined }, at, related)
      : diagnose('TAE408', words, at, related);
  return end(granted, 'converted', `it has an entry in ${found.words}`, said);
});

/**
 * An entry that stands under a condition which the row does not have may not be there, and the row then loses what it grants in phase 3.
 * Where aws-auth is off it grants nothing any more.
 */
const coveredOrBlocked = (draft: Draft, { unless }: FoundEntry, context: Context): Draft => {
  const { mapping } = context;
  if (unless === undefined || (mapping && isInForce(mapping) === false)) return draft;
  const args = { principal: draft.name, conditions: unless.map(inOneLine).join(', ') };
  return unlessAccepted(draft, context, diagnose('TAE331', args, draft.row.origin));
};

/** The type that nodes of the row need, where the entry has one that lets in nodes of another name, or none at all. */
const missingType = ({ type, row }: Draft, entry: Entry): string | undefined => {
  const given = entryType(entry);
  const called = knownString(row.username?.value);
  if (given === undefined || called === undefined || given === 'HYPERPOD_LINUX') return undefined;
  if (type === 'EC2_WINDOWS' && given !== type) return `the type ${type}: its type is ${given}`;
  if (nodeUsernameOfType(given) === called) return undefined;
  return `a type for nodes called ${called}: its type is ${given}`;
};

/** What the row grants and the entry does not. What cannot be read of the entry may be there. */
const missingRights = ({ policies, groups, row }: Draft, entry: Entry): readonly string[] => {
  const lacking = policies
    .filter(({ policyName, scope, namespaces }) => {
      return holdsPolicy(entry, { policy: policyName, scope, namespaces }) === 'no';
    })
    .map(({ policyName, scope, namespaces }) =>
      scope === 'cluster' ? `${policyName} for the whole cluster` : `${policyName} in ${namespaces.join(', ')}`,
    );
  const all = row.groups?.value.kind === 'list' ? row.groups.value.items.map(knownString) : [];
  // Of an administrator's row another rule says what stands beside system:masters.
  if (all.includes(mastersGroup)) return lacking;
  // A policy may have been chosen in place of a group; whether it grants as much is for a person to say.
  const others = groups
    .flatMap(({ text }) => text ?? [])
    .filter(group => reservedPrefix(group) === undefined && holdsGroup(entry, group) === 'no');
  return [...lacking, ...others.map(group => `the group ${group}`)];
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
  const type = entryType(found.entry);
  const checked =
    draft.type === 'EC2_WINDOWS' && type !== 'EC2_WINDOWS'
      ? add(draft, diagnose('TAE414', { principal: draft.name }, at))
      : draft;
  // What does not fit nodes of Windows has been said.
  const missing = checked === draft ? missingType(draft, found.entry) : undefined;
  const words = { principal: draft.name, where: found.words };
  const said =
    missing === undefined ? diagnose('TAE408', words, at) : diagnose('TAE409', { ...words, missing, ofType: true }, at);
  return end(checked, 'left-to-eks', `${found.words} has its entry, of type ${type}`, said);
};
