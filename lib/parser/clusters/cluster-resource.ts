import { attribute, blocks, sourceOf, stringValue, type Body, type Expression } from '../../hcl/index.ts';
import {
  addressOf,
  blocksOf,
  knownString,
  referencesOf,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import { meaningOf } from '../aws-auth/row.ts';
import { readName, type ResourceCluster } from './cluster.ts';
import { readMode } from './mode.ts';
import { addressedResource } from './module-call.ts';
import { repetitionOf } from './repetition.ts';
import { entriesOfCluster } from '../entries/read-entries.ts';

/**
 * Clusters that are resources of the root module. They count where something of aws-auth is to be paired with one, or where a mode
 * and entries of their own show that they have been migrated.
 */
export const clusterResources = (module: RootModule, isPaired: boolean): readonly ResourceCluster[] =>
  blocksOf(module, 'resource', 'aws_eks_cluster')
    .map(block => readCluster(module, block))
    .filter(({ mode, existing }) => isPaired || (mode.kind === 'literal' && existing.entries.length > 0));

/**
 * The body that has the mode of such a cluster, that of a dynamic block, too.
 * Source: terraform-provider-aws, website/docs/r/eks_cluster.html.markdown
 */
export const accessConfigOf = ({ body }: PlacedBlock): Body | undefined =>
  [
    ...blocks(body, 'access_config'),
    ...blocks(body, 'dynamic')
      .filter(({ labels }) => labels[0] === 'access_config')
      .flatMap(dynamic => blocks(dynamic.body, 'content')),
  ][0]?.body;

/** What of `ignore_changes` keeps Terraform from changing the mode of such a cluster. Source: Terraform language, lifecycle. */
export const ignoredMode = (block: PlacedBlock): Expression | undefined =>
  blocks(block.body, 'lifecycle')
    .flatMap(({ body }) => attribute(body, 'ignore_changes')?.value ?? [])
    .flatMap(value => (value.kind === 'tuple' ? value.items : [value]))
    .find(value => {
      const text = stringValue(value) ?? sourceOf(block.in.text, value.range);
      return /^(?:all|access_config(?:\[0\]|\.0)?(?:\.authentication_mode)?)$/.test(text.replaceAll(/\s/g, ''));
    });

const readCluster = (module: RootModule, block: PlacedBlock): ResourceCluster => {
  const addressed = addressedResource(block);
  const name = readName(module, attribute(block.body, 'name'));
  const provider = attribute(block.body, 'provider');
  const alias = provider && referencesOf(provider.value)[0]?.path.join('.');
  return {
    kind: 'resource',
    ...addressed,
    repetition: repetitionOf(addressed),
    version: { kind: 'unknown', reason: 'it is a resource' },
    mode: readMode(module, accessConfigOf(block), block.in),
    existing: entriesOfCluster(module, cluster => {
      const known = knownString(cluster.value);
      const read = referencesOf(meaningOf(cluster).expression);
      const isReferred = read.some(reference => addressOf(reference) === addressed.address);
      if (isReferred || (name !== undefined && known === name)) return 'yes';
      return name === undefined || known === undefined ? 'maybe' : 'no';
    }),
    creatorAdmin: 'off',
    standalone: true,
    ...(alias === undefined || alias === 'aws' ? {} : { awsProvider: alias }),
    ...(name === undefined ? {} : { name }),
  };
};
