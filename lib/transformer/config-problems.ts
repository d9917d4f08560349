import type { Config, ConfigFile } from '../config/index.ts';
import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import { audienceOf, mastersGroup, parsePrincipalArn, personIn, samePrincipal } from '../eks/index.ts';
import { quote } from '../hcl/index.ts';
import { configMapName, positionOf, type Row, type Source } from '../parser/index.ts';
import { knownString, knownText } from '../terraform/index.ts';
import { acceptableCodes } from './decisions.ts';
import { inOneLine } from './in-one-line.ts';

/**
 * Config entries that match nothing, and codes that cannot be accepted. A module without any mapping is done with the migration:
 * its config may outlive it. `config` is what the files say together.
 */
export const configProblems = (
  config: Config,
  source: Source,
  files: readonly ConfigFile[] = [{ config }],
): readonly Diagnostic[] => {
  if (source.mappings.length === 0 && !source.live) return [];
  const rows = [...source.mappings.flatMap(mapping => mapping.rows), ...(source.live?.rows ?? [])];
  const principals = new Set(
    rows
      .flatMap(({ principal, unclear, argument }) => [
        ...(principal ? [principal.source, knownText(principal.value)] : []),
        ...(unclear === undefined ? [] : [argument]),
      ])
      .flatMap(name => (name === undefined ? [] : inOneLine(name))),
  );
  const groups = new Set(
    rows.flatMap(({ groups: field }) => (field?.value.kind === 'list' ? field.value.items.map(knownString) : [])),
  );
  const known = {
    principals,
    groups,
    calls: new Set([...addresses(source.mappings), configMapName]),
    clusters: addresses(source.clusters),
  };
  return [
    ...files.flatMap(file => [...(file.isShared ? [] : unmatched(file, known)), ...undecidable(file)]),
    ...ofOtherRows(
      config,
      source.mappings.length > 0 ? source.mappings.flatMap(mapping => mapping.rows) : rows,
      principals,
    ),
    ...ofPeople(config, rows),
  ];
};

type Names = ReadonlySet<string | undefined>;

/** What a file names, and nothing in the module is called so. */
const unmatched = (
  { config: { accept = [], drop = [], principals = {}, groups = {}, pair = {} }, placeOf }: ConfigFile,
  known: Readonly<Record<'principals' | 'groups' | 'calls' | 'clusters', Names>>,
): readonly Diagnostic[] => {
  const named: readonly (readonly [string, Names, readonly PropertyKey[]])[] = [
    ...accept.map(({ principal }, index) => [principal, known.principals, ['accept', index, 'principal']] as const),
    ...drop.map(({ principal }, index) => [principal, known.principals, ['drop', index, 'principal']] as const),
    ...Object.keys(principals).map(principal => [principal, known.principals, ['principals', principal]] as const),
    ...Object.keys(groups).map(group => [group, known.groups, ['groups', group]] as const),
    ...Object.keys(pair).map(call => [call, known.calls, ['pair', call]] as const),
    ...Object.entries(pair).map(([call, cluster]) => [cluster, known.clusters, ['pair', call]] as const),
  ];
  return named
    .filter(([value, names]) => !names.has(names === known.principals ? inOneLine(value) : value))
    .map(([value, , path]) => diagnose('TAE104', { key: String(path[0]), value }, placeOf?.(path)));
};

/** What is not for the config to decide, whatever the module has. */
const undecidable = ({ config: { accept = [], groups = {} }, placeOf }: ConfigFile): readonly Diagnostic[] => [
  ...Object.keys(groups)
    .filter(group => group === mastersGroup)
    .map(group =>
      diagnose(
        'TAE102',
        {
          path: 'groups',
          reason: `${group} becomes AmazonEKSClusterAdminPolicy, which is not for the config to decide.`,
        },
        placeOf?.(['groups', group]),
      ),
    ),
  ...accept.flatMap(({ code }, index) =>
    acceptableCodes.includes(code)
      ? []
      : [
          diagnose(
            'TAE102',
            { path: 'accept', reason: `${code} cannot be accepted.` },
            placeOf?.(['accept', index, 'code']),
          ),
        ],
  ),
];

/**
 * A principal has one entry, and of two rows with one principal one is in force: the rows would be two entries. Of a principal that
 * is written as an ARN it is known without the config which rows are its.
 */
const ofOtherRows = (
  { principals = {}, drop = [] }: Config,
  rows: readonly Row[],
  written: Names,
): readonly Diagnostic[] =>
  Object.entries(principals).flatMap(([name, { arn: given }]) => {
    const arn = parsePrincipalArn(name) || !written.has(inOneLine(name)) ? undefined : parsePrincipalArn(given);
    const other = rows.find(({ list, principal }) => {
      const text = list === 'accounts' ? undefined : knownText(principal?.value);
      const known = parsePrincipalArn(text);
      const named = [name, ...drop.map(dropped => dropped.principal)];
      const isNamed = named.some(
        one => one === text || (principal !== undefined && inOneLine(one) === inOneLine(principal.source)),
      );
      return arn && known && samePrincipal(known, arn) && !isNamed;
    });
    if (!other) return [];
    const reason = `it is the principal of ${positionOf(other)}, too. aws-auth has one row in force for a principal: put the other one under drop.`;
    return [diagnose('TAE102', { path: `principals[${quote(name)}].arn`, reason }, other.principal?.range)];
  });

/** A policy for the roles that AWS services use, in the place of a group that a person has. Source: EKS user guide, access-policy-permissions. */
const ofPeople = ({ groups = {} }: Config, rows: readonly Row[]): readonly Diagnostic[] =>
  Object.entries(groups).flatMap(([group, { policy }]) => {
    if (policy === undefined || audienceOf(policy) !== 'aws-services') return [];
    const [person] = rows.flatMap(row => {
      const { groups: field, principal } = row;
      const text = knownText(principal?.value);
      const who = personIn(parsePrincipalArn(text));
      const hasGroup = field?.value.kind === 'list' && field.value.items.some(item => knownString(item) === group);
      return who === undefined || !hasGroup ? [] : [{ row, text, who }];
    });
    if (!person) return [];
    const { row, text, who } = person;
    const reason = `${policy} is for a role that an AWS service uses, and ${text} (${positionOf(row)}), which has the group, is ${who}.`;
    return [diagnose('TAE102', { path: `groups[${quote(group)}].policy`, reason }, row.principal?.range)];
  });

const addresses = (placed: readonly { readonly address: string }[]): ReadonlySet<string> =>
  new Set(placed.map(({ address }) => address));
