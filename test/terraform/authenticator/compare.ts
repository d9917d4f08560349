import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import { readAwsAuthFile } from '../../../lib/parser/aws-auth/live/read-config-map.ts';
import { verifyAccess } from '../../../lib/verifier/access/verify-access.ts';
import { Refusal } from '../../../lib/diagnostics/index.ts';
import { access } from '../oracle/access.ts';
import { canonicalArn } from '../oracle/arn.ts';
import { readAwsAuth } from '../oracle/aws-auth.ts';
import type { Answer, Authenticator, Data, Identity } from './authenticator.ts';
import { callersOf, nameIn, principals } from './principals.ts';
import { rendered, sessionOf } from './rendered.ts';
import { reasonOf } from './decided.ts';

/** Where the authenticator and somebody who reads aws-auth differ. `of` is who reads, and what. */
export type Difference = { readonly of: string; readonly text: string };

export type Compared = {
  readonly differences: readonly Difference[];
  readonly comparisons: number;
  /** Nothing of it is read by the product, so that is not compared. */
  readonly isRefused: boolean;
  /** Differences that are there on purpose. */
  readonly decided: readonly string[];
};

/** As kubectl prints it: JSON, or YAML with the lists in blocks. */
export const printed = (data: Data, asYaml: boolean): string => {
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'aws-auth', namespace: 'kube-system' },
    data,
  };
  // kubectl escapes what is not plain; this printer does not.
  const isPlain = Object.values(data).every(text => /^[\n -~]*$/.test(text));
  return asYaml && isPlain ? stringify(configMap) : JSON.stringify(configMap);
};

/** Those whom the ConfigMap may concern, and one whom it does not. */
const concerned = (data: Data): readonly string[] => {
  const text = Object.values(data).join('\n').toLowerCase();
  const all = principals.filter(arn => text.includes(nameIn(arn).toLowerCase()));
  const listed = (data['mapAccounts'] ?? '').trim() === '' ? [] : principals.filter(arn => nameIn(arn) === 'Dev');
  return [...new Set([...all, ...listed, principals[0] ?? ''])];
};

/** How often one must call to see all that may happen by chance: one of two users comes first once in eight times. */
const often = 150;

export const compare = async (authenticator: Authenticator, data: Data, text: string): Promise<Compared> => {
  const asked = concerned(data);
  const calls = asked.flatMap(principal =>
    callersOf(principal).map(arn => ({ principal, arn, session: sessionOf(arn, authenticator.build) })),
  );
  const model = modelOf(data, asked);
  const isByChance = chanceIn(data);
  const answer = await authenticator.ask({
    data,
    callers: calls.map(({ principal, arn }) => ({ arn, times: isByChance(principal) ? often : 1 })),
  });
  const differences: Difference[] = [];
  const decided: string[] = [];
  let comparisons = 0;
  const { build } = authenticator;
  const expect = (of: string, found: unknown, right: unknown, principal?: string): void => {
    comparisons++;
    if (isDeepStrictEqual(found, right)) return;
    const reason = reasonOf({ of, found, right, answer, build, ...(principal === undefined ? {} : { principal }) });
    if (reason === undefined)
      differences.push({ of, text: `${JSON.stringify(found)} instead of ${JSON.stringify(right)}` });
    else decided.push(reason);
  };

  const held = heldBy(answer);
  expect('oracle: rows', modelRows(data), keyed(held));
  const read = await readQuietly(text);
  if (typeof read === 'string') {
    const reason = reasonOf({ of: 'refused', found: read, right: held, answer, build });
    if (reason === undefined) differences.push({ of: 'refused', text: read });
    else decided.push(reason);
  } else expect('convert: rows', read, held);

  const verified = typeof read === 'string' ? undefined : await verifyAccess(text, snapshotOf(asked));
  for (const [index, call] of calls.entries()) {
    const { principal } = call;
    const right = (answer.callers[index]?.identities ?? []).toSorted(byText);
    const modelled = distinct(model(principal).flatMap(one => rendered(one, call)));
    expect(`oracle: ${kindOf(principal)}`, modelled, right, principal);
    if (verified === undefined) continue;
    const said = verified.principals.find(one => one.principal === principal);
    const before = said?.before ? rendered(said.before, call, 'as said') : [];
    // One of several is named, and the places of all.
    const among =
      isByChance(principal) &&
      (said?.rows.length ?? 0) > 1 &&
      before.every(one => right.some(other => isDeepStrictEqual(one, other)));
    expect(`verify-access: ${kindOf(principal)}`, among ? right : before, right, principal);
  }
  return { differences, comparisons, isRefused: typeof read === 'string', decided };
};

