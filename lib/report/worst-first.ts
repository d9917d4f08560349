import type { Severity } from '../diagnostics/index.ts';

const order: readonly Severity[] = ['error', 'warning', 'note'];

/** For readers that show the first ones only. Within a severity the order stays. */
export const worstFirst = <Item>(items: readonly Item[], severityOf: (item: Item) => Severity): readonly Item[] =>
  order.flatMap(severity => items.filter(item => severityOf(item) === severity));
