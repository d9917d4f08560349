import { endsWithHeredoc, quote } from '../hcl/index.ts';
import { allOf, type Field } from '../parser/index.ts';
import type { AccessEntry, EntryForm } from './entry.ts';
import { grantsOf, type Draft } from './draft.ts';

/** What an open draft becomes, once it has a key. */
export const entryOf = (
  draft: Draft,
  form: EntryForm,
  key: string,
  label: string,
  guards: readonly string[],
): AccessEntry => {
  const { lookup, username, row, cycleVia, principalArn } = draft;
  const guardSource = allOf(guards);
  const standard = draft.type === 'STANDARD';
  return {
    key,
    label,
    form,
    principalSource: lookup ? `one(data.aws_iam_roles.${label}.arns)` : flush(draft.principalSource, row.principal),
    ...(principalArn === undefined || lookup ? {} : { principalArn }),
    type: draft.type,
    ...(standard && username ? { usernameSource: flush(username.source, row.username) } : {}),
    ...(standard ? { groupsSource: flush(groupsSource(draft), row.groups) } : {}),
    ...(isKnown(draft) ? { rights: rightsOf(draft) } : {}),
    policies: draft.policies,
    ...(guardSource === undefined ? {} : { guardSource }),
    comments: row.comments,
    ...(lookup ? { lookup: { ...lookup, label } } : {}),
    ...(cycleVia === undefined ? {} : { cycleVia }),
  };
};

/** Whether the source tells all that it grants by name. */
const isKnown = (draft: Draft): boolean =>
  !grantsOf(draft).hasUnknownGroups && (draft.username === undefined || draft.username.text !== undefined);

const rightsOf = ({ username, groups }: Draft): NonNullable<AccessEntry['rights']> => ({
  ...(username?.text === undefined ? {} : { username: username.text }),
  groups: groups.flatMap(({ text }) => text ?? []),
});

/**
 * A list in brackets is printed from its items. An expression of the author's stays, filtered at plan time where a group has to
 * go, since a value is never printed where the author wrote an expression. `contains` refuses null.
 */
const groupsSource = (draft: Draft): string => {
  const { groups, groupsExpression, row } = draft;
  if (draft.groupsStay && groupsExpression !== undefined) return groupsExpression;
  if (groups.length === 0) return '[]';
  const items = row.groups?.value.kind === 'list' ? row.groups.value.items : [];
  if (groupsExpression === undefined || groups.some(({ source }) => source !== '')) {
    return printList(groups.map(({ source, text }) => source || quote(text ?? '')));
  }
  if (groups.length === items.length) return groupsExpression;
  const kept = groups.map(({ text }) => quote(text ?? '')).join(', ');
  const texts = items.some(({ kind }) => kind === 'null') ? `compact(${groupsExpression})` : groupsExpression;
  return `[for group in ${texts} : group if contains([${kept}], group)]`;
};

const printList = (items: readonly string[]): string =>
  `[${items.map(item => (endsWithHeredoc(item) ? `${item}\n` : item)).join(', ')}]`;

/** Takes the row's indentation off the further lines of an expression, to be indented anew. A heredoc's lines are its text. */
const flush = (source: string, field: Field | undefined): string =>
  field && !source.includes('<<') ? source.replaceAll(`\n${field.indentation}`, '\n') : source;
