import { diagnose } from '../../diagnostics/index.ts';
import { eachOpen } from '../context.ts';
import { block } from '../draft.ts';
import { formOf } from '../form.ts';

/**
 * A caller hands its entries to the module that calls the eks module. An entry that cannot go that way is a resource beside the call,
 * which needs the name of the cluster from an output.
 * Source: developer.hashicorp.com/terraform/language/values/outputs.
 */
export const fromCaller = eachOpen((draft, { cluster }) => {
  const { wrapper } = cluster;
  if (!wrapper || wrapper.nameOutput !== undefined || formOf(draft, cluster) !== 'resource') return draft;
  const waits = draft.cycleVia !== undefined;
  const args = { principal: draft.name, wrapper: cluster.address, argument: wrapper.argument, waits };
  return block(draft, diagnose('TAE270', args, draft.row.origin));
});
