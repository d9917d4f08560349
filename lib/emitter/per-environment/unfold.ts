import {
  appendToBody,
  attribute,
  attributesOf,
  prependToBody,
  insertAfter,
  unwrapParentheses,
  walk,
  type Attribute,
  type Edit,
  type Expression,
} from '../../hcl/index.ts';
import {
  isCalled,
  isInForce,
  placedArguments,
  resourceOf,
  rowArguments,
  type Cluster,
  type Flag,
  type Mapping,
  type Written,
} from '../../parser/index.ts';
import type { PlacedBlock } from '../../terraform/index.ts';
import { pinnedCalls, pinOf } from '../entry-pins.ts';
import { clustersHere } from '../involved.ts';
import type { State } from '../phase.ts';
import { isExtended, keptKeys } from './kept-keys.ts';
import { before as until, filtered, from, later, untilRemoved, written } from './wrapped.ts';

/** What is put under the variable. `begun`: the source as it is now, `entered`: with every entry, `added`: what has come with them. */
export type Unfolding = { readonly begun: State; readonly entered: State; readonly added: ReadonlySet<string> };

/** One argument under the variable, for the report. */
export type Unfolded = {
  readonly edits: readonly Edit[];
  readonly change: string;
  /** What stands there without the variable, where that is not what stood there before. */
  readonly foldsTo?: readonly Edit[];
};

/** All that changes with the phase. An argument that stands under the variable already is written as it was. */
export const unfold = (unfolding: Unfolding): readonly Unfolded[] => [
  ...clustersHere(unfolding.entered).flatMap(cluster => [
    ...modeOf(unfolding, cluster),
    ...entriesOf(unfolding, cluster),
    ...creatorOf(unfolding, cluster),
  ]),
  ...resourcesOf(unfolding),
  ...plannedOf(unfolding),
  ...pinnedCalls(unfolding.entered.source).flatMap(call => {
    const pin = pinOf(call);
    if (!pin) return [];
    return [
      { edits: written(pin.value, { whole: from(2) }), change: `${call.address}: create_access_entry = ${from(2)}` },
    ];
  }),
  ...unfolding.entered.source.mappings
    .filter(mapping => isInForce(mapping) !== false)
    .flatMap(mapping => flagsOf(unfolding, mapping)),
];

const knownText = ({ begun }: Unfolding, address: string): Written | undefined => begun.phased?.arguments.get(address);

const shown = (text: Written, value: string): string =>
  'whole' in text ? text.whole : `${text.before.trim()} ${value} ${text.after.trim()}`;

/** `plain`: what a value that is written anew is without the variable, however its author spells that. */
const change = (address: string, argument: Attribute, text: Written, plain?: string): Unfolded => ({
  edits: written(argument.value, text),
  ...(plain === undefined || !('whole' in text) ? {} : { foldsTo: written(argument.value, { whole: plain }) }),
  change: `${address}: ${argument.name} = ${shown(text, '...')}`,
});

/** The mode from before phase 1, which is that of the release where none is written; EKS keeps that of a resource. */
const modeOf = (unfolding: Unfolding, { address, mode }: Cluster): readonly Unfolded[] => {
  if (mode.kind !== 'literal' || mode.value === 'API') return [];
  const found = unfolding.begun.source.clusters.find(cluster => cluster.address === address);
  const before = found?.mode;
  const byRelease = found && isCalled(found) && before?.kind !== 'null' ? api : 'null';
  const first = before?.kind === 'literal' ? `"${before.value}"` : byRelease;
  const below = first === api ? api : `${from(1)} ? ${api} : ${first}`;
  const text = knownText(unfolding, addressOfMode(address, found)) ?? { whole: `${from(4)} ? "API" : ${below}` };
  return [change(address, mode.attribute, text, api)];
};

const api = '"API_AND_CONFIG_MAP"';

const addressOfMode = (address: string, cluster: Cluster | undefined): string =>
  cluster && !isCalled(cluster) ? `${address}.access_config.authentication_mode` : `${address}.authentication_mode`;

const entriesOf = (unfolding: Unfolding, { address, existing: { argument } }: Cluster): readonly Unfolded[] => {
  if (!argument) return [];
  const isAdded = isExtended(unfolding.begun, unfolding.added, address);
  const known = knownText(unfolding, `${address}.access_entries`);
  if (!isAdded && !known) return [];
  const found = unfolding.begun.source.clusters.find(cluster => cluster.address === address);
  const kept = keptKeys(unfolding.begun, found);
  const text = known ?? filtered(argument.value, 'reason' in kept ? undefined : kept.condition);
  return [change(address, argument, text)];
};

