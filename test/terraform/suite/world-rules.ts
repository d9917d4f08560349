import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import { readAwsAuth } from '../oracle/aws-auth.ts';
import { awsAuthOf, type World } from '../oracle/world.ts';
import type { Case, RowReport } from './cases.ts';
import { describeChange, equals, is, rightsIn, unequal } from './laws.ts';
import { supplements } from './supplements.ts';

/*
 * What the world must show, whatever the product says about it: the rows are those of the live aws-auth, as the authenticator
 * reads them.
 */

const clustersOf = (one: Case, { clusters = {} }: World): string[] =>
  Object.keys(clusters).filter(name => supplements[one.name]?.migrated?.includes(name) ?? true);

/** What each phase leaves: the mode, an entry for everyone who had a row, no row at all. */
export function worldProblems(one: Case, phase: PhaseId, before: World, world: World): string[] {
  return clustersOf(one, world).flatMap(name => {
    const mode = world.clusters?.[name]?.mode ?? '';
    const mustBe = (...modes: string[]): string[] =>
      modes.includes(mode) ? [] : [`${phase} must leave ${name} in ${modes.join(' or ')}, and it is in ${mode}`];
    if (phase === 'enable-api') return mustBe('API_AND_CONFIG_MAP', 'API');
    if (phase === 'api-only') return mustBe('API');
    if (phase === 'remove-aws-auth')
      return rowsOf(world, name).map(row => `${phase} must leave no row in aws-auth of ${name}, and ${row} is there`);
    return phase === 'add-access-entries' ? entryProblems(one, name, before, world) : [];
  });
}

/** Who still comes in by a row that the report says nothing about; who gets an entry although the row is dropped. */
function entryProblems(one: Case, cluster: string, before: World, world: World): string[] {
  const rights = [...(rightsIn(world).get(cluster) ?? [])];
  const old = rightsIn(before).get(cluster);
  // Who makes the entries of nodes is asked when aws-auth goes.
  const byRow = rights.filter(([, { via, username }]) => via === 'configmap' && !username.startsWith('system:node:'));
  const left = unnamed(
    byRow.map(([arn]) => arn),
    one.rows.filter(({ disposition }) => disposition === 'blocked' || disposition === 'dropped'),
  );
  const dropped = (one.config.drop ?? []).map(({ principal }) => principal);
  const kept = rights.filter(([arn, now]) => is(dropped, arn) && now.via === 'entry' && old?.get(arn)?.via !== 'entry');
  const { changed = {} } = supplements[one.name] ?? {};
  const others = rights.filter(([arn, now]) => {
    const becomes = Object.entries(changed).find(([named]) => is([named], arn))?.[1];
    return now.via === 'entry' && becomes !== undefined && !equals(arn, becomes, now);
  });
  return [
    ...others.map(([arn]) => `add-access-entries: ${arn} must become what the options say`),
    ...oneOf(left).map(
      arn => `add-access-entries must have an entry for ${arn}, who has a row in aws-auth of ${cluster}`,
    ),
    ...kept.map(([arn]) => `add-access-entries must not have an entry for ${arn}, whose row is dropped`),
  ];
}

/** The report has a row for each of the live aws-auth. What only a plan knows is no row of it: the plan judges that. */
export function reportProblems(one: Case, world: World): string[] {
  const texts = one.phases.flatMap(({ files }) => [...files.values()]);
  if (texts.length === 0 || texts.some(text => text.includes('"./aws-auth-entries"'))) return [];
  return clustersOf(one, world).flatMap(name =>
    oneOf(unnamed(rowsOf(world, name), one.rows)).map(
      row => `the report has no row for ${row}, and aws-auth of ${name} has one`,
    ),
  );
}

/**
 * A migration that a blocked row holds up, ended by hand: whoever is said to be blocked is taken care of, and then aws-auth goes.
 * Nobody else may have waited for it.
 */
export function byHandProblems(one: Case, world: World): string[] {
  const done = one.phases.map(({ phase }) => phase);
  if (!done.includes('add-access-entries') || done.includes('remove-aws-auth')) return [];
  const configMaps = Object.keys(world.configMaps ?? {}).map(key => [key, { data: {} }] as const);
  const lost = unequal(one, rightsIn(world), rightsIn({ ...world, configMaps: Object.fromEntries(configMaps) }));
  const blocked = one.rows.filter(({ disposition }) => disposition === 'blocked');
  // Who comes in by the account is named by it.
  const nameOf = ({ principal, before }: (typeof lost)[number]): string =>
    before.via === 'account' ? (principal.split(':')[4] ?? '') : principal;
  const forgotten = unnamed(lost.map(nameOf), blocked);
  return lost.filter(change => forgotten.includes(nameOf(change))).map(describeChange);
}

/** The ARNs and accounts that the authenticator finds in aws-auth of a cluster, each once. */
function rowsOf(world: World, cluster: string): string[] {
  const { roles, users, accounts } = readAwsAuth(awsAuthOf(world, cluster));
  return [...new Set([...[...roles.values(), ...users.values()].map(({ arn }) => arn), ...accounts])];
}

/** Where some of them are named by an expression, it is not known which. */
const oneOf = (principals: readonly string[]): string[] => (principals.length === 0 ? [] : [principals.join(' or ')]);

/** Those that no row names; each row with an expression stands for one of them. */
function unnamed(principals: readonly string[], rows: readonly RowReport[]): string[] {
  const written = rows.map(({ principal }) => principal);
  const literal = written.filter(text => /^(arn:|\d+$)/.test(text) && !text.includes('${'));
  // An account without quotes has lost its leading zeros on the way.
  const others = principals.filter(
    arn =>
      !is(
        literal.map(text => text.replace(/^0+/, '')),
        arn.replace(/^0+/, ''),
      ),
  );
  return others.length > written.length - literal.length ? others : [];
}
