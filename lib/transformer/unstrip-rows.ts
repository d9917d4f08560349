import { walk, type Expression } from '../hcl/index.ts';
import type { UnreadList } from '../parser/index.ts';
import type { RootModule } from '../terraform/index.ts';
import { isRewritten, lastPart, unstrip } from './unstrip.ts';

/** `restored`: what took the path off its principals is taken back. */
export type RestoredList = UnreadList & { readonly restored: boolean };

/**
 * A list with what takes the path off its principals taken back, as for rows that are written out. Undefined where that is not
 * understood, or where rows of another origin stand beside them.
 */
export const unstripRows = (list: UnreadList, module: RootModule): RestoredList | undefined => {
  const { expression, text } = list.definition;
  const cut = ({ range }: Expression): string =>
    text.slice(range.start - expression.range.start, range.end - expression.range.start);
  const names = namesIn(expression, cut);
  const arnOf = (principal: Expression): string | undefined =>
    arnByName(principal, names) ?? unstrip({ expression: principal, source: cut(principal) }, module)?.source;
  const principals = principalsOf(expression).filter(
    principal => isRewritten(principal) || arnByName(principal, names) !== undefined,
  );
  if (principals.length === 0) return { ...list, restored: false };
  if (!isOneFor(expression)) return undefined;
  let [source, at] = ['', 0];
  for (const principal of principals) {
    const whole = arnOf(principal);
    if (whole === undefined) return undefined;
    source += text.slice(at, principal.range.start - expression.range.start) + whole;
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

/** The iterators that go through the names of roles, and the ARNs beside these. */
const namesIn = (expression: Expression, cut: (part: Expression) => string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  walk(expression, node => {
    const of = node.kind === 'for' && !node.object ? cut(node.of) : '';
    if (node.kind === 'for' && /^data\.aws_iam_roles\.[\w-]+(\[[^\]]*\])?\.names$/.test(of))
      found.set(node.valueName, of.replace(/names$/, 'arns'));
  });
  return found;
};

/** `"arn:...:role/${name}"` in such a `for`: of the ARNs the one with that name. */
const arnByName = (principal: Expression, names: ReadonlyMap<string, string>): string | undefined => {
  const last = principal.kind === 'template' ? lastPart(principal) : undefined;
  const arns = last?.kind === 'variable' ? names.get(last.name) : undefined;
  if (last?.kind !== 'variable' || arns === undefined) return undefined;
  return `one([for arn in ${arns} : arn if endswith(arn, "/\${${last.name}}")])`;
};

const isOneFor = (expression: Expression): boolean =>
  expression.kind === 'for' ||
  (expression.kind === 'call' && expression.name === 'flatten' && isOneItem(expression.args[0]));

const isOneItem = (list: Expression | undefined): boolean =>
  list !== undefined &&
  (isOneFor(list) || (list.kind === 'tuple' && list.items.length === 1 && isOneItem(list.items[0])));
