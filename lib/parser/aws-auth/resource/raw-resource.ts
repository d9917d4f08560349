import { diagnose, type Diagnostic, type Range } from '../../../diagnostics/index.ts';
import type { PlacedBlock, RootModule } from '../../../terraform/index.ts';
import { commentedOutRows } from '../../expressions/comments.ts';
import { isRowList, misspelling, rowLists } from '../live/aws-auth.ts';
import { repetitionOf, type Repetition, conditionsOf } from '../../clusters/repetition.ts';
import type { Row, RowList } from '../row.ts';
import { joinRows, readRowList, type ReadRows, type UnreadList } from '../rows.ts';
import type { DataEntry } from './data-entries.ts';
import { readRawData, type RawKind } from './raw-data.ts';
import { readTextRows, type TextRows } from './text-rows.ts';
import type { Unread } from './holed-text.ts';
import { attribute, blocks, type Comment, type Expression } from '../../../hcl/index.ts';
import { ignoredLists } from './ignored-lists.ts';

/** A resource of the root module that writes the aws-auth ConfigMap itself, and the rows it writes. */
export type RawResource = {
  readonly address: string;
  readonly block: PlacedBlock;
  readonly kind: RawKind;
  readonly repetition: Repetition;
  readonly rows: readonly Row[];
  readonly unread: readonly UnreadList[];
  /** What is not read of it, so that its rows are not known. `list` is the key of the data, or the data as a whole. */
  readonly refused: readonly Refused[];
  readonly diagnostics: readonly Diagnostic[];
  readonly commentedOut: { readonly count: number; readonly range: Range };
  /** Comments of YAML in it: to Terraform they are text. */
  readonly comments: readonly Comment[];
  /** The lists that it writes. Of an object that is there others stay as they are; one that it makes has no others. */
  readonly lists: readonly RowList[];
  /** The lists that Terraform leaves alone once the object is there. */
  readonly ignoredLists: readonly RowList[];
};

export type Refused = Pick<Unread, 'place' | 'why'> & { readonly list: string };

/** The resources that write aws-auth, in source order. */
export const readRawResources = async (module: RootModule): Promise<readonly RawResource[]> => {
  const texts = [...module.files.map(({ text }) => text), ...(module.scope.files?.values() ?? [])];
  // An escape in a string may stand for the name.
  if (!texts.some(text => /aws[-_]auth|map(?:Roles|Users|Accounts)|\\u[0-9a-f]{4}/i.test(text))) return [];
  const found = await Promise.all(module.blocks.map(block => readRaw(module, block)));
  return found.filter(resource => resource !== undefined);
};

const readRaw = async (module: RootModule, block: PlacedBlock): Promise<RawResource | undefined> => {
  const repetition = repetitionOf({ block });
  const read = await readRawData(module, block, conditionsOf(repetition));
  if (!read) return undefined;
  const { kind, data } = read;
  const lists = await Promise.all('why' in data ? [] : data.map(entry => readEntry(module, entry)));
  const count = lists.reduce((sum, { commentedOut }) => sum + commentedOut, commentedOutRows(block.in, block.range));
  return {
    address: block.labels.join('.'),
    block,
    kind,
    repetition,
    ...joinRows(lists),
    refused: [...('why' in data ? [{ ...data, list: 'data' }] : []), ...lists.flatMap(({ refused }) => refused)],
    diagnostics: lists.flatMap(({ diagnostics }) => diagnostics),
    commentedOut: { count, range: block.headerRange },
    comments: lists.flatMap(({ comments }) => comments),
    lists: kind === 'object' || 'why' in data ? Object.values(rowLists) : listsIn(data),
    ignoredLists: ignoredLists(inLifecycle(block, 'ignore_changes')),
  };
};

type ReadEntry = ReadRows & Pick<RawResource, 'refused'> & Omit<TextRows, 'rows'>;

const listsIn = (data: readonly DataEntry[]): readonly RowList[] =>
  data.flatMap(({ key }) => (isRowList(key) ? [rowLists[key]] : []));

const nothing: ReadEntry = { rows: [], unread: [], refused: [], diagnostics: [], comments: [], commentedOut: 0 };

const readEntry = async (module: RootModule, { key, written, guards }: DataEntry): Promise<ReadEntry> => {
  const refuse = (unread: Unread): ReadEntry => ({ ...nothing, refused: [{ ...unread, list: key }] });
  if (!isRowList(key)) {
    const reason = misspelling(key);
    return reason === undefined ? nothing : { ...nothing, diagnostics: [misspelt(key, reason, written)] };
  }
  if (written.kind === 'unread') return refuse(written);
  if (written.kind === 'value') {
    return { ...nothing, ...readRowList(module, written.piece, { argument: key, list: rowLists[key] }, guards) };
  }
  const read = await readTextRows(module, written.text, key, guards);
  return 'why' in read ? refuse(read) : { ...nothing, ...read };
};

const misspelt = (key: string, reason: string, written: DataEntry['written']): Diagnostic => {
  const { place } =
    written.kind === 'text'
      ? written.text
      : written.kind === 'unread'
        ? written
        : { place: written.piece.expression.range };
  return diagnose('TAE606', { place: key, reason: `${reason}, so its rows grant nothing` }, place);
};

/** Whether a destroy of what is in the source is refused; once the block is gone, nothing refuses it. */
export const preventsDestroy = (block: PlacedBlock): boolean =>
  inLifecycle(block, 'prevent_destroy').some(value => value.kind !== 'bool' || value.value);

const inLifecycle = ({ body }: PlacedBlock, name: string): readonly Expression[] =>
  blocks(body, 'lifecycle').flatMap(lifecycle => attribute(lifecycle.body, name)?.value ?? []);