const kindOf = (principal: string): string => /:(role|user|root|federated-user)/.exec(principal)?.[1] ?? '';

const byText = (a: Identity, b: Identity): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const distinct = (identities: readonly Identity[]): readonly Identity[] =>
  [...new Map(identities.map(one => [JSON.stringify(one), one])).values()].toSorted(byText);

type Held = {
  readonly roles: readonly (Identity & { readonly arn: string })[];
  readonly users: readonly (Identity & { readonly arn: string })[];
  readonly accounts: readonly string[];
};

/** An account without an id concerns nobody. */
const accountsIn = (accounts: readonly string[]): readonly string[] =>
  [...new Set(accounts)].filter(account => account !== '').toSorted();

/** A row of `sso` matches nobody where its feature is off, as it is by default: pkg/config/features.go there. */
const heldBy = ({ roles, users, accounts }: Answer): Held => ({
  roles: roles
    .filter(({ sso }) => sso === undefined)
    .map(({ rolearn = '', username, groups }) => ({ arn: rolearn, username, groups: groups ?? [] })),
  users: users.map(({ userarn, username, groups }) => ({ arn: userarn, username, groups: groups ?? [] })),
  accounts: accountsIn(accounts),
});

const readQuietly = async (text: string): Promise<Held | string> => {
  try {
    const { rows, accounts } = (await readAwsAuthFile('aws-auth', text)).awsAuth;
    const of = (own: string): Held['roles'] =>
      rows.filter(({ list }) => list === own).map(({ arn, username, groups }) => ({ arn, username, groups }));
    return { roles: of('mapRoles'), users: of('mapUsers'), accounts: accountsIn(accounts) };
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
};

/** The model keeps rows by their keys: a later one takes the place of an earlier one. */
const keyed = ({ roles, users, accounts }: Held): object => ({
  roles: Object.fromEntries(roles.map(row => [row.arn.toLowerCase(), row])),
  users: Object.fromEntries(users.map(row => [row.arn, row])),
  accounts,
});

const modelRows = (data: Data): object => {
  const { roles, users, accounts } = readAwsAuth({ data });
  return keyed({ roles: [...roles.values()], users: [...users.values()], accounts: accountsIn([...accounts]) });
};

/** Whether a principal has several rows of users, of which each call may find another; rows of roles are asked before. */
const chanceIn = (data: Data): ((principal: string) => boolean) => {
  const { roles, users } = readAwsAuth({ data });
  return principal => {
    const caller = canonicalArn(principal).toLowerCase();
    return !roles.has(caller) && [...users.keys()].filter(arn => arn.toLowerCase() === caller).length > 1;
  };
};

/** The identities that a principal may have, with templates in them. */
const modelOf = (data: Data, asked: readonly string[]): ((principal: string) => readonly Identity[]) => {
  const found = access(
    {
      principals: asked,
      options: { creatorEntry: false },
      clusters: { demo: { mode: 'CONFIG_MAP', bootstrap: false } },
      configMaps: { 'kube-system/aws-auth': { data } },
    },
    'demo',
  );
  return principal => {
    const { via, username, groups, alternatives } = found.get(principal) ?? { via: 'none', username: '', groups: [] };
    if (via === 'none') return [];
    return alternatives ?? [{ username, groups }];
  };
};

/** An entry for each, so that each is asked for. */
const snapshotOf = (asked: readonly string[]): string =>
  asked
    .flatMap(principalArn => [
      { accessEntry: { principalArn, type: 'STANDARD', username: 'x', kubernetesGroups: [] } },
      { principalArn, associatedAccessPolicies: [] },
    ])
    .map(document => JSON.stringify(document))
    .join('\n');
