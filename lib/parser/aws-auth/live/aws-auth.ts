import { distance } from 'fastest-levenshtein';
import type { RowList } from '../row.ts';
import { YamlProblem, YamlTooLarge } from '../../../terraform/yaml.ts';
import { isList, isMap, isOther, readYaml, readYamlTexts, type YamlValue, type YamlMap } from './yaml-value.ts';

/** The keys of the data that hold rows, by their case; others mean nothing to EKS. */
export const rowLists = { mapRoles: 'roles', mapUsers: 'users', mapAccounts: 'accounts' } as const satisfies Readonly<
  Record<string, RowList>
>;

export type AwsAuthList = keyof typeof rowLists;

export const isRowList = (key: string): key is AwsAuthList => Object.hasOwn(rowLists, key);

/** What is wrong with a key that is meant for one of them and is none; undefined for those, and for a key of something else. */
export const misspelling = (key: string): string | undefined => {
  if (isRowList(key)) return undefined;
  const written = key.toLowerCase();
  const far = (list: string): number => distance(list.toLowerCase(), written);
  const [nearest = ''] = Object.keys(rowLists).toSorted((a, b) => far(a) - far(b));
  if (far(nearest) === 0) return 'the key is written in another case';
  return far(nearest) > 2 ? undefined : `the key is not ${nearest}`;
};

/** A row as the authenticator holds it. What is missing is an empty text. */
export type AwsAuthRow = {
  readonly list: 'mapRoles' | 'mapUsers';
  readonly index: number;
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
};

/** aws-auth as the authenticator reads it. */
export type AwsAuth = {
  readonly rows: readonly AwsAuthRow[];
  readonly accounts: readonly string[];
  /** Lists that are empty because of how they are written. */
  readonly unread: readonly { readonly list: string; readonly reason: string }[];
  /** Rows and fields that are skipped. `mayCount`: it is not known whether EKS skips it. */
  readonly skipped: readonly {
    readonly list: AwsAuthList;
    readonly index: number;
    readonly reason: string;
    readonly mayCount?: true;
  }[];
};

export type ConfigMapData = ReadonlyMap<string, string>;

/**
 * Reads the three lists. A list that is no YAML list is empty as a whole; in a list, what does not fit its type is skipped alone.
 * Sources: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/configmap/configmap.go (ParseMap),
 * pkg/config/mapper.go (Validate)
 */
export const readAwsAuth = async (data: ConfigMapData): Promise<AwsAuth> => {
  const unread = [...data.keys()].flatMap(key => {
    const reason = misspelling(key);
    return reason === undefined ? [] : [{ list: key, reason }];
  });
  const skipped: AwsAuth['skipped'][number][] = [];
  const items = async (list: AwsAuthList): Promise<readonly YamlValue[]> => {
    const text = data.get(list);
    if (text === undefined || isSkippable(text)) return [];
    const read = await readList(list, text);
    if (typeof read !== 'string') return read;
    unread.push({ list, reason: read });
    return [];
  };
  const rows: AwsAuthRow[] = [];
  for (const list of ['mapRoles', 'mapUsers'] as const) {
    for (const [index, item] of (await items(list)).entries()) {
      const { row, problems, mayCount } = readRow(item, list, index);
      if (row !== undefined) rows.push(row);
      skipped.push(...problems.map(reason => ({ list, index, reason })));
      if (mayCount !== undefined) skipped.push({ list, index, reason: mayCount, mayCount: true });
    }
  }
  const accounts = (await items('mapAccounts')).map(accountOf);
  return { rows, accounts: [...new Set(accounts.filter(id => id !== ''))], unread, skipped };
};

/** An empty list may be written as two backticks or two quotes. */
const isSkippable = (text: string): boolean => ['', '``', '""'].includes(text.trim());

/** The items, or why there are none. */
const readList = async (list: AwsAuthList, text: string): Promise<readonly YamlValue[] | string> => {
  try {
    // Accounts do not go through JSON.
    const value = await (list === 'mapAccounts' ? readYamlTexts : readYaml)(text);
    if (value === null) return [];
    if (isMap(value)) return 'it is a mapping and no list';
    if (!isList(value)) return 'it is a text and no list';
    return list !== 'mapAccounts' && hasInfinity(value) ? 'it holds .inf or .nan, which JSON does not have' : value;
  } catch (error) {
    if (error instanceof YamlTooLarge) throw new YamlTooLarge(`${list}: ${error.message}`);
    if (!(error instanceof YamlProblem)) throw error;
    return `its YAML cannot be read: ${error.message}`;
  }
};

