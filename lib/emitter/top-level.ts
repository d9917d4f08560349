import { attribute, sourceOf } from '../hcl/index.ts';
import { blockAddress, type PlacedBlock } from '../terraform/index.ts';
import type { Cluster, Source } from '../parser/index.ts';

/** What stands at top level, by address, and the entries in the argument of each cluster. */
export const addressesIn = ({ module, clusters }: Source): ReadonlySet<string> =>
  new Set([
    ...module.blocks.flatMap(addressesOfBlock),
    ...clusters.flatMap(cluster =>
      cluster.existing.entries.flatMap(({ form, key }) =>
        form === 'argument' && key !== undefined ? [entryAddress(cluster, key)] : [],
      ),
    ),
  ]);

/** A block that nothing refers to is called by its type and labels. */
const addressesOfBlock = (block: PlacedBlock): readonly string[] => {
  const { type, labels, body, in: file } = block;
  if (type === 'locals') return body.items.flatMap(item => (item.kind === 'attribute' ? [`local.${item.name}`] : []));
  const to = type === 'moved' ? attribute(body, 'to') : undefined;
  return [
    to
      ? movedAddress(sourceOf(file.text, to.value.range))
      : (blockAddress(type, labels) ?? [type, ...labels].join('.')),
  ];
};

export const movedAddress = (to: string): string => `moved to ${to}`;

export const entryAddress = ({ address }: Pick<Cluster, 'address'>, key: string): string =>
  `${address}.access_entries.${key}`;
