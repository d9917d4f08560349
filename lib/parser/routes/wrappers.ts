import { pathWord } from '../../escape/shell.ts';
import { attribute } from '../../hcl/index.ts';
import {
  addressOf,
  blocksOf,
  callAddress,
  evaluate,
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
import { givenIn, rowsOfArguments, type RowsElsewhere } from './rows-elsewhere.ts';

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
    const found = rowsOfArguments(module, { rows: rowArguments(wrapper) }, givenIn(block), true);
    const ofItsCluster = wrapper.source.clusters.length > 0;
    const what = ofItsCluster
      ? 'moves what its callers write out into access entries of their calls'
      : 'takes over at plan time what callers hand to it';
    const command = `tf-access-entries convert ${pathWord(joinedPath(directory, wrapper.directory))}`;
    const way = ofItsCluster
      ? `${command} writes the phases there, and ${what}.`
      : `It makes no cluster: with the name of one as clusterName in the config, ${command} --emit resources writes the phases there, and ${what}.`;
    const address = callAddress(block);
    const flags = { moves: true, ...(ofItsCluster ? { ofItsCluster } : {}) } as const;
    return found ? [{ module, route, name, way, address, ...flags, ...found }] : [];
  });

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