const creatorFlag = 'enable_cluster_creator_admin_permissions';

/** Only where phase 2 sets it: an author's own flag is theirs. */
const creatorOf = (unfolding: Unfolding, cluster: Cluster): readonly Unfolded[] => {
  if (!isCalled(cluster)) return [];
  const { address } = cluster;
  const found = attribute(cluster.block.body, creatorFlag);
  const before = unfolding.begun.source.clusters.find(one => one.address === address);
  const known = knownText(unfolding, `${address}.${creatorFlag}`);
  const isSet = before?.creatorAdmin === 'off' && cluster.creatorAdmin === 'on';
  return found && (known || isSet) ? [change(address, found, known ?? { whole: from(2) }, 'true')] : [];
};

/** Resources beside the module: one instance from phase 2 on. What others read of them is read of that instance. */
const resourcesOf = (unfolding: Unfolding): readonly Unfolded[] => {
  const { source } = unfolding.entered;
  return source.module.blocks.flatMap(block => {
    const [type = '', label = ''] = block.labels;
    const address = `${type}.${label}`;
    const known = knownText(unfolding, `${address}.count`);
    if (block.type !== 'resource' || !(unfolding.added.has(address) || known)) return [];
    // Of each entry that a plan has there is one, and none before phase 2.
    if (attribute(block.body, 'for_each')) return [];
    const count = attribute(block.body, 'count');
    if (count) return [change(address, count, known ?? later(count.value, '0'))];
    const text = `count = ${from(2)} ? 1 : 0`;
    const edits = [prependToBody(block.in, block.body, text), ...indexes(source.module, address)];
    return [{ edits, change: `${address}: ${text}` }];
  });
};

const indexes = (module: Parameters<typeof placedArguments>[0], address: string): readonly Edit[] =>
  placedArguments(module).flatMap(({ argument: { value } }) => {
    const edits: Edit[] = [];
    walk(value, found => {
      // A splat takes one instance and many, an index has its own.
      if (found.kind === 'splat' || found.kind === 'index')
        return found.kind !== 'splat' && resourceOf(found.of) !== address;
      if (resourceOf(found) !== address) return true;
      edits.push(insertAfter(found.range, '[0]'));
      return false;
    });
    return edits;
  });

/** Rows that only a plan knows: the module is given none before phase 2, so that it neither makes nor refuses any. */
const plannedOf = (unfolding: Unfolding): readonly Unfolded[] =>
  unfolding.entered.source.module.blocks.flatMap(block => {
    const address = `module.${block.labels[0]}`;
    if (block.type !== 'module' || !isPlannedCall(unfolding, address, block)) return [];
    return attributesOf(block.body)
      .filter(({ name }) => rowArguments.has(name))
      .map(found =>
        change(address, found, knownText(unfolding, `${address}.${found.name}`) ?? later(found.value, 'null')),
      );
  });

const isPlannedCall = (unfolding: Unfolding, address: string, { body }: PlacedBlock): boolean =>
  unfolding.added.has(address) ||
  attributesOf(body).some(({ name }) => rowArguments.has(name) && knownText(unfolding, `${address}.${name}`));

/** The flags by which aws-auth is written until phase 3, each with the author's own condition. */
const flagsOf = (unfolding: Unfolding, mapping: Mapping): readonly Unfolded[] =>
  [mapping.createConfigMap, mapping.manageConfigMap].flatMap(flag =>
    flag === undefined || flag.value === false ? [] : [flagOf(unfolding, mapping, flag)],
  );

const flagOf = (
  unfolding: Unfolding,
  { address, block }: Mapping,
  { name, attribute: found, source }: Flag,
): Unfolded => {
  if (!found) {
    const text = `${name} = ${until(3)}`;
    return {
      edits: [appendToBody(block.in, block.body, text)],
      foldsTo: [appendToBody(block.in, block.body, `${name} = true`)],
      change: `${address}: ${text}`,
    };
  }
  const isCondition = source !== undefined && !isTrue(found.value);
  const text =
    knownText(unfolding, `${address}.${name}`) ?? (isCondition ? untilRemoved(found.value) : { whole: until(3) });
  return change(address, found, text, 'true');
};

const isTrue = (value: Expression): boolean => unwrapParentheses(value).kind === 'bool';
