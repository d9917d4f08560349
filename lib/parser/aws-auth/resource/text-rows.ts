import { diagnose, type Diagnostic, type Range } from '../../../diagnostics/index.ts';
import type { RootModule } from '../../../terraform/index.ts';
import { commentedOut, commentedOutRows } from '../../expressions/comments.ts';
import { readAwsAuth, rowLists, type AwsAuth, type AwsAuthList, type AwsAuthRow } from '../live/aws-auth.ts';
import { firstDocument, YamlTooLarge } from '../../../terraform/yaml.ts';
import { linesIn } from '../live/yaml-doubts.ts';
import type { Field, Row } from '../row.ts';
import { readRowList } from '../rows.ts';
import { faultInRows, sourceOfHole } from './hole-faults.ts';
import { type HoledText, placeOfLines, type Sources, type Unread, wordPattern, type Hole } from './holed-text.ts';
import { itemsOf, type Item, yamlComments } from './yaml-items.ts';
import { quote, type Comment } from '../../../hcl/index.ts';
import { textOf } from '../../expressions/piece.ts';

export type TextRows = {
  readonly rows: readonly Row[];
  readonly diagnostics: readonly Diagnostic[];
  /** At their lines in the source, those left out that are rows. */
  readonly comments: readonly Comment[];
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
  const refuse = (why: string): Unread => ({ kind: 'unread', place: text.place, why });
  const awsAuth = await readQuietly(argument, text.text);
  if (typeof awsAuth === 'string') return refuse(awsAuth);
  const [unreadable] = awsAuth.unread;
  if (unreadable) return refuse(unreadable.reason);
  const lexed = yamlComments(yaml, text.text);
  const faulty = faultInRows(module, text, awsAuth, lexed);
  if (faulty) return faulty;
  const comments = lexed.map(comment => ({ ...comment, text: asWritten(text, comment.text) }));
  const items = itemsOf(yaml, text, firstDocument(yaml, text.text).contents, comments, sourcesOf(module));
  return {
    rows: rowsOfList(module, text, { argument, items, guards }, awsAuth),
    diagnostics: awsAuth.skipped.map(({ index, reason }) =>
      diagnose('TAE606', { place: `${argument}[${index}]`, reason }, items[index]?.place ?? text.place),
    ),
    comments: commentsLeft(yaml, text, comments, sourcesOf(module)),
    commentedOut: commentedOutRows({ text: text.text, comments }, { start: 0, end: text.text.length }),
  };
};

/** What is read here, or why it is not. */
const readQuietly = async (argument: AwsAuthList, text: string): Promise<AwsAuth | string> => {
  try {
    return await readAwsAuth(new Map([[argument, text]]));
  } catch (error) {
    if (!(error instanceof YamlTooLarge)) throw error;
    // Whose list it is says the diagnostic.
    return error.message.replace(`${argument}: `, '');
  }
};

const sourcesOf =
  ({ files, scope }: RootModule): Sources =>
  path =>
    files.find(({ file }) => file === path)?.text ?? scope.files?.get(path);

const commentsLeft = (
  yaml: typeof import('yaml'),
  text: HoledText,
  comments: readonly Comment[],
  sources: Sources,
): readonly Comment[] => {
  const lines = linesIn(yaml, text.text);
  const rows = commentedOut({ text: text.text, comments });
  return comments
    .filter(comment => !rows.has(comment))
    .map(comment => {
      const line = lines.linePos(comment.range.start).line - 1;
      return { ...comment, range: placeOfLines(text, sources, line, line) };
    });
};

/** A comment with its expressions instead of their words. It stays in its line. */
const asWritten = ({ holes }: HoledText, comment: string): string =>
  holes.length === 0
    ? comment
    : comment.replace(wordPattern(holes), word => {
        const hole = holes.find(one => one.word === word);
        return hole ? `\${${sourceOfHole(hole)}}` : word;
      });

/** Where the rows of a list stand. */
type ListPlace = {
  readonly argument: AwsAuthList;
  readonly items: readonly Item[];
  readonly guards: readonly string[];
};

/** What the authenticator holds of a list, as rows; each account once, at the first item that says it. */
export const rowsOfList = (
  module: RootModule,
  text: Pick<HoledText, 'holes' | 'place'>,
  { argument, items, guards }: ListPlace,
  { rows, accounts }: Pick<AwsAuth, 'rows' | 'accounts'>,
): readonly Row[] => {
  const list = rowLists[argument];
  const held = rows.filter(row => row.list === argument);
  const kept =
    list === 'accounts'
      ? accounts.map(account => items.find(item => item.text.replace(/^(["'])(.*)\1$/, '$2') === account))
      : held.map(({ index }) => items[index]);
  const printed = printRows(text, list === 'accounts' ? accounts : held);
  const piece = { ...module.parseExpression(printed), at: text.place };
  const read = readRowList(module, piece, { argument, list }, guards);
  return read.rows.map((row, position) => placed(row, kept[position], text.place));
};

/** The row was read from a text that we have put together. */
const placed = (row: Row, item: Item | undefined, whole: Range): Row => {
  const origin = item?.place ?? whole;
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

/** HCL of a list of rows, or of accounts, with the expressions in place of their words. What is empty is left out: it is none. */
const printRows = ({ holes }: Pick<HoledText, 'holes'>, rows: readonly (AwsAuthRow | string)[]): string => {
  const print = printer(holes);
  const lines = rows.map(row => {
    if (typeof row === 'string') return print(row);
    const groups = row.groups.filter(group => group !== '').map(print);
    return `{ ${[
      `${row.list === 'mapRoles' ? 'rolearn' : 'userarn'} = ${print(row.arn)}`,
      ...(row.username === '' ? [] : [`username = ${print(row.username)}`]),
      `groups = ${wholeList(holes, row.groups) ?? `[${groups.join(', ')}]`}`,
    ].join(', ')} }`;
  });
  return `[\n${lines.map(line => `${line},\n`).join('')}]`;
};

/** `[${jsonencode(x)}]`, as it is put into the text, is x. */
const wholeList = (holes: readonly Hole[], [only, ...more]: readonly string[]): string | undefined => {
  const hole = more.length === 0 ? holes.find(({ as, word }) => as === 'json-list' && word === only) : undefined;
  return hole && sourceOf(hole);
};

/** HCL of a text: the expression itself where that is all of it. */
const printer = (holes: readonly Hole[]): ((text: string) => string) => {
  if (holes.length === 0) return quote;
  const words = wordPattern(holes);
  const byWord = new Map(holes.map(hole => [hole.word, hole]));
  return text => {
    const whole = byWord.get(text);
    if (whole) return sourceOf(whole);
    const literals = text.split(words);
    const inside = (text.match(words) ?? []).map(word => byWord.get(word));
    return `"${literals.map((literal, index) => quote(literal).slice(1, -1) + interpolation(inside[index])).join('')}"`;
  };
};

const interpolation = (hole: Hole | undefined): string => (hole ? `\${${textOf(hole.piece)}}` : '');

/** An expression of several lines is one value between parentheses only. */
const sourceOf = ({ piece }: Hole): string => (textOf(piece).includes('\n') ? `(${textOf(piece)})` : textOf(piece));
