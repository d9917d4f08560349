import type { Config } from '../config/index.ts';
import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import { mastersGroup, parsePrincipalArn, samePrincipal } from '../eks/index.ts';
import { quote } from '../hcl/index.ts';
import { configMapName, positionOf, type Row, type Source } from '../parser/index.ts';
import { knownString, knownText } from '../terraform/index.ts';
import { acceptableCodes } from './context.ts';

/**
 * Config entries that match nothing, and codes that cannot be accepted. A module without any mapping is done with the migration:
 * its config may outlive it.
 */
export const configProblems = (config: Config, source: Source): readonly Diagnostic[] => {
  if (source.mappings.length === 0 && !source.live) return [];
  const rows = [...source.mappings.flatMap(mapping => mapping.rows), ...(source.live?.rows ?? [])];
  const principals = new Set(
    rows.flatMap(({ principal, unclear, argument }) => [
      ...(principal ? [principal.source, knownText(principal.value)] : []),
      ...(unclear === undefined ? [] : [argument]),
    ]),
  );
  const groups = new Set(
    rows.flatMap(({ groups: field }) => (field?.value.kind === 'list' ? field.value.items.map(knownString) : [])),
  );
  return [
    ...unmatched('accept', config.accept?.map(({ principal }) => principal) ?? [], principals),
    ...unmatched('drop', config.drop?.map(({ principal }) => principal) ?? [], principals),
    ...unmatched('principals', Object.keys(config.principals ?? {}), principals),
    ...unmatched('groups', Object.keys(config.groups ?? {}), groups),
    ...unmatched('pair', Object.keys(config.pair ?? {}), new Set([...addresses(source.mappings), configMapName])),
    ...unmatched('pair', Object.values(config.pair ?? {}), addresses(source.clusters)),
    ...Object.keys(config.groups ?? {})
      .filter(group => group === mastersGroup)
      .map(group =>
        diagnose('TAE102', {
          path: 'groups',
          reason: `${group} becomes AmazonEKSClusterAdminPolicy, which is not for the config to decide.`,
        }),
      ),
    ...(config.accept ?? [])
      .filter(({ code }) => !acceptableCodes.includes(code))
      .map(({ code }) => diagnose('TAE102', { path: 'accept', reason: `${code} cannot be accepted.` })),
    ...ofOtherRows(config, source.mappings.length > 0 ? source.mappings.flatMap(mapping => mapping.rows) : rows),
  ];
};

/**
 * A principal has one entry, and of two rows with one principal one is in force: the rows would be two entries. Of a principal that
 * is written as an ARN it is known without the config which rows are its.
 */
const ofOtherRows = ({ principals = {}, drop = [] }: Config, rows: readonly Row[]): readonly Diagnostic[] =>
  Object.entries(principals).flatMap(([name, { arn: given }]) => {
    const arn = parsePrincipalArn(name) ? undefined : parsePrincipalArn(given);
    const other = rows.find(({ list, principal }) => {
      const written = list === 'accounts' ? undefined : knownText(principal?.value);
      const known = parsePrincipalArn(written);
      const named = [name, ...drop.map(dropped => dropped.principal)];
      const isNamed = named.some(one => one === written || one === principal?.source);
      return arn && known && samePrincipal(known, arn) && !isNamed;
    });
    if (!other) return [];
    const reason = `it is the principal of ${positionOf(other)}, too. aws-auth has one row in force for a principal: put the other one under drop.`;
    return [diagnose('TAE102', { path: `principals[${quote(name)}].arn`, reason }, other.principal?.range)];
  });

const addresses = (placed: readonly { readonly address: string }[]): ReadonlySet<string> =>
  new Set(placed.map(({ address }) => address));

const unmatched = (
  key: string,
  values: readonly string[],
  known: ReadonlySet<string | undefined>,
): readonly Diagnostic[] => values.filter(value => !known.has(value)).map(value => diagnose('TAE104', { key, value }));
