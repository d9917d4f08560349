import { defined, diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { textAt } from '../attribute.ts';
import { isLost } from '../change.ts';
import { type Context, type PlanRule, unproven } from '../context.ts';
import { nodeOwners } from '../node-owners.ts';
import { byPrincipal, mayShareCluster, type EntryFact, type EntrySide, type Facts } from '../facts.ts';
import { keepsArn, madeAgain } from './roles-are-not-recreated.ts';

/**
 * An entry that is destroyed and created again leaves its principal without access in between, and for good when the second call
 * fails; one that is created beside another fails with 409. Source: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2968
 */
export const oneEntryPerPrincipal: PlanRule = context => [
  ...recreated(context.facts),
  ...duplicates(context),
  ...importedTwice(context.facts),
  ...unknownPrincipals(context),
];

const goes = ({ change }: EntryFact): boolean => isLost(change);
const comes = ({ change }: EntryFact): boolean =>
  !change.importing && (change.action === 'create' || change.action === 'replace');

const isBeside = (a: EntrySide | undefined, b: EntrySide): boolean => a !== undefined && mayShareCluster(a, b);

const recreated = ({ entries, entriesAfter, changes }: Facts): readonly Diagnostic[] => {
  const again = madeAgain(changes).filter(role => role.action !== 'replace' || keepsArn(role));
  const rolesOf = byPrincipal(again, ({ before }) => textAt(before, 'arn'));
  return entries.flatMap(entry => {
    const { before, after, change } = entry;
    if (before === undefined || !goes(entry)) return [];
    const { address } = change;
    if (change.action === 'replace') {
      const isUnknown = after?.principal === undefined;
      // Its ARN is the same again once it is made, and then nothing replaces the entry.
      const [role] = isUnknown ? rolesOf(before.principal) : [];
      const args = { principal: before.shown, from: address, to: address, isUnknown };
      return [diagnose('TAE504', { ...args, ...defined({ madeAgain: role?.address }) })];
    }
    const other = entriesAfter(before.principal).find(
      candidate => candidate !== entry && isBeside(candidate.after, before),
    );
    if (other === undefined) return [];
    // Terraform moves nothing to an address that it has something at.
    const isTwice = other.before !== undefined && !other.change.importing;
    return [diagnose('TAE504', { principal: before.shown, from: address, to: other.change.address, isTwice })];
  });
};

const duplicates = (context: Context): readonly Diagnostic[] => {
  const { entries, entriesBefore, entriesAfter, liveEntries, snapshot, changes } = context.facts;
  const ownersOf = nodeOwners(changes);
  const places = new Map(entries.map((entry, place) => [entry, place]));
  const placeOf = (entry: EntryFact): number => places.get(entry) ?? 0;
  return entries.flatMap((entry, index) => {
    const { after, change } = entry;
    if (after === undefined || !comes(entry) || change.action === 'replace') return [];
    const had = entriesBefore(after.principal).filter(other => isBeside(other.before, after));
    if (had.some(goes)) return [];
    const has = entriesAfter(after.principal).filter(other => other !== entry && isBeside(other.after, after));
    const [kept] = [
      ...had.filter(other => other.change.action === 'forget'),
      ...has.filter(other => !comes(other) || placeOf(other) < index),
    ].toSorted((a, b) => placeOf(a) - placeOf(b));
    if (kept !== undefined) {
      const { address: where, action } = kept.change;
      const isInPlan = action !== 'forget';
      return [diagnose('TAE505', { principal: after.shown, address: change.address, where, isInPlan })];
    }
    const live = liveEntries(after.principal);
    const [owner] = snapshot === undefined ? ownersOf(after.principal) : [];
    if (owner !== undefined) {
      const where = `EKS makes that of ${owner.address}`;
      return [diagnose('TAE505', { principal: after.shown, address: change.address, where, isOfEks: true })];
    }
    if (!live.some(({ clusterName: cluster }) => mayShareCluster({ cluster }, after))) return [];
    const where = snapshot?.file ?? '';
    if (after.beside === undefined) {
      return [diagnose('TAE505', { principal: after.shown, address: change.address, where })];
    }
    const what = `several clusters have the name ${after.cluster}, and ${where} does not say which of them has the entry of ${after.shown} that ${change.address} creates`;
    return [unproven(context, what, 'Look it up in the region of that cluster.')];
  });
};

/** Terraform imports what it has at another address as well: https://developer.hashicorp.com/terraform/cli/import */
const importedTwice = ({ entries, entriesAfter }: Facts): readonly Diagnostic[] =>
  entries.flatMap(entry => {
    const { after, change } = entry;
    if (after === undefined || !change.importing) return [];
    const kept = entriesAfter(after.principal).find(
      other => other !== entry && other.before !== undefined && !other.change.importing && isBeside(other.after, after),
    );
    if (kept === undefined) return [];
    const where = kept.change.address;
    const args = { principal: after.shown, address: change.address, where, isInPlan: true, isImported: true };
    return [diagnose('TAE505', args)];
  });

const unknownPrincipals = (context: Context): readonly Diagnostic[] =>
  context.facts.entries
    .filter(({ after, change }) => change.action !== 'replace' && after !== undefined && after.principal === undefined)
    .map(({ change: { address } }) => {
      const what = `the principal of ${address} is known after the apply only, so whether it has an entry is not known`;
      return unproven(
        context,
        what,
        'Apply first what makes the principal. A role that this plan makes has no entry yet.',
      );
    });
