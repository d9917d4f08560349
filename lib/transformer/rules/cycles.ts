import { diagnose } from '../../diagnostics/index.ts';
import { addressOf, referencesOf, type Reference } from '../../terraform/index.ts';
import { eachOpen } from '../context.ts';
import { add, type Draft } from '../draft.ts';
import { guardReferences, waitingReference } from '../form.ts';

/**
 * Outputs of the eks module wait for its access entries. A principal, a username, a group or a condition that reads one of them, at any
 * distance, cannot be an argument of the module: Terraform stops with a cycle. As resources beside the module there is none.
 * Source: github.com/terraform-aws-modules/terraform-aws-eks/pull/3000.
 */
export const cycles = eachOpen((draft, context) => {
  // Where all entries are resources, there is nothing to decide.
  const guards = guardReferences(context.source, draft.row.guards);
  const references = [...draft.references, ...namesOf(draft), ...guards];
  const closing = context.cluster.standalone ? undefined : waitingReference(context, references);
  if (!closing) return draft;
  const via = closing.path[2] === undefined ? addressOf(closing) : closing.path.slice(0, 3).join('.');
  return { ...draft, cycleVia: via };
});

/** What the username and the groups read, which an entry of a node type has not. */
const namesOf = ({ type, username, row }: Draft): readonly Reference[] =>
  type === 'STANDARD'
    ? [username && row.username, row.groups].flatMap(field => (field ? referencesOf(field.expression) : []))
    : [];

/** Said of rows that become entries in the end: one that is blocked after all becomes no resource. */
export const sayCycles = eachOpen(draft =>
  draft.cycleVia === undefined
    ? draft
    : add(draft, diagnose('TAE412', { principal: draft.name, via: draft.cycleVia }, draft.row.origin)),
);
