import { diagnose } from '../../diagnostics/index.ts';
import { attribute, blocks, type Expression } from '../../hcl/index.ts';
import { awsProviderOf, isCalled, isFork, providersOf, type Cluster } from '../../parser/index.ts';
import { evaluate, referencesOf, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { clustersOf, entriesOfCluster, placeOfField, type CheckRule, type NamedEntry } from '../entries.ts';

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html (TagMap: at most 50) */
const maxTags = 50;

/** Keys of tags that an entry gets from elsewhere, and how messages call where. */
type Added = { readonly from: string; readonly keys: readonly string[] };

/**
 * The module merges its tags into those of an entry, and the provider its default_tags into those of all it makes. Tags that only a
 * plan knows are not counted.
 * Sources: terraform-aws-modules/eks, main.tf of version 20 and 21 (aws_eks_access_entry.this); terraform-provider-aws,
 * website/docs/guides/resource-tagging.html.markdown
 */
export const tags: CheckRule = state => {
  const { module } = state.source;
  return clustersOf(state).flatMap(cluster => {
    const ofModule = { from: `tags of ${cluster.address}`, keys: moduleTags(module, cluster) };
    const ofProvider = defaultTags(module, awsProviderOf(module, cluster));
    return entriesOfCluster(state, cluster).flatMap(entry => {
      const { written, name } = entry;
      const own = written.object.fields.get('tags');
      const added = written.form === 'argument' ? [ofModule, ofProvider] : [defaultTags(module, providerOf(entry))];
      const count = new Set([...keysOf(module, own?.piece.expression), ...added.flatMap(({ keys }) => keys)]).size;
      if (count <= maxTags) return [];
      const from = added.filter(({ keys }) => keys.length > 0).map(one => one.from);
      const counted = from.length === 0 ? '' : `, counting ${from.join(' and ')}`;
      return [
        diagnose('TAE752', { entry: name, count, counted }, placeOfField(written.object, 'tags') ?? written.range),
      ];
    });
  });
};

const moduleTags = (module: RootModule, cluster: Cluster): readonly string[] =>
  isCalled(cluster) && !isFork(cluster) ? keysOf(module, attribute(cluster.block.body, 'tags')?.value) : [];

const defaultTags = (module: RootModule, provider: PlacedBlock | undefined): Added => {
  const [block] = provider ? blocks(provider.body, 'default_tags') : [];
  return {
    from: 'default_tags of the aws provider',
    keys: block ? keysOf(module, attribute(block.body, 'tags')?.value) : [],
  };
};

/** The provider of a resource that stands beside the cluster. */
const providerOf = ({ module, written: { resource } }: NamedEntry): PlacedBlock | undefined => {
  const given = resource && attribute(resource.block.body, 'provider');
  const alias = given && referencesOf(given.value)[0]?.path[1];
  return providersOf(module, 'aws', alias)[0];
};

const keysOf = (module: RootModule, expression: Expression | undefined): readonly string[] => {
  const value = expression && evaluate(expression, module.scope);
  return value?.kind === 'object' ? [...value.entries.keys()] : [];
};
