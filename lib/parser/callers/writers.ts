import type { Range } from '../../diagnostics/index.ts';
import { addressOf, blocksOf, callAddress, reaches, callSource } from '../../terraform/index.ts';
import { isInForce, type Mapping } from '../aws-auth/mapping.ts';
import { modeIsApi } from '../clusters/cluster.ts';
import { providerReferences } from '../clusters/pair.ts';
import { principalsOf } from '../routes/rows-elsewhere.ts';
import type { Wrapper } from '../routes/wrappers.ts';
import type { Source } from '../source.ts';
import { callsTo } from './calls-to.ts';
import type { CallerPlace } from './caller.ts';

/** What writes aws-auth in a root module beside its call of the module at hand. */
export type WriterBeside = {
  readonly address: string;
  readonly range: Range;
  /** Whom its rows let in, and what of them only a plan knows. */
  readonly who: readonly string[];
  /** `convert` of the root module itself can move them. */
  readonly isResource: boolean;
  /** The kubernetes provider tells whose ConfigMap it is. Whose a command or a chart writes, nothing does. */
  readonly byProvider: boolean;
};

/**
 * What of a caller may write into the ConfigMap of the cluster that the module at hand makes: all that is not known to write another
 * one's. The kubernetes provider tells whose it is, or a cluster that the caller makes itself.
 */
export const writersBeside = (
  source: Source,
  { sources }: Pick<CallerPlace, 'sources'>,
  wrappers: ReadonlyMap<string, Wrapper>,
): readonly WriterBeside[] => {
  const { module, mappings, writers, pairs, elsewhere } = source;
  const calls = callsTo(module, sources).map(callAddress);
  const others = [
    ...source.clusters,
    ...blocksOf(module, 'module')
      .filter(block => (wrappers.get(callSource(module, block) ?? '')?.source.clusters ?? []).length > 0)
      .map(block => ({ address: callAddress(block) })),
  ].map(({ address }) => address);
  const isOfOther = (mapping: Mapping): boolean => {
    const comesFrom = (addresses: readonly string[]): boolean =>
      reaches(source.graph, providerReferences(module, mapping), reference =>
        addresses.includes(addressOf(reference)),
      ) !== undefined;
    return !comesFrom(calls) && (comesFrom(others) || pairs.some(pair => pair.mapping === mapping));
  };
  return [
    ...[...mappings, ...writers.map(({ mapping }) => mapping)]
      .filter(mapping => isInForce(mapping) !== false && mayHaveRows(mapping) && !isOfOther(mapping))
      .map(({ address, block, rows, unread, resource }) => ({
        address,
        range: block.headerRange,
        who: [
          ...principalsOf(rows),
          ...unread.map(({ source: text }) => text.replace(/\s+/g, ' ')),
          ...(resource?.refused ?? []).map(({ list }) => list),
        ],
        isResource: resource !== undefined,
        byProvider: true,
      })),
    ...elsewhere
      .filter(({ ofItsCluster }) => !ofItsCluster)
      .map(({ address, range, principals, unread }) => ({
        address,
        range,
        who: [...principals, ...unread],
        isResource: false,
        byProvider: false,
      })),
  ];
};

const mayHaveRows = ({ rows, unread, resource }: Mapping): boolean =>
  rows.length + unread.length + (resource?.refused.length ?? 0) > 0 || (resource?.ignoredLists.length ?? 0) > 0;

/** In mode API nobody gets in by the ConfigMap, whoever writes it. */
export const ignoresAwsAuth = ({ clusters }: Pick<Source, 'clusters'>): boolean =>
  clusters.length > 0 && clusters.every(modeIsApi);
