import { diagnose } from '../../diagnostics/index.ts';
import { eachOpen, type Context } from '../context.ts';
import { block, type Draft } from '../draft.ts';
import { formOf } from '../form.ts';

/**
 * `each` and `count` mean something inside a call that has them, and nothing beside it or in another call.
 * Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each.
 */
export const instances = eachOpen((draft, context) => {
  const why = obstacle(draft, context);
  return why === undefined ? draft : block(draft, diagnose('TAE324', { principal: draft.name, why }, draft.row.origin));
});

const obstacle = (draft: Draft, { cluster, mapping }: Context): string | undefined => {
  const named = [draft.principalSource, draft.username?.source, draft.row.groups?.source, ...draft.row.guards];
  const repeats = named.some(source => /\b(each|count)\.[a-z]/.test(source ?? ''));
  if (cluster.repetition.kind !== 'many') {
    return repeats ? `it reads each or count of ${mapping?.address}, which ${cluster.address} has not` : undefined;
  }
  if (formOf(draft, cluster) === 'resource') {
    return `it needs standalone resources, and ${cluster.address} stands several times`;
  }
  return /\b(each|count)\.[a-z]/.test(draft.lookup?.account ?? '')
    ? 'its path would have to be looked up for each instance'
    : undefined;
};
