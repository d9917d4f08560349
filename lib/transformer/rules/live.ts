import { diagnose } from '../../diagnostics/index.ts';
import { isInForce, manages } from '../../parser/index.ts';
import { add, isOpen, position, type Draft } from '../draft.ts';
import { blockUnlessAccepted, type Context, type Rule } from '../context.ts';
import { compareRights, inForce } from '../live-rights.ts';

/**
 * What the source says beside what the live ConfigMap holds. A call that manages the ConfigMap writes the whole of its lists, so its
 * next apply takes out what the source lacks, before an entry is there. A row that no apply brings back grants nothing.
 * Source: terraform-aws-modules/eks, modules/aws-auth at version 20 (force = true, ignore_changes).
 */
export const live: Rule = (drafts, context) =>
  drafts.map(draft => {
    if (!isOpen(draft) || draft.existing || !context.live) return draft;
    return draft.row.live ? onlyLive(draft, context) : beside(draft, drafts, context);
  });

const onlyLive = (draft: Draft, context: Context): Draft => {
  const { mapping } = context;
  if (!mapping || !manages(mapping, draft.row.list) || isDead(draft)) return draft;
  const sure = mapping.manageConfigMap.value === true && mapping.create.value === true;
  const args = { principal: draft.name, place: position(draft), call: mapping.address, sure };
  return blockUnlessAccepted(draft, context, diagnose('TAE326', args, draft.row.origin));
};

/** What matches nobody has nothing to lose. The authenticator knows no wildcards. Source: its pkg/config/mapper.go. */
const isDead = ({ row, principal }: Draft): boolean => {
  if (row.list === 'accounts') return false;
  if (!principal?.arn) return true;
  return (principal.kind === 'role' && principal.path !== '/') || principal.arn.kind === 'sts';
};

const beside = (draft: Draft, drafts: readonly Draft[], context: Context): Draft => {
  const found = context.live?.of.get(draft.row);
  if (!found || draft.row.list === 'accounts') return draft;
  if (found.length === 0) return notLive(draft, context);
  const compared = compareRights(draft.row, found);
  if (compared.kind === 'same') return { ...draft, isLive: true };
  const at = draft.row.origin;
  const related = inForce(found).map(({ origin }) => ({ message: 'the live row', range: origin }));
  if (compared.kind === 'unknown') {
    const { what, live: words } = compared;
    return {
      ...add(draft, diagnose('TAE441', { principal: draft.name, what, live: words }, at, related)),
      isLive: true,
    };
  }
  // Of rows under different conditions one is in force, and which one only a plan knows.
  const others = drafts.filter(
    other => other !== draft && draft.alternativeOf !== undefined && other.alternativeOf === draft.alternativeOf,
  );
  if (others.some(other => compareRights(other.row, found).kind !== 'differs')) return draft;
  const args = { principal: draft.name, source: compared.source, live: compared.live };
  return blockUnlessAccepted({ ...draft, liveRow: 'different' }, context, diagnose('TAE325', args, at, related));
};

/** A call that is off has a rule of its own. */
const notLive = (draft: Draft, context: Context): Draft => {
  const { mapping } = context;
  if (!mapping || isInForce(mapping) === false) return draft;
  const args = { principal: draft.name, call: mapping.address };
  const at = draft.row.origin;
  if (!manages(mapping, draft.row.list)) return blockUnlessAccepted(draft, context, diagnose('TAE327', args, at));
  const sure = mapping.manageConfigMap.value === true && draft.row.guards.length === 0;
  return add({ ...draft, liveRow: 'missing' }, diagnose('TAE440', { ...args, sure }, at));
};
