import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { autoNodePolicy } from '../../../eks/index.ts';
import { creatorKey } from '../../../parser/index.ts';
import { lossesOf } from '../../access/losses.ts';
import { grantText, type Grant } from '../../access/rights.ts';
import { unproven, type Context, type PlanRule } from '../context.ts';
import { plannedRights, type PlannedRights } from '../planned-rights.ts';

/**
 * An entry overrides its row at once, so phase 2 is where rights change: an entry grants what its row does, unless the config says
 * otherwise, and nobody without a row gets one.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
export const rightsStay: PlanRule = context => {
  const { facts, phase } = context;
  if (phase !== 'add-access-entries') return [];
  const clusters = facts.migrated.length > 0 ? facts.migrated : [undefined];
  return clusters.flatMap(cluster => plannedRights(facts, cluster)).flatMap(rights => judge(context, rights));
};

const judge = (context: Context, rights: PlannedRights): readonly Diagnostic[] => {
  const { entry, isNew, compared } = rights;
  const { address } = entry.change;
  const principal = entry.after?.shown ?? compared.principal;
  if (compared.after?.admin === null) {
    const what = `the policies of ${address} are known after the apply only, so whether it grants what its row does is not known`;
    return isNew ? [unproven(context, what, 'Apply first what they depend on.')] : [];
  }
  const gained = gainsOf(rights);
  if (compared.before.length === 0) {
    const isMeant = !isNew || isOfNodes(rights) || isCreator(rights) || context.facts.isDecided(compared.principal);
    return isMeant ? [] : [diagnose('TAE517', { principal, address, gained: listed(gained, rights) })];
  }
  const lost = lossesOf(compared, undefined).real;
  if (lost.length === 0 && gained.length === 0) return [];
  const args = { principal, address, lost: listed(lost, rights), gained: listed(gained, rights) };
  return [isNew ? diagnose('TAE516', args) : diagnose('TAE521', args)];
};

/** EKS gives an entry without a username one that nobody else can have. An administrator gains nothing by a name. */
const gainsOf = (rights: PlannedRights): readonly Grant[] => {
  const { gained, after } = rights.compared;
  if (isCreator(rights)) return [];
  return gained.filter(({ kind, name }) => {
    if (kind === 'access') return false;
    if (kind === 'username') return after?.admin !== true && rights.entry.after?.username !== undefined;
    return !(kind === 'policy' && isOfNodes(rights) && name === autoNodePolicy);
  });
};

const isOfNodes = ({ compared: { entry } }: PlannedRights): boolean => entry?.type !== 'STANDARD';

/** The entry that whoever runs Terraform has asked for, by the argument of the eks module. */
const isCreator = ({ entry: { change } }: PlannedRights): boolean => change.address.endsWith(`.this["${creatorKey}"]`);

const listed = (grants: readonly Grant[], { isSensitive }: PlannedRights): string => {
  const texts = grants.map(grant =>
    isSensitive && isName(grant) ? `a ${grant.kind} that is sensitive` : grantText(grant),
  );
  return [...new Set(texts)].join(', ');
};

const isName = ({ kind }: Grant): boolean => kind === 'username' || kind === 'group';
