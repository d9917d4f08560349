import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { defaultUsername, mastersGroup, parsePrincipalArn, reservedPrefix, usernameProblem } from '../../eks/index.ts';
import { entryType, holdsGroup, identityOf, mappingsInUse, sameIdentity, valueOr } from '../../parser/index.ts';
import { knownString } from '../../terraform/index.ts';
import type { State } from '../../emitter/index.ts';
import { judgeRowsElsewhere, type RowOutcome, type Transformed } from '../../transformer/index.ts';
import { entriesOf, rowsWithEntries, type CheckRule } from '../entries.ts';

/** Every call that writes aws-auth, where it counts. Source: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html (deprecated). */
export const awsAuthInUse: CheckRule = ({ source }) =>
  mappingsInUse(source).map(({ address, block }) => diagnose('TAE701', { call: address }, block.headerRange));

/**
 * Rows whose principal has no entry yet. One that is blocked for another reason says so already; one that is left to EKS or
 * dropped needs none.
 */
export const rowWithoutEntry: CheckRule = state =>
  state.transformed.flatMap(mapping => [
    ...mapping.outcomes
      .filter(outcome => needsEntry(outcome) && (mapping.cluster !== undefined || !hasEntryHere(state, outcome)))
      .map(({ name, row }) => diagnose('TAE702', { principal: name }, row.origin)),
    ...unreadLists(mapping),
  ]);

/** Where it is not told which cluster the rows are of, an entry of the module may be of that one. */
const hasEntryHere = (state: State, { row: { principal } }: RowOutcome): boolean => {
  const identity = principal && identityOf(principal, state.source.module);
  return (
    identity !== undefined &&
    entriesOf(state).some(({ written }) => written.identity && sameIdentity(written.identity, identity))
  );
};

export const needsEntry = ({ entry, disposition, diagnostics }: RowOutcome): boolean =>
  entry !== undefined || (disposition === 'blocked' && diagnostics.every(({ severity }) => severity !== 'error'));

/** Rows that only a plan knows count as one, until their conversion is in the source. */
const unreadLists = ({ planned }: Transformed): readonly Diagnostic[] =>
  planned === undefined || planned.isWritten
    ? []
    : planned.lists.map(({ argument, source, range }) =>
        diagnose('TAE702', { principal: `${source.replace(/\s+/g, ' ')} in ${argument}`, isList: true }, range),
      );

/** Rows that come into aws-auth by a way that no phase rewrites are read by EKS as all others are. */
export const rowsElsewhere: CheckRule = ({ source, options }) => judgeRowsElsewhere(source, options);

/**
 * The username is in the audit log, and bindings of kind User go by it. Where an entry cannot have that of the row there is no
 * choice. Sources: EKS user guide, set-custom-username; containers-roadmap issue 2386.
 */
export const rowUsernames: CheckRule = state =>
  rowsWithEntries(state).flatMap(({ outcome: { row, name }, entry }) => {
    const { written } = entry;
    const rowName = knownString(row.username?.value);
    const arn = parsePrincipalArn(knownString(row.principal?.value) ?? '');
    if (
      rowName === undefined ||
      usernameProblem(rowName, arn?.kind) !== undefined ||
      entryType(entry.written) !== 'STANDARD'
    )
      return [];
    const absent = written.username.kind === 'absent';
    const username = absent ? arn && defaultUsername(arn) : valueOr(written.username, undefined);
    if (username === rowName || (!absent && username === undefined)) return [];
    const said = absent ? `the default one${username === undefined ? '' : ` (${username})`}` : `"${username}"`;
    const related = [{ message: 'the entry', range: written.range }];
    return [diagnose('TAE725', { principal: name, row: rowName, entry: said }, row.username?.range, related)];
  });

/**
 * An entry does not add to its row, it takes its place. Groups without system:masters beside them are said with the row itself.
 * Sources: containers-roadmap issue 185; eksctl, pkg/actions/accessentry/migrator.go (which drops such groups).
 */
export const rowGroups: CheckRule = state =>
  rowsWithEntries(state).flatMap(({ outcome: { row, name, existing }, entry }) => {
    const value = row.groups?.value;
    const groups = value?.kind === 'list' ? value.items.map(knownString) : [];
    if (!groups.includes(mastersGroup) || !existing) return [];
    const missing = groups.filter(
      // No binding can name the empty one.
      group =>
        group !== undefined &&
        group !== '' &&
        reservedPrefix(group) === undefined &&
        holdsGroup(existing.entry, group) === 'no',
    );
    if (missing.length === 0) return [];
    const words = `the ${missing.length === 1 ? 'group' : 'groups'} ${missing.join(', ')}`;
    const related = [{ message: 'the entry', range: entry.written.range }];
    return [diagnose('TAE726', { principal: name, groups: words }, row.groups?.range, related)];
  });
