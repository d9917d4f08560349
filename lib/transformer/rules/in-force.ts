import { diagnose } from '../../diagnostics/index.ts';
import { isInForce } from '../../parser/index.ts';
import { blockUnlessAccepted, eachOpen, type Context } from '../context.ts';
import type { Draft } from '../draft.ts';

/**
 * A mapping whose flags are off may differ from the live ConfigMap, so its rows grant nothing that is known. Rows that ended
 * before, because an entry for them exists or EKS makes it, are not touched: phase 3 turns the flags off. Nor are those that the
 * live ConfigMap has, or has with other rights where a person accepts that.
 * Source: terraform-aws-modules/eks, modules/aws-auth at version 20.
 */
export const inForce = eachOpen((draft, context) => {
  const { mapping } = context;
  if (draft.isLive || draft.liveRow === 'different' || !mapping || isInForce(mapping) !== false) return draft;
  const args = { call: mapping.address, principal: draft.name, live: liveOf(draft, context) };
  return blockUnlessAccepted(draft, context, diagnose('TAE310', args, draft.row.origin));
});

/** What is known of the row from the live ConfigMap. */
const liveOf = ({ liveRows }: Draft, { live, cluster }: Context): 'unread' | 'absent' | 'unmatched' | 'ofCaller' => {
  if (live) return liveRows ? 'absent' : 'unmatched';
  return cluster.wrapper ? 'ofCaller' : 'unread';
};
