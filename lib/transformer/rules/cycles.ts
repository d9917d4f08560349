import { diagnose } from '../../diagnostics/index.ts';
import { addressOf } from '../../terraform/index.ts';
import { eachOpen } from '../context.ts';
import { add } from '../draft.ts';
import { guardReferences, waitingReference } from '../form.ts';

/**
 * Outputs of the eks module wait for its access entries. A principal or a condition that reads one of them, at any distance, cannot
 * be an argument of the module: Terraform stops with a cycle. As resources beside the module there is none.
 * Source: github.com/terraform-aws-modules/terraform-aws-eks/pull/3000.
 */
export const cycles = eachOpen((draft, context) => {
  // Where all entries are resources, there is nothing to decide.
  const references = [...draft.references, ...guardReferences(context.source, draft.row.guards)];
  const closing = context.cluster.standalone ? undefined : waitingReference(context, references);
  if (!closing) return draft;
  const via = closing.path[2] === undefined ? addressOf(closing) : closing.path.slice(0, 3).join('.');
  return { ...draft, cycleVia: via };
});

/** Said of rows that become entries in the end: one that is blocked after all becomes no resource. */
export const sayCycles = eachOpen(draft =>
  draft.cycleVia === undefined
    ? draft
    : add(draft, diagnose('TAE412', { principal: draft.name, via: draft.cycleVia }, draft.row.origin)),
);
