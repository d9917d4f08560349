import { quote, sourceOf, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import type { Cluster } from '../../parser/index.ts';
import type { PlacedAttribute } from '../../terraform/index.ts';
import { callsOf } from '../callers/calls.ts';
import type { State } from '../phase.ts';

/** Of entries that stand in `access_entries` already: HCL of a condition on `key`, or why there is none. */
export type KeptKeys = { readonly condition?: string } | { readonly reason: string };

/** Whether phase 2 puts entries into `access_entries` of a cluster, or into the variable by which callers hand theirs over. */
export const isExtended = (state: State, added: ReadonlySet<string>, address: string): boolean =>
  [...added].some(one => one.startsWith(`${address}.access_entries`)) ||
  (state.handed?.cluster.address === address && newKeys(state).length > 0);

/** They are there in every phase: an environment that has them must not lose them. */
export const keptKeys = (state: State, cluster: Cluster | undefined): KeptKeys => {
  const argument = cluster?.existing.argument;
  if (!cluster || !argument) return {};
  const parts = partsOf(argument.value);
  const own = parts.flatMap(part => (part.kind === 'object' ? part.items.map(({ name }) => name) : []));
  if (own.includes(undefined)) return { reason: 'a key of access_entries is an expression' };
  // New entries come in by the variable of the callers as well, so that it does not tell which are there already.
  const { handed } = state;
  const place =
    handed?.cluster.address === cluster.address && newKeys(state).length > 0 ? handed.entries.part : undefined;
  const isHanded = ({ range }: Expression): boolean => range.start === place?.start && range.end === place.end;
  const ofCallers = place ? keysOfCallers(state) : { names: [] };
  if ('reason' in ofCallers) return ofCallers;
  const others = parts.filter(part => part.kind !== 'object' && part.kind !== 'null' && !isHanded(part));
  const sources = others.map(({ range }) => sourceOf(argument.in.text, range));
  if (sources.some(source => source.includes('\n')))
    return { reason: 'access_entries has a part of several lines that is no map, and its keys would be written twice' };
  const names = [...own, ...ofCallers.names];
  const lists = [
    ...(names.length === 0 ? [] : [`[${names.map(name => quote(name ?? '')).join(', ')}]`]),
    ...sources.map(source => `try(keys(${source}), [])`),
  ];
  const [first] = lists;
  if (first === undefined) return {};
  return { condition: `contains(${lists.length === 1 ? first : `concat(${lists.join(', ')})`}, key)` };
};

/** The keys of entries that the rows of callers become in their calls. */
const newKeys = ({ transformed }: State): readonly string[] =>
  transformed.flatMap(({ cluster, entries }) =>
    cluster?.wrapper ? entries.filter(({ form }) => form === 'argument').map(({ key }) => key) : [],
  );

/** Those of the entries that callers hand over already. */
const keysOfCallers = (state: State): { readonly names: readonly string[] } | { readonly reason: string } => {
  const given = callsOf(state).flatMap(({ cluster }) => cluster.existing.argument ?? []);
  const names = new Set(given.flatMap(namesIn));
  if (names.has(undefined))
    return {
      reason: 'a caller hands over entries of which an expression tells the keys, and new ones would come in with them',
    };
  const added = newKeys(state);
  const twice = [...names].find(name => added.includes(name ?? ''));
  if (twice !== undefined)
    return { reason: `one caller has an entry with the key ${twice}, and a row of another would get the same key` };
  return { names: [...names].flatMap(name => name ?? []) };
};

const namesIn = ({ value }: PlacedAttribute): readonly (string | undefined)[] =>
  partsOf(value).flatMap(part =>
    part.kind === 'object' ? part.items.map(({ name }) => name) : part.kind === 'null' ? [] : [undefined],
  );

/** What is merged. */
const partsOf = (value: Expression): readonly Expression[] => {
  const inner = unwrapParentheses(value);
  return inner.kind === 'call' && inner.name === 'merge' && !inner.expand ? inner.args.flatMap(partsOf) : [inner];
};
