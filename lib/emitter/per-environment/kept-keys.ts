import { quote, sourceOf, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import type { PlacedAttribute } from '../../terraform/index.ts';

/** Of entries that stand in `access_entries` already: HCL of a condition on `key`, or why there is none. */
export type KeptKeys = { readonly condition?: string } | { readonly reason: string };

/** They are there in every phase: an environment that has them must not lose them. */
export const keptKeys = (argument: PlacedAttribute | undefined): KeptKeys => {
  if (!argument) return {};
  const parts = partsOf(argument.value);
  const names = parts.flatMap(part => (part.kind === 'object' ? part.items.map(({ name }) => name) : []));
  if (names.includes(undefined)) return { reason: 'a key of access_entries is an expression' };
  const others = parts.filter(({ kind }) => kind !== 'object' && kind !== 'null');
  const sources = others.map(({ range }) => sourceOf(argument.in.text, range));
  if (sources.some(source => source.includes('\n')))
    return { reason: 'access_entries has a part of several lines that is no map, and its keys would be written twice' };
  const lists = [
    ...(names.length === 0 ? [] : [`[${names.map(name => quote(name ?? '')).join(', ')}]`]),
    ...sources.map(source => `try(keys(${source}), [])`),
  ];
  const [first] = lists;
  if (first === undefined) return {};
  return { condition: `contains(${lists.length === 1 ? first : `concat(${lists.join(', ')})`}, key)` };
};

/** What is merged. */
const partsOf = (value: Expression): readonly Expression[] => {
  const inner = unwrapParentheses(value);
  return inner.kind === 'call' && inner.name === 'merge' && !inner.expand ? inner.args.flatMap(partsOf) : [inner];
};
