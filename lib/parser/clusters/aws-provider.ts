import { partitionOfRegion } from '../../eks/index.ts';
import { attribute, stringValue } from '../../hcl/index.ts';
import type { Cluster } from './cluster.ts';
import { blocksOf, stringAttribute, type PlacedBlock, type RootModule } from '../../terraform/index.ts';

/** The configurations of a provider with this alias, or of the one without. */
export const providersOf = (module: RootModule, name: string, alias: string | undefined): readonly PlacedBlock[] =>
  blocksOf(module, 'provider', name).filter(({ body }) => {
    const given = attribute(body, 'alias');
    return given === undefined ? alias === undefined : stringValue(given.value) === alias;
  });

/** The configuration of the aws provider that a cluster is made with; undefined where it is not in this root module. */
export const awsProviderOf = (module: RootModule, { awsProvider = 'aws' }: Cluster): PlacedBlock | undefined =>
  providersOf(module, 'aws', awsProvider.split('.')[1])[0];

/** The partition, where the provider's region tells it. */
export const providerPartition = (
  module: RootModule,
  cluster: Cluster,
): { readonly partition: string; readonly because: string } | undefined => {
  const provider = awsProviderOf(module, cluster);
  const region = provider && stringAttribute(provider, 'region');
  const partition = region === undefined ? undefined : partitionOfRegion(region);
  return partition === undefined ? undefined : { partition, because: `the region of the aws provider is ${region}` };
};
