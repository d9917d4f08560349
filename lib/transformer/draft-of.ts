import { defined } from '../diagnostics/index.ts';
import { unwrapParentheses, type Expression } from '../hcl/index.ts';
import { partOfMeaning, positionOf, type Field, type Row } from '../parser/index.ts';
import { knownHead, knownString, referencesOf, unknown, type Scope, type Value, evaluate } from '../terraform/index.ts';
import type { Context } from './context.ts';
import type { Draft, Name } from './draft.ts';
import { existingIn, type FindExisting } from './find-existing.ts';
import { principalOf } from './principal.ts';
import { rules } from './rules/index.ts';
import { looksLikeMasters, reservedPrefix, templatesIn } from '../eks/index.ts';

/** A row before the rules. */
const draftOf = (row: Row, context: Context, findExisting: FindExisting): Draft => {
  const principal = row.principal && principalOf(row.principal, context.source.module);
  const username = row.username && usernameOf(row.username);
  const existing = row.principal && row.list !== 'accounts' ? findExisting(row.principal, row.guards) : undefined;
  return {
    row,
    name: principal?.text ?? positionOf(row),
    diagnostics: [],
    principalSource: principal?.source ?? '',
    references: principal ? referencesOf(principal.expression) : [],
    type: 'STANDARD',
    policies: [],
    ...groupsOf(row.groups, context.source.module.scope),
    ...defined({ principal, username, existing, isLive: row.live, liveRows: context.live?.of.get(row) }),
    ...(principal?.arn ? { principalArn: principal.text } : {}),
  };
};

/** An empty username is none. */
const usernameOf = ({ value, source }: Field): Name | undefined =>
  value.kind === 'null' || knownString(value) === '' ? undefined : nameOf(value, source);

const nameOf = (value: Value, source: string): Name => ({
  source,
  head: knownHead(value),
  ...defined({ text: knownString(value) }),
});

/** What is null, a number or a list is no group: aws-auth reads an empty name. Source: https://pkg.go.dev/encoding/json#Unmarshal */
const isName = ({ kind }: Value): boolean => kind === 'string' || kind === 'unknown' || kind === 'error';

const groupsOf = (
  field: Field | undefined,
  scope: Scope,
): Pick<Draft, 'groups' | 'groupsExpression' | 'groupsStay'> => {
  if (!field) return { groups: [] };
  if (unwrapParentheses(field.expression).kind === 'conditional' && hasPlainGroups(field.expression, scope)) {
    return { groups: [], groupsExpression: field.source, groupsStay: true };
  }
  if (field.value.kind !== 'list') return { groups: [] };
  const list = unwrapParentheses(field.expression);
  const values = field.value.items;
  if (list.kind !== 'tuple') {
    const groups = values.flatMap(value => (isName(value) ? nameOf(value, '') : []));
    return { groups, groupsExpression: field.source };
  }
  const groups = list.items.flatMap((item, index) => {
    const value = values[index] ?? unknown;
    return isName(value) ? nameOf(value, partOfMeaning(field, item).source) : [];
  });
  return { groups };
};

/**
 * Whether a conditional gives groups that an access entry takes, whichever way it goes. Then it can stay as it is: each of its
 * lists is known, and none has a group that something has to become of.
 */
const hasPlainGroups = (expression: Expression, scope: Scope): boolean => {
  const inner = unwrapParentheses(expression);
  if (inner.kind === 'conditional') return hasPlainGroups(inner.then, scope) && hasPlainGroups(inner.else, scope);
  const value = evaluate(inner, scope);
  return value.kind === 'list' && value.items.map(knownString).every(isPlain);
};

const isPlain = (group: string | undefined): boolean =>
  group !== undefined &&
  reservedPrefix(group) === undefined &&
  templatesIn(group).length === 0 &&
  !looksLikeMasters(group);

/** Rows after all rules, in their order. */
export const applyRules = (rows: readonly Row[], context: Context): readonly Draft[] => {
  const findExisting = existingIn(context);
  const start: readonly Draft[] = rows.map(row => draftOf(row, context, findExisting));
  return rules.reduce((drafts, rule) => rule(drafts, context), start);
};
