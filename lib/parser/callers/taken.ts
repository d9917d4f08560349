import { defined } from '../../diagnostics/index.ts';
import { attribute } from '../../hcl/index.ts';
import {
  blocksOf,
  bodyReferences,
  reaches,
  readsVariable,
  referencesOf,
  type RootModule,
} from '../../terraform/index.ts';
import { waitsForEntries } from '../../eks/module-outputs.ts';
import { whenOf, type Mapping } from '../aws-auth/mapping.ts';
import type { UnreadList } from '../aws-auth/rows.ts';
import type { CalledCluster, WrapperFacts } from '../clusters/cluster.ts';
import { conditionsOf, instanceOf } from '../clusters/repetition.ts';
import { allOf } from '../expressions/piece.ts';
import { plannedEntries } from '../entries/entries-module.ts';
import type { Source } from '../source.ts';
import { entriesBeside, type Beside, type Call } from './entries-beside.ts';
import { entriesVariable, variableIn, type EntriesVariable } from './entries-variable.ts';
import { isOffWith, type Given } from './is-off.ts';

/** A list of aws-auth that a variable of the module is, as a whole or a part of it. */
export type TakenList = { readonly variable: string; readonly list: UnreadList };

/** What a module that calls the eks module takes from those that call it. */
export type Taken = {
  readonly cluster: CalledCluster;
  /** What writes aws-auth; absent once that is gone. */
  readonly mapping?: Mapping;
  readonly lists: readonly TakenList[];
  /**
   * The variable that goes into `access_entries` of the eks call, or a name that is free. `condition`, as HCL: that of the lists.
   */
  readonly entries: EntriesVariable & { readonly condition?: string };
  /** The variable that the name of the cluster is, where it is one and nothing else. */
  readonly nameVariable?: string;
  readonly facts: Omit<WrapperFacts, 'caller' | 'isOff'>;
  readonly isOffWith: (condition: string, given: Given) => boolean;
  readonly beside: (call: Call) => Beside;
};

/** Undefined where neither rows nor entries come in through a variable alone, unless they once did. */
export const takenBy = (
  source: Source,
  { once = false }: { readonly once?: boolean | undefined } = {},
): Taken | undefined => {
  const { module, graph, pairs, clusters, mappings } = source;
  const [cluster, ...others] = clusters;
  const mapping = pairs[0]?.mapping;
  if (cluster?.kind !== 'module' || cluster.standalone || others.length > 0 || mappings.length > 1) return undefined;
  const lists = mapping ? takenLists(source, mapping) : [];
  // Without the cluster there is no call to be given anything.
  const known = conditionsOf(cluster.repetition);
  const condition = allOf((lists[0]?.list.guards ?? []).filter(guard => !known.includes(guard)));
  const entries = { ...entriesVariable(module, cluster), ...(condition === undefined ? {} : { condition }) };
  if (lists.length === 0 && !entries.isWritten && !once) return undefined;
  const nameVariable = nameVariableOf(cluster);
  const nameOutput = outputWith(module, cluster);
  const when = mapping && whenOf(mapping, cluster);
  return {
    cluster,
    ...(mapping ? { mapping } : {}),
    lists,
    entries,
    ...(nameVariable === undefined ? {} : { nameVariable }),
    facts: {
      argument: entries.variable,
      waits: output => {
        const block = output === undefined ? undefined : blocksOf(module, 'output', output)[0];
        return (
          block === undefined ||
          reaches(
            graph,
            bodyReferences(block.body),
            ({ path }) => path[0] === 'module' && path[1] === cluster.label && waitsForEntries(path[2]),
          ) !== undefined
        );
      },
      ...defined({ nameOutput, when }),
      call: instanceOf(cluster, cluster.repetition),
    },
    isOffWith: (text, given) => isOffWith(source, text, given),
    beside: call => entriesBeside(source, cluster, entries.variable, call),
  };
};

/** The variable of the module that the name of its cluster is, where it is one and nothing else. */
export const nameVariableOf = ({ block: { body } }: Pick<CalledCluster, 'block'>): string | undefined => {
  const name = attribute(body, 'cluster_name') ?? attribute(body, 'name');
  return name && variableIn(name.value);
};

/**
 * What is converted at plan time already stays so: its entries would be made twice. One variable takes the entries of all lists, so that
 * they have one condition, or none. Where another list has the rows of one once more, they would be converted here and there.
 */
const takenLists = ({ module, graph }: Source, { unread }: Mapping): readonly TakenList[] => {
  const planned = plannedEntries(module);
  const lists = unread.flatMap(list => {
    const variable = variableIn(list.definition.expression);
    const isPlanned = planned.some(({ handedOver }) =>
      handOvers.some(argument => handedOver(argument, list.source).length > 0),
    );
    return variable === undefined || isPlanned ? [] : [{ variable, list }];
  });
  const conditions = new Set(lists.map(({ list }) => list.guards.join('\n')));
  const isReadAgain = unread.some(list => {
    const others = new Set(lists.filter(taken => taken.list !== list).map(({ variable }) => variable));
    const start = referencesOf(list.definition.expression);
    return readsVariable(graph, start, name => others.has(name));
  });
  return conditions.size > 1 || isReadAgain ? [] : lists;
};

/** The arguments of the module for rows that only a plan knows. */
const handOvers = ['roles', 'roles_with_paths', 'users', 'node_rows', 'accounts'];

/** The output that is the name of the cluster. Source: outputs.tf of terraform-aws-modules/eks 20 (cluster_name). */
const outputWith = (module: RootModule, { label }: CalledCluster): string | undefined =>
  blocksOf(module, 'output').find(({ body }) => {
    const value = attribute(body, 'value')?.value;
    const [path] = value?.kind === 'get' ? referencesOf(value).map(reference => reference.path) : [];
    return path?.join('.') === `module.${label}.cluster_name`;
  })?.labels[0];
