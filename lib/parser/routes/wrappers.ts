import { pathWord } from '../../escape/shell.ts';
import { attribute } from '../../hcl/index.ts';
import {
  addressOf,
  blocksOf,
  callAddress,
  evaluate,
  isPrimitive,
  joinedPath,
  knownText,
  reaches,
  callSource,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import type { RowList } from '../aws-auth/row.ts';
import { mappingsInUse } from '../in-use.ts';
import type { Source } from '../source.ts';
import { readPhasedSource } from '../phase-variable/index.ts';
import { phaseVariable } from '../phase-variable/phase-variable.ts';
import { routes } from './routes.ts';
import { itemTexts } from './own-arguments.ts';
import {
  givenIn,
  principalsOf,
  rowsOfArguments,
  type Found,
  type Given,
  type RowsElsewhere,
} from './rows-elsewhere.ts';

/** A local module: its directory, a path from the root module on, and what it says about access. */
export type Wrapper = { readonly directory: string; readonly source: Source };

/**
 * Rows that a call hands to a local module which writes them into aws-auth. `wrappers` are the modules by the text of `source`.
 * The module itself is checked where it lies; what comes in through its variables only its callers have. `directory`: how a command
 * names the root module.
 */
export const rowsForWrappers = (
  module: RootModule,
  wrappers: ReadonlyMap<string, Wrapper>,
  directory = '.',
): readonly RowsElsewhere[] =>
  blocksOf(module, 'module').flatMap(block => {
    const name = callSource(module, block) ?? '';
    const wrapper = wrappers.get(name);
    const route = routes.find(({ seen }) => seen.kind === 'local-module');
    if (!wrapper || !route || isGone(module, block, wrapper)) return [];
    const rows = rowArguments(wrapper);
    const read = rowsOfArguments(module, { rows }, givenIn(block), true);
    const unread = unreadArguments(wrapper).filter(argument => rows.every(([other]) => other !== argument));
    const handed = [...(read ? [read] : []), ...asHanded(module, unread, givenIn(block))];
    const found = joined([...handed, ...rowsInside(wrapper, block)]);
    const ofItsCluster = wrapper.source.clusters.length > 0;
    const way = wayOf(wrapper, pathWord(joinedPath(directory, wrapper.directory)));
    const address = callAddress(block);
    const flags = { moves: true, ...(ofItsCluster ? { ofItsCluster } : {}) } as const;
    return found ? [{ module, route, name, way, address, ...flags, ...found }] : [];
  });

/** Rows that a module without a cluster has itself. It writes them into aws-auth of a cluster that is made elsewhere, as by its caller. */
const rowsInside = ({ source }: Wrapper, { headerRange: range }: PlacedBlock): readonly Found[] => {
  if (source.clusters.length > 0) return [];
  const principals = mappingsInUse(source).flatMap(({ rows }) => principalsOf(rows));
  return principals.length === 0 ? [] : [{ range, arguments: [], rows: [], principals, unread: [] }];
};

const wayOf = ({ source }: Wrapper, place: string): string => {
  if (refusedLists(source).length > 0)
    return `tf-access-entries status ${place} says what of its aws-auth cannot be read: no phase is written there before that is settled.`;
  const command = `tf-access-entries convert ${place}`;
  return source.clusters.length > 0
    ? `${command} writes the phases there. The rows become access entries of the calls, or are converted at plan time.`
    : `It makes no cluster: with the name of one as clusterName in the config, ${command} --emit resources writes the phases there, and takes over at plan time what callers hand to it.`;
};

/** Where a variable of the module says the phase, its aws-auth is switched off in a call that is at 3. */
const isGone = (module: RootModule, { body }: PlacedBlock, { source }: Wrapper): boolean => {
  const given = attribute(body, phaseVariable)?.value;
  const number = Number(given && knownText(evaluate(given, module.scope)));
  if (!(number >= 3)) return false;
  const under = readPhasedSource(source.module)?.arguments;
  return mappingsInUse(source).every(({ address, createConfigMap, manageConfigMap }) =>
    [createConfigMap, manageConfigMap].some(flag => under?.has(`${address}.${flag?.name}`)),
  );
};

/** The variables of a wrapper that reach a list of aws-auth that counts, and which list that is. */
const rowArguments = ({ source }: Wrapper): readonly (readonly [string, RowList])[] => {
  const { module, graph } = source;
  const lists = mappingsInUse(source).flatMap(({ unread }) => unread);
  return blocksOf(module, 'variable').flatMap(({ labels: [name = ''] }) => {
    const into = lists.find(({ references }) => reaches(graph, references, one => addressOf(one) === `var.${name}`));
    return into ? [[name, into.list] as const] : [];
  });
};

/** What a wrapper writes into aws-auth and is not read. */
const refusedLists = (source: Source) =>
  mappingsInUse(source).flatMap(({ address, resource }) =>
    (resource?.refused ?? []).map(({ place }) => ({ address, place })),
  );

/**
 * The variables of a wrapper that reach a list which cannot be read, so that the module alone tells which rows come of them. A name or a number beside
 * lists is a part of rows at most.
 */
const unreadArguments = ({ source }: Wrapper): readonly string[] => {
  const { module, graph } = source;
  const all = [...graph.values()].flat();
  const start = refusedLists(source).flatMap(({ address, place }) => {
    const inside = all.filter(
      ({ range: { file, start: from, end } }) => file === place.file && from >= place.start && end <= place.end,
    );
    return inside.length > 0 ? inside : (graph.get(address) ?? []);
  });
  // What a call, or another resource, makes of a variable are no rows that somebody hands over.
  const texts = new Map([...graph].filter(([address]) => /^(?:local|data\.template_file)\./.test(address)));
  const names = blocksOf(module, 'variable').flatMap(({ labels: [name = ''] }) =>
    reaches(texts, start, one => addressOf(one) === `var.${name}`) ? [name] : [],
  );
  const lists = names.filter(name => !isPrimitive(module, name));
  return lists.length > 0 ? lists : names;
};

const asHanded = (
  module: RootModule,
  names: readonly string[],
  given: (argument: string) => Given | undefined,
): readonly Found[] =>
  names.flatMap(argument => {
    const { piece, range } = given(argument) ?? {};
    const unread = piece ? itemTexts(module, piece) : [];
    return range && unread.length > 0 ? [{ range, arguments: [argument], rows: [], principals: [], unread }] : [];
  });

/** What is said once, at the first place. */
const joined = (all: readonly Found[]): Found | undefined => {
  const [first] = all.toSorted((a, b) => a.range.start - b.range.start);
  return (
    first && {
      range: first.range,
      arguments: all.flatMap(one => one.arguments),
      rows: all.flatMap(one => one.rows),
      principals: all.flatMap(one => one.principals),
      unread: all.flatMap(one => one.unread),
    }
  );
};
