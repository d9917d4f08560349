import { sourceOf, startsItsLine, unwrapParentheses, type Expression } from '../hcl/index.ts';
import { type Cluster, conditionsOf } from '../parser/index.ts';
import type { Draft } from './draft.ts';
import type { EntryForm } from './entry.ts';
import { waitsForEntries } from '../eks/index.ts';
import { reaches, referencesOf, type Reference } from '../terraform/index.ts';
import type { Context } from './context.ts';

/**
 * Whether an entry can go into the `access_entries` that is there. Where that takes another indentation of the author's own lines,
 * it stands beside the module call instead: both forms grant the same.
 */
export const formIn = (cluster: Cluster, guarded: boolean): EntryForm => {
  if (cluster.standalone) return 'resource';
  const { argument } = cluster.existing;
  if (!argument) return 'argument';
  const { text } = argument.in;
  const existing = unwrapParentheses(argument.value);
  if (existing.kind === 'null' || (existing.kind === 'object' && existing.items.length === 0)) return 'argument';
  if (!sourceOf(text, argument.value.range).includes('\n')) return 'argument';
  if (existing.kind === 'object')
    return !guarded && startsItsLine(text, existing.range.end - 1) ? 'argument' : 'resource';
  const last = lastOfMerge(existing);
  return last && startsItsLine(text, last.range.start) ? 'argument' : 'resource';
};

/** The form of a row's entry: standalone where it would close a cycle, or does not fit in. */
export const formOf = ({ cycleVia, row }: Draft, cluster: Cluster): EntryForm =>
  cycleVia === undefined ? formIn(cluster, guardsIn(cluster, row.guards, 'argument').length > 0) : 'resource';

/**
 * The conditions of a row, as its entry needs them: inside the call they are less that of the call itself, beside it they are that
 * one too.
 */
export const guardsIn = ({ repetition }: Cluster, guards: readonly string[], form: EntryForm): readonly string[] => {
  const [condition] = conditionsOf(repetition);
  if (condition === undefined) return guards;
  const others = guards.filter(guard => guard !== condition);
  return form === 'argument' ? others : [condition, ...others];
};

/** The last argument of `merge(...)`. */
export const lastOfMerge = (expression: Expression): Expression | undefined =>
  expression.kind === 'call' && expression.name === 'merge' && !expression.expand ? expression.args.at(-1) : undefined;

/**
 * The reference, at any distance, to an output of the eks module that waits for its access entries: what reads it cannot be an
 * argument of the module. Source: github.com/terraform-aws-modules/terraform-aws-eks/pull/3000.
 */
export const waitingReference = (
  { source, cluster }: Pick<Context, 'source' | 'cluster'>,
  references: readonly Reference[],
): Reference | undefined =>
  reaches(
    source.graph,
    references,
    ({ path, isToAll = false }) =>
      path[0] === 'module' &&
      path[1] === cluster.label &&
      (isToAll || (cluster.wrapper?.waits ?? waitsForEntries)(path[2])),
  );

/** What the conditions of a row read: its entry waits for that as well. */
export const guardReferences = ({ module }: Context['source'], guards: readonly string[]): readonly Reference[] =>
  guards.flatMap(guard => referencesOf(module.parseExpression(guard).expression));
