import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import type { Context, PlanRule } from '../context.ts';
import { isSamePrincipal, mayShareCluster, type EntryFact, type EntrySide, type Facts } from '../facts.ts';
import { unproven } from '../unproven.ts';

/**
 * An entry that is destroyed and created again leaves its principal without access in between, and for good when the second call
 * fails; one that is created beside another fails with 409. Source: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2968
 */
export const oneEntryPerPrincipal: PlanRule = context => [
  ...recreated(context.facts),
  ...duplicates(context.facts),
  ...unknownPrincipals(context),
];

const goes = ({ change }: EntryFact): boolean => ['delete', 'replace'].includes(change.action);
const comes = ({ change }: EntryFact): boolean =>
  !change.importing && (change.action === 'create' || change.action === 'replace');

const isSame = (a: EntrySide | undefined, b: EntrySide | undefined): boolean =>
  a !== undefined && b !== undefined && isSamePrincipal(a.principal, b.principal) && mayShareCluster(a, b);

const recreated = ({ entries }: Facts): readonly Diagnostic[] =>
  entries.flatMap(entry => {
    const { before, change } = entry;
    if (before === undefined || !goes(entry)) return [];
    if (change.action === 'replace') {
      return [diagnose('TAE504', { principal: before.shown, from: change.address, to: change.address })];
    }
    const other = entries.find(candidate => candidate !== entry && isSame(candidate.after, before));
    return other === undefined
      ? []
      : [diagnose('TAE504', { principal: before.shown, from: change.address, to: other.change.address })];
  });

const duplicates = ({ entries, snapshot }: Facts): readonly Diagnostic[] =>
  entries.flatMap((entry, index) => {
    const { after, change } = entry;
    if (after === undefined || !comes(entry) || change.action === 'replace') return [];
    const left = entries.some(other => goes(other) && isSame(other.before, after));
    if (left) return [];
    const kept = entries.find((other, place) => {
      if (other.change.action === 'forget') return isSame(other.before, after);
      return other !== entry && isSame(other.after, after) && (!comes(other) || place < index);
    });
    if (kept !== undefined) {
      return [diagnose('TAE505', { principal: after.shown, address: change.address, where: kept.change.address })];
    }
    const live = snapshot?.entries.some(({ principalArn }) => isSamePrincipal(principalArn, after.principal));
    return live
      ? [diagnose('TAE505', { principal: after.shown, address: change.address, where: snapshot?.file ?? '' })]
      : [];
  });

const unknownPrincipals = (context: Context): readonly Diagnostic[] =>
  context.facts.entries
    .filter(({ after }) => after !== undefined && after.principal === undefined)
    .map(({ change }) =>
      unproven(
        context,
        `the principal of ${change.address} is known after the apply only, so whether it has an entry is not known`,
        'Apply first what makes the principal. A role that this plan makes has no entry yet.',
      ),
    );
