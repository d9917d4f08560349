import { isList, type YamlMap, type YamlValue } from './yaml-value.ts';

type Fields = {
  readonly texts: ReadonlyMap<string, string>;
  readonly groups: readonly string[];
  readonly sso: boolean;
  readonly problems: readonly string[];
};

const textFields = ['rolearn', 'userarn', 'username'];

/**
 * The fields of a row. Names count without regard to case and unknown ones are ignored. On the way through JSON they are sorted, so
 * of rolearn and roleARN in one row the small letters win. A value of another type leaves its field as it was.
 * Source: https://pkg.go.dev/encoding/json#Unmarshal
 */
export const readFields = (row: YamlMap): Fields => {
  const texts = new Map<string, string>();
  const problems: string[] = [];
  let groups: readonly string[] = [];
  let sso = false;
  for (const [key, value] of [...row].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const name = key.toLowerCase();
    if (name === 'sso') sso = value !== null;
    if (textFields.includes(name)) {
      if (typeof value === 'string') texts.set(name, value);
      else if (value !== null) problems.push(`${key} is no text (${shown(value)}), so it is empty`);
    }
    if (name !== 'groups') continue;
    if (isList(value)) {
      groups = value.map(item => (typeof item === 'string' ? item : ''));
      const odd = value.findIndex(item => typeof item !== 'string');
      if (odd !== -1) problems.push(`${key}[${odd}] is no text (${shown(value[odd] ?? null)}), so it is no group`);
    } else if (value === null) groups = [];
    else problems.push(`${key} is no list (${shown(value)}), so there are no groups`);
  }
  return { texts, groups, sso, problems };
};

const shown = (value: YamlValue): string => {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a text';
  return 'kind' in value ? `the ${value.kind} ${value.text}` : isList(value) ? 'a list' : 'a mapping';
};
