import { principalKey } from '../../eks/index.ts';

/** Finds items by their principal, in their order. A plan may have thousands of entries: none is compared with all others. */
export const byPrincipal = <Item>(
  items: readonly Item[],
  read: (item: Item) => string | undefined,
): ((principal: string | undefined) => readonly Item[]) => {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const principal = read(item);
    if (principal === undefined) continue;
    const key = principalKey(principal);
    const list = found.get(key);
    if (list === undefined) found.set(key, [item]);
    else list.push(item);
  }
  return principal => (principal === undefined ? [] : (found.get(principalKey(principal)) ?? []));
};
