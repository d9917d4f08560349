import { walk, type Expression } from '../hcl/index.ts';
import type { UnreadList } from '../parser/index.ts';
import type { PlannedList } from './planned.ts';
import { isRewritten, unstrip } from './unstrip.ts';

/**
 * A list with what takes the path off its principals taken back, as for rows that are written out. Undefined where that is not
 * understood, or where rows of another origin stand beside them.
 */
export const unstripRows = (list: UnreadList): PlannedList | undefined => {
  const { expression, text } = list.definition;
  const cut = ({ range }: Expression): string =>
    text.slice(range.start - expression.range.start, range.end - expression.range.start);
  const principals = principalsOf(expression).filter(isRewritten);
  if (principals.length === 0) return { ...list, restored: false };
  if (!isOneFor(expression)) return undefined;
  let [source, at] = ['', 0];
  for (const principal of principals) {
    const whole = unstrip(principal, cut(principal));
    if (!whole) return undefined;
    source += text.slice(at, principal.range.start - expression.range.start) + whole.source;
    at = principal.range.end - expression.range.start;
  }
  return { ...list, source: source + text.slice(at), restored: true };
};

/** The values of `rolearn` and `userarn`, wherever they stand. */
const principalsOf = (expression: Expression): readonly Expression[] => {
  const found: Expression[] = [];
  walk(expression, node => {
    if (node.kind !== 'object') return;
    found.push(...node.items.flatMap(({ name, value }) => (/^(rolearn|userarn)$/i.test(name ?? '') ? [value] : [])));
  });
  return found;
};

const isOneFor = (expression: Expression): boolean =>
  expression.kind === 'for' ||
  (expression.kind === 'call' && expression.name === 'flatten' && isOneItem(expression.args[0]));

const isOneItem = (list: Expression | undefined): boolean =>
  list !== undefined &&
  (isOneFor(list) || (list.kind === 'tuple' && list.items.length === 1 && isOneItem(list.items[0])));
