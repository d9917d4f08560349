import { attributesOf, unwrapParentheses, type Expression } from '../hcl/index.ts';
import { blocksOf, referencesOf, spend, withinWork, type Reference, type RootModule } from '../terraform/index.ts';
import type { Mapping } from './aws-auth/mapping.ts';
import { isInSource, type Cluster } from './clusters/cluster.ts';
import { isPlannedEntries } from './entries/entries-module.ts';

/**
 * The variables that switch all entries of a cluster on and off: each entry, and each list that is converted at plan time, stands
 * under a condition on them. What else the block of the cluster reads switches more than its entries, and a condition that the rows
 * of the mapping have themselves is no switch of it.
 */
export const switchesOf = (
  module: RootModule,
  cluster: Cluster,
  mapping?: Pick<Mapping, 'rows' | 'unread'>,
): readonly Reference[] => {
  const { argument, entries } = cluster.existing;
  const beside = new Set(entries.flatMap(({ resource }) => resource?.block ?? []));
  const repeated = [...beside].map(({ body }) =>
    attributesOf(body).find(({ name }) => ['count', 'for_each'].includes(name)),
  );
  const [first = [], ...others] = [
    ...(argument ? allGuards(module, argument.value) : []),
    ...repeated.flatMap(found => (found ? allGuards(module, found.value) : [[]])),
  ];
  const block = isInSource(cluster) ? attributesOf(cluster.block.body) : [];
  const guarding = [...(mapping?.rows ?? []), ...(mapping?.unread ?? [])].flatMap(({ guards }) => guards);
  const read = namesOf([
    ...block.flatMap(one => (one.name === 'access_entries' ? [] : referencesOf(one.value))),
    ...guarding.flatMap(guard => referencesOf(module.parseExpression(guard).expression)),
  ]);
  const named = new Map(first.toReversed().map(reference => [nameOf(reference), reference]));
  return [...named].flatMap(([name, reference]) =>
    name.startsWith('var.') && !read.has(name) && others.every(guards => namesOf(guards).has(name)) ? [reference] : [],
  );
};

const nameOf = ({ path }: Reference): string => path.join('.');

const namesOf = (references: readonly Reference[]): ReadonlySet<string> => new Set(references.map(nameOf));

/** What takes too much work to be read may be there without a condition. */
const allGuards = (module: RootModule, value: Expression): Guards =>
  withinWork(module.scope, () => guardsIn(module, value, new Set())) ?? [[]];

type Guards = readonly (readonly Reference[])[];

/** What the conditions read under which each part of a collection stands. Of what a local stands for its parts are looked at. */
const guardsIn = (module: RootModule, value: Expression, seen: ReadonlySet<string>): Guards => {
  spend(10);
  const inner = unwrapParentheses(value);
  switch (inner.kind) {
    case 'conditional': {
      const parts = [inner.then, inner.else].filter(arm => !isNothing(arm)).map(arm => guardsIn(module, arm, seen));
      const decided = parts.length === 1 ? referencesOf(inner.condition) : [];
      return parts.flat().map(guards => [...decided, ...guards]);
    }
    case 'call':
      if (!['merge', 'concat', 'flatten', 'toset', 'tomap'].includes(inner.name)) return [[]];
      return inner.args.flatMap(arg => guardsIn(module, arg, seen));
    case 'tuple':
      return inner.items.flatMap(item => guardsIn(module, item, seen));
    case 'get': {
      const path = referencesOf(inner)[0]?.path ?? [];
      const local = path.length === 2 && path[0] === 'local' ? module.locals.get(path[1] ?? '') : undefined;
      if (local && !seen.has(local.name)) return guardsIn(module, local.value, new Set([...seen, local.name]));
      if (path[0] !== 'module' || !isPlannedEntries(module, path)) return [[]];
      return blocksOf(module, 'module', path[1])
        .flatMap(({ body }) => attributesOf(body))
        .flatMap(given => (lists.has(given.name) ? guardsIn(module, given.value, seen) : []));
    }
    default:
      return isNothing(inner) ? [] : [[]];
  }
};

/** The arguments of the entries module that have rows. */
const lists = new Set(['roles', 'roles_with_paths', 'users', 'node_rows']);

const isNothing = (value: Expression): boolean => {
  const inner = unwrapParentheses(value);
  return (
    inner.kind === 'null' ||
    ((inner.kind === 'object' || inner.kind === 'tuple') && inner.items.length === 0) ||
    (inner.kind === 'number' && inner.text === '0') ||
    (inner.kind === 'call' && ['toset', 'tomap'].includes(inner.name) && inner.args.every(isNothing))
  );
};
