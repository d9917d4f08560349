import { diagnose } from '../../diagnostics/index.ts';
import { isCalled } from '../../parser/index.ts';
import { eachOpen, type Context } from '../context.ts';
import { block, type Draft } from '../draft.ts';
import { formOf } from '../form.ts';

/**
 * `each` and `count` mean something inside a call that has them, and nothing beside it or in another call.
 * Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each.
 */
export const instances = eachOpen((draft, context) => {
  const found = obstacle(draft, context);
  return found ? block(draft, diagnose('TAE324', { principal: draft.name, ...found }, draft.row.origin)) : draft;
});

type Obstacle = { readonly why: string; readonly way: 'row' | 'argument' | 'emit' | 'path' | 'none' };

const obstacle = (draft: Draft, { cluster, mapping }: Context): Obstacle | undefined => {
  const named = [draft.principalSource, draft.username?.source, draft.row.groups?.source, ...draft.row.guards];
  const repeats = named.some(source => /\b(each|count)\.[a-z]/.test(source ?? ''));
  if (cluster.repetition.kind !== 'many') {
    const why = `it reads each or count of ${mapping?.address}, and ${cluster.address} is one cluster alone`;
    return repeats ? { why, way: 'row' } : undefined;
  }
  if (formOf(draft, cluster) === 'resource') {
    const way = isCalled(cluster) ? (cluster.standalone ? 'emit' : 'argument') : 'none';
    return { why: `it needs standalone resources, and ${cluster.address} stands several times`, way };
  }
  return /\b(each|count)\.[a-z]/.test(draft.lookup?.account ?? '')
    ? { why: 'its path would have to be looked up for each instance', way: 'path' }
    : undefined;
};
