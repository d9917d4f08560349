import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import type { RootModule } from '../../../terraform/index.ts';
import { isCommentedOut } from '../../expressions/comments.ts';
import { readAwsAuth, type AwsAuth, type AwsAuthList } from '../live/aws-auth.ts';
import { firstDocument, YamlTooLarge } from '../live/yaml-value.ts';
import type { Field, Row, RowList } from '../row.ts';
import { readRowList } from '../rows.ts';
import { faultyHole } from './check-holes.ts';
import { printRows } from './print-rows.ts';
import type { HoledText, Sources } from './holed-text.ts';
import { itemsOf, type Item } from './yaml-items.ts';
import type { Unread } from './written.ts';
import { yamlComments } from './yaml-comments.ts';

export type TextRows = {
  readonly rows: readonly Row[];
  readonly diagnostics: readonly Diagnostic[];
  /** Rows in comments. */
  readonly commentedOut: number;
};

/** The rows of a list that is YAML, as the authenticator reads it, each at its lines and with its comments. */
export const readTextRows = async (
  module: RootModule,
  text: HoledText,
  argument: AwsAuthList,
  guards: readonly string[],
): Promise<TextRows | Unread> => {
  const yaml = await import('yaml');
  const list = lists[argument];
  const refuse = (why: string): Unread => ({ kind: 'unread', place: text.place, why });
  const awsAuth = await readQuietly(argument, text.text);
  if (typeof awsAuth === 'string') return refuse(awsAuth);
  const document = firstDocument(yaml, text.text);
  const faulty = faultyHole(module, yaml, text, document, list === 'accounts' ? 'accounts' : 'rows');
  if (faulty) return faulty;
  const [unreadable] = awsAuth.unread;
  if (unreadable) return refuse(unreadable.reason);
  const comments = yamlComments(yaml, text.text);
  const items = itemsOf(yaml, text, document.contents, comments, sourcesOf(module));
  const kept =
    list === 'accounts' ? accountItems(items, awsAuth.accounts) : awsAuth.rows.map(({ index }) => items[index]);
  const printed = printRows(text, list === 'accounts' ? awsAuth.accounts : awsAuth.rows);
  const { rows } = readRowList(
    module,
    { ...module.parseExpression(printed), at: text.place },
    { argument, list },
    guards,
  );
  return {
    rows: rows.map((row, position) => placed(row, kept[position], text)),
    diagnostics: awsAuth.skipped.map(({ place, reason }) => {
      const index = Number(/\[(\d+)\]$/.exec(place)?.[1]);
      return diagnose('TAE606', { place, reason }, items[index]?.place ?? text.place);
    }),
    commentedOut: comments.filter(({ text: comment }) => isCommentedOut(comment) && /arn/i.test(comment)).length,
  };
};

const lists: Readonly<Record<AwsAuthList, RowList>> = { mapRoles: 'roles', mapUsers: 'users', mapAccounts: 'accounts' };

/** What is read here, or why it is not. */
const readQuietly = async (argument: AwsAuthList, text: string): Promise<AwsAuth | string> => {
  try {
    return await readAwsAuth(new Map([[argument, text]]));
  } catch (error) {
    if (!(error instanceof YamlTooLarge)) throw error;
    return error.message;
  }
};

const sourcesOf =
  ({ files, scope }: RootModule): Sources =>
  path =>
    files.find(({ file }) => file === path)?.text ?? scope.files?.get(path);

/** Each account once, as the authenticator holds it, at the first item that says it. */
const accountItems = (items: readonly Item[], accounts: readonly string[]): readonly (Item | undefined)[] =>
  accounts.map(account => items.find(({ text }) => text.replace(/^(["'])(.*)\1$/, '$2') === account));

/** The row was read from a text that we have put together. */
const placed = (row: Row, item: Item | undefined, text: HoledText): Row => {
  const origin = item?.place ?? text.place;
  const at = (field: Field | undefined): Field | undefined => field && { ...field, range: origin };
  const fields = { principal: at(row.principal), username: at(row.username), groups: at(row.groups) };
  return {
    ...row,
    ...Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)),
    index: item?.index ?? row.index,
    origin,
    comments: item?.comments ?? [],
  };
};
