import {
  carryRange,
  indent,
  indentationAt,
  unwrapParentheses,
  type Attribute,
  type Edit,
  type HclFile,
} from '../../../hcl/index.ts';
import { allOf, condition, textOfAdded, type AddedRows } from '../../../parser/index.ts';

/**
 * The value of `aws_auth_roles` in the new call: the rows that the old module added by itself, in its order, then those of the
 * author. Into a literal list they go as its first items; what else stands there is joined with `concat`. Further lines are as far
 * to the right as the argument, or the items of the list. `edits` are those that the author's own text gets.
 */
export const rolesValue = (
  file: HclFile,
  given: Attribute | undefined,
  added: readonly AddedRows[],
  edits: readonly Edit[],
): string | undefined => {
  const givenText = given && !isEmpty(given) ? carryRange(file, given.value.range, edits) : undefined;
  const parts = partsOf(added, edits);
  const [first] = parts;
  if (!first) return given && carryRange(file, given.value.range, edits);
  const by = given ? indentationAt(file.text, given.range.start) : '  ';
  if (parts.length > 1 || first.kind === 'list') return concat(parts, givenText, by);
  if (givenText === undefined) return `[${said(file, given)}\n${indent(first.text, `${by}  `)}\n${by}]`;
  const items = given && openListIndentation(given, givenText);
  return items === undefined ? concat(parts, givenText, by) : `[\n${indent(first.text, items)}${givenText.slice(1)}`;
};

/** `rows`: items of a list, each with its comma. */
type Part = { readonly kind: 'rows' | 'list'; readonly text: string };

/** Neighbouring rows stand in one list. */
const partsOf = (added: readonly AddedRows[], edits: readonly Edit[]): readonly Part[] => {
  const parts: Part[] = [];
  for (const one of added) {
    const text = textOfAdded(one, renamed(one, edits));
    const comments = [...(one.heading ?? []), ...one.comments];
    const item = [...comments, `${text},`].join('\n');
    const guard = allOf(one.guards);
    const last = parts.at(-1);
    if (one.kind === 'row' && guard === undefined) {
      if (last?.kind === 'rows') parts[parts.length - 1] = { kind: 'rows', text: `${last.text}\n${item}` };
      else parts.push({ kind: 'rows', text: item });
    } else {
      const list = one.kind === 'row' ? `[\n${indent(item, 2)}\n]` : text;
      const guarded = guard === undefined ? list : `${condition(guard)} ? ${list} : []`;
      parts.push({ kind: 'list', text: [...(one.kind === 'row' ? [] : comments), guarded].join('\n') });
    }
  }
  return parts;
};

/** A principal of the source gets the edits of the place where it stands. */
const renamed = ({ principal, principalAt }: AddedRows, edits: readonly Edit[]): string => {
  if (!principalAt) return principal;
  const text = ' '.repeat(principalAt.start) + principal;
  return carryRange({ file: principalAt.file, text }, principalAt, edits);
};

const concat = (parts: readonly Part[], givenText: string | undefined, by: string): string => {
  const lists = parts.map(({ kind, text }) => (kind === 'rows' ? `[\n${indent(text, 2)}\n]` : text));
  const lines = [
    ...lists.map(list => indent(list, `${by}  `)),
    ...(givenText === undefined ? [] : [`${by}  ${indent(givenText, 2).slice(2)}`]),
  ];
  return `concat(\n${lines.map(line => `${line},\n`).join('')}${by})`;
};

const isEmpty = ({ value }: Attribute): boolean =>
  value.kind === 'null' || (value.kind === 'tuple' && value.items.length === 0);

/** What is written into an empty list. */
const said = ({ text }: HclFile, given: Attribute | undefined): string =>
  given?.value.kind === 'tuple' ? text.slice(given.value.range.start + 1, given.value.range.end - 1).trimEnd() : '';

/** How far to the right the items of a literal list are, whose first item is on a line of its own. */
const openListIndentation = ({ value }: Attribute, text: string): string | undefined =>
  unwrapParentheses(value) === value && value.kind === 'tuple'
    ? /^\[[ \t]*\r?\n\s*?([ \t]*)\S/.exec(text)?.[1]
    : undefined;
