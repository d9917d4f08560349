import { diagnose, Refusal, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import { attribute, sourceOf } from '../../hcl/index.ts';
import {
  headerOf,
  normalizeSource,
  entriesOfClusterNamed,
  type CalledCluster,
  type Cluster,
  type WrittenEntry,
} from '../../parser/index.ts';
import {
  blocksOf,
  compareVersions,
  evaluate,
  isOverride,
  knownString,
  type RootModule,
} from '../../terraform/index.ts';

/** The cluster that has this name in EKS: by its name, or the only one that it can be. Undefined where there is none at all. */
export const clusterNamed = (clusters: readonly Cluster[], name: string): Cluster | undefined => {
  const exact = clusters.filter(cluster => cluster.name === name);
  const candidates = exact.length > 0 ? exact : clusters.filter(cluster => cluster.name === undefined);
  if (candidates.length === 1 || clusters.length === 0) return candidates[0];
  const found =
    exact.length > 1
      ? `${calls(exact)} have that name`
      : candidates.length > 1
        ? `the source does not tell the names of ${calls(candidates)}`
        : `it has ${clusters.map(({ address, name: known }) => `${address} (${known})`).join(', ')}`;
  throw new Refusal(diagnose('TAE228', { name, found }, headerOf(clusters[0])));
};

const calls = (clusters: readonly Cluster[]): string => clusters.map(({ address }) => address).join(', ');

/** Why what the module call makes has no address that is known. The first release with today's addresses is 20.0.1. */
export const addressProblem = (cluster: CalledCluster, { blocks }: RootModule): Diagnostic | undefined => {
  const { call, repetition, version } = cluster;
  const refuse = (
    why: string,
    way: 'release' | 'by-hand' | 'written' | 'upgrade',
    range: Range | undefined,
  ): Diagnostic => diagnose('TAE224', { call: call.address, why, way }, range);
  if (repetition.kind === 'many') {
    const at = attribute(call.block.body, repetition.argument)?.nameRange;
    return refuse(
      `it has ${repetition.argument}, and the source does not tell which instance is the cluster`,
      'by-hand',
      at,
    );
  }
  const over = blocks.find(
    ({ type, labels, in: file }) => type === 'module' && labels[0] === call.label && isOverride(file.file),
  );
  if (over) return refuse(`${over.in.file} is merged into it`, 'written', over.headerRange);
  const at = call.constraint?.range ?? call.block.headerRange;
  if (version.kind === 'unknown') return refuse(version.reason, 'release', at);
  if (compareVersions(version.version, '20.0.0') < 0)
    return refuse(`version ${version.version} makes none`, 'upgrade', at);
  if (compareVersions(version.version, '20.0.1') < 0)
    return refuse('version 20.0.0 names each entry by a policy, too', 'upgrade', at);
  return undefined;
};

/**
 * The entries of a directory without the cluster: those of its name, and those of an expression when all have the same one. A
 * name that is known and another one is of another cluster.
 */
export const standaloneNamed = (module: RootModule, name: string): readonly WrittenEntry[] => {
  const named = entriesOfClusterNamed(module, name).entries;
  const unnamed = blocksOf(module, 'resource', 'aws_eks_access_entry').flatMap(block => {
    const found = attribute(block.body, 'cluster_name');
    if (!found || knownString(evaluate(found.value, module.scope)) !== undefined) return [];
    return [{ source: normalizeSource(sourceOf(block.in.text, found.value.range)), range: found.value.range }];
  });
  const sources = [...new Set(unnamed.map(({ source }) => source))];
  const [only] = sources;
  if (only === undefined || named.length > 0) return named;
  if (sources.length === 1) return entriesOfClusterNamed(module, { source: only }).entries;
  throw new Refusal(diagnose('TAE228', { name, found: `its entries are of ${sources.join(', ')}` }, unnamed[0]?.range));
};