const hasInfinity = (value: YamlValue): boolean => {
  if (isList(value)) return value.some(hasInfinity);
  if (isMap(value)) return [...value.values()].some(hasInfinity);
  return isOther(value) && value.kind === 'infinite';
};

/** Accounts go from YAML straight into texts, so a number keeps its digits. */
const accountOf = (item: YamlValue): string => (typeof item === 'string' ? item : isOther(item) ? item.text : '');

const readRow = (
  item: YamlValue,
  list: AwsAuthRow['list'],
  index: number,
): { readonly row?: AwsAuthRow; readonly problems: readonly string[]; readonly mayCount?: string } => {
  if (!isMap(item)) return { problems: ['it is no mapping, so it grants nothing'] };
  const { texts, groups, sso, problems } = readFields(item);
  const field = list === 'mapRoles' ? 'rolearn' : 'userarn';
  const arn = texts.get(field) ?? '';
  if (list === 'mapRoles' && sso) {
    const mayCount =
      'it has sso, and it is not known whether EKS reads such a row (the authenticator has this off by default)';
    return { problems, mayCount };
  }
  // v0.6.0 takes the long s for a letter of its own, v0.7.18 for an s. Sources: pkg/config/mapper.go there (Matches), https://pkg.go.dev/strings#EqualFold
  if (arn.includes('\u017f'))
    throw new YamlTooLarge(
      `${list}[${index}] has U+017F in its ARN, which only some releases of the authenticator take for an s`,
    );
  if (arn === '') return { problems: [...problems, `it has no ${field}, so it grants nothing`] };
  return { row: { list, index, arn, username: texts.get('username') ?? '', groups }, problems };
};

type Fields = {
  readonly texts: ReadonlyMap<string, string>;
  readonly groups: readonly string[];
  readonly sso: boolean;
  readonly problems: readonly string[];
};

const textFields = ['rolearn', 'userarn', 'username'];

/** Go folds case as Unicode does: the long s is an s. Source: https://pkg.go.dev/encoding/json#Unmarshal, fold.go there (foldName). */
const folded = (key: string): string => key.replaceAll('\u017f', 's').toLowerCase();

/**
 * The fields of a row. Names count without regard to case and unknown ones are ignored. On the way through JSON they are sorted, so
 * of rolearn and roleARN in one row the small letters win. A value of another type leaves its field as it was, and an item of another
 * type what stood in its place under another spelling of groups.
 * Sources: https://pkg.go.dev/encoding/json#Unmarshal, decode.go there (array)
 */
const readFields = (row: YamlMap): Fields => {
  const texts = new Map<string, string>();
  const problems: string[] = [];
  let groups: readonly string[] = [];
  let places: readonly string[] = [];
  let sso = false;
  for (const [key, value] of [...row].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const name = folded(key);
    if (name === 'sso') sso = value !== null;
    if (textFields.includes(name)) {
      if (typeof value === 'string') texts.set(name, value);
      else if (value !== null) problems.push(`${key} is no text (${shown(value)}), so it is empty`);
    }
    if (name !== 'groups') continue;
    if (isList(value)) {
      groups = value.map((item, index) => (typeof item === 'string' ? item : (places[index] ?? '')));
      places = value.length === 0 ? [] : [...groups, ...places.slice(value.length)];
      const odd = value.findIndex(item => typeof item !== 'string');
      const stays = groups[odd] === '' ? 'it is no group' : `${groups[odd]} stays there`;
      if (odd !== -1) problems.push(`${key}[${odd}] is no text (${shown(value[odd] ?? null)}), so ${stays}`);
    } else if (value === null) groups = places = [];
    else problems.push(`${key} is no list (${shown(value)}), so there are no groups`);
  }
  return { texts, groups, sso, problems };
};

const shown = (value: YamlValue): string => {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a text';
  return 'kind' in value ? `the ${value.kind} ${value.text}` : isList(value) ? 'a list' : 'a mapping';
};
