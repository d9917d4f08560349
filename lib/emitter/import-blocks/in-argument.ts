import { parsePrincipalArn } from '../../eks/index.ts';
import { sourceOf } from '../../hcl/index.ts';
import {
  isPlannedEntries,
  type Cluster,
  type EntryItem,
  type ExistingEntry,
  type Identity,
} from '../../parser/index.ts';
import { evaluate, knownString, referencesOf, type RootModule, type Value } from '../../terraform/index.ts';
import type { Declarations, Declared, Unread } from './declared.ts';
import { fromValue } from './from-value.ts';
import type { Place } from './place.ts';

/**
 * The entries of `access_entries`. Where the whole map can be computed, that is what counts; else each item that is written out,
 * and what remains is unread.
 * Source for the addresses: terraform-aws-modules/eks from 20.0.1 on, main.tf.
 */
export const inArgument = (cluster: Cluster, place: Place): Declarations => {
  const { argument } = cluster.existing;
  if (!argument) return { declared: [], unread: [] };
  const written = cluster.existing.entries.filter(isWrittenOut);
  const whole = evaluate(argument.value, place.module.scope);
  if (whole.kind === 'object') {
    const read = [...whole.entries].map(([key, value]) => entryAt(key, value, writtenAs(key, written), place));
    return { declared: read, unread: [] };
  }
  const items = written.filter(({ presence }) => presence !== 'never').map(entry => itemOf(entry, place));
  const planned = plannedOf(place.module, cluster);
  return {
    declared: lastOfEach(items.flatMap(({ declared }) => declared)),
    unread: [
      ...items.flatMap(({ unread }) => unread),
      ...planned,
      ...cluster.existing.unread.map(range => ({ what: `a part of access_entries of ${cluster.address}`, range })),
    ],
  };
};

type Written = ExistingEntry & { readonly written: EntryItem };

const isWrittenOut = (entry: ExistingEntry): entry is Written => entry.form === 'argument';

const keyOf = ({ written: { name, key } }: Written, module: RootModule): string | undefined => {
  if (name !== undefined) return name;
  const value = evaluate(key, module.scope);
  return value.kind === 'number' ? value.text : knownString(value);
};

const itemOf = (entry: Written, place: Place): Declarations => {
  const key = keyOf(entry, place.module);
  if (key === undefined) {
    const what = `the entry under the key ${entry.key}`;
    return { declared: [], unread: [{ what, range: entry.range }] };
  }
  const value = evaluate(entry.written.value, place.module.scope);
  const maybe = entry.presence === 'maybe' ? { maybe: true as const } : {};
  return { declared: [{ ...entryAt(key, value, entry, place), ...maybe }], unread: [] };
};

const entryAt = (key: string, value: Value, written: Written | undefined, place: Place): Declared => {
  const read = fromValue(value, policy => place.associationAt(`${key}_${policy}`));
  const identity = identityOf(read.principalArn, written, place);
  return {
    address: place.entryAt(key),
    ...read,
    ...(identity ? { identity } : {}),
    ...(place.region ? { region: place.region } : {}),
    ...(written ? { range: written.range } : {}),
  };
};

/** What the source says, what the config decides, or the expression itself. */
const identityOf = (
  principalArn: string | undefined,
  written: Written | undefined,
  { decided }: Place,
): Identity | undefined => {
  if (principalArn !== undefined) {
    const arn = parsePrincipalArn(principalArn);
    return arn && { kind: 'arn', arn };
  }
  return decided(written && principalSource(written)) ?? written?.identity;
};

const principalSource = ({ written: { value, in: file } }: Written): string | undefined => {
  const item = value.kind === 'object' ? value.items.find(({ name }) => name === 'principal_arn') : undefined;
  return item && sourceOf(file.text, item.value.range);
};

/** In `merge` the last map that has a key counts. Of entries under conditions it is not known which. */
const lastOfEach = (declared: readonly Declared[]): readonly Declared[] =>
  declared.filter(
    (own, index) =>
      own.maybe || !declared.slice(index + 1).some(({ address, maybe }) => !maybe && address.key === own.address.key),
  );

const writtenAs = (key: string, written: readonly Written[]): Written | undefined =>
  written.findLast(entry => entry.presence !== 'never' && entry.key === key);

/** What is converted at plan time has keys that only a plan knows. */
const plannedOf = (module: RootModule, { existing: { argument } }: Cluster): readonly Unread[] =>
  (argument ? referencesOf(argument.value) : [])
    .filter(({ path: [root, name = ''] }) => root === 'local' && isPlannedEntries(module, name))
    .map(({ path, range }) => ({ what: `the entries of ${path.join('.')}`, range }));
