import type { Range } from '../../../diagnostics/index.ts';
import { attribute, removeAttribute, removeBlock, sourceOf, type Edit, type Expression } from '../../../hcl/index.ts';
import type { Source } from '../../../parser/index.ts';
import { writerOf } from '../../aws-auth/writers.ts';
import {
  addressOf,
  blockAddress,
  blockTitle,
  bodyReferences,
  referencesOf,
  type PlacedAttribute,
  type PlacedBlock,
  type RootModule,
} from '../../../terraform/index.ts';

export type Leftovers = {
  readonly edits: readonly Edit[];
  /** Addresses that go. */
  readonly removed: readonly string[];
  /** What may stand there for the removed call alone, and stays: a caller, a plan or another module may need it. */
  readonly kept: readonly string[];
};

type Node = { readonly address: string; readonly references: readonly string[]; readonly object: Holder };
type Holder =
  | { readonly block: PlacedBlock }
  | { readonly local: PlacedAttribute; readonly holder: PlacedBlock }
  | { readonly argument: PlacedAttribute };

/** The aws-auth calls or arguments, and in turn every local and data source that nothing else reads. */
export const leftovers = ({ module, mappings }: Source): Leftovers => {
  const removals = mappings.map(mapping => ({ address: mapping.address, ...writerOf(mapping).removal(mapping) }));
  const goingArguments = new Map(
    removals.flatMap(own => ('attributes' in own ? own.attributes.map(one => [one, own.address] as const) : [])),
  );
  const nodes = nodesOf(module, goingArguments);
  const gone = new Set([
    ...removals.flatMap(own => ('block' in own ? [own.address] : [])),
    ...[...goingArguments].map(([{ name }, address]) => `${address}.${name}`),
  ]);
  const readers = readersOf(nodes);
  const queue = [...gone].flatMap(address => referencesFrom(nodes, address));
  const kept = new Set<string>();
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    if (gone.has(address) || !onlyReadBy(gone, readers, address) || mentionedInJson(module, address)) continue;
    if (!/^(local|data)\./.test(address)) {
      if (address.startsWith('var.')) kept.add(address);
      continue;
    }
    gone.add(address);
    queue.push(...referencesFrom(nodes, address));
  }
  return {
    edits: editsFor(module, nodes, gone),
    removed: [...gone],
    kept: module.blocks.filter(block => staysFor(block, kept, module, mappings)).map(keptOf),
  };
};

const keptOf = (block: PlacedBlock): string => `${titleOf(block)} (${block.in.file})`;

/** Variables that nothing else reads, `moved` blocks of the call, and the provider where no resource of its kind is left. */
const staysFor = (
  block: PlacedBlock,
  variables: ReadonlySet<string>,
  module: RootModule,
  mappings: Source['mappings'],
): boolean => {
  const { type, labels, body } = block;
  if (type === 'variable') return variables.has(`var.${labels[0]}`);
  if (type === 'moved')
    return bodyReferences(body).some(own => mappings.some(({ address }) => addressOf(own) === address));
  if (type !== 'provider' || labels[0] !== 'kubernetes') return false;
  return !module.blocks.some(
    other => ['resource', 'data'].includes(other.type) && other.labels[0]?.startsWith('kubernetes_'),
  );
};

const titleOf = ({ type, labels, body, in: { text } }: PlacedBlock): string => {
  const to = type === 'moved' ? attribute(body, 'to') : undefined;
  if (to) return `moved to ${sourceOf(text, to.value.range)}`;
  return blockTitle({ type, labels });
};

/** References to the call from anything that stays: they would make the module invalid. */
export const outsideReferences = (
  { module, mappings }: Source,
  address: string,
): readonly { readonly range: Range; readonly words: string }[] => {
  const calls = new Set(mappings.map(mapping => mapping.address));
  return (
    module.blocks
      // What has moved to the call is a matter of the state, not of the source.
      .filter(
        ({ type, labels }) => type !== 'moved' && type !== 'removed' && !calls.has(blockAddress(type, labels) ?? ''),
      )
      .flatMap(block =>
        bodyReferences(block.body)
          .filter(reference => addressOf(reference) === address)
          .map(({ range }) => ({ range, words: titleOf(block) })),
      )
  );
};

/** An argument that goes is a node of its own: what it reads, the rest of its call does not. */
const nodesOf = (module: RootModule, going: ReadonlyMap<PlacedAttribute, string>): readonly Node[] => [
  ...[...going].map(([argument, address]) => ({
    address: `${address}.${argument.name}`,
    references: referencesOf(argument.value).map(addressOf),
    object: { argument },
  })),
  ...blockNodes(module, new Set([...going.keys()].map(({ value }) => value))),
];

const blockNodes = (module: RootModule, going: ReadonlySet<Expression>): readonly Node[] =>
  module.blocks.flatMap((block): readonly Node[] => {
    if (block.type !== 'locals') {
      const address = blockAddress(block.type, block.labels) ?? `${block.type}.${block.labels.join('.')}`;
      const items = block.body.items.filter(item => item.kind !== 'attribute' || !going.has(item.value));
      return [{ address, references: bodyReferences({ ...block.body, items }).map(addressOf), object: { block } }];
    }
    return block.body.items.flatMap(item =>
      item.kind === 'attribute'
        ? [
            {
              address: `local.${item.name}`,
              references: referencesOf(item.value).map(addressOf),
              object: { local: { ...item, in: block.in }, holder: block },
            },
          ]
        : [],
    );
  });

const referencesFrom = (nodes: readonly Node[], address: string): readonly string[] =>
  nodes.filter(node => node.address === address).flatMap(({ references }) => references);

const readersOf = (nodes: readonly Node[]): ReadonlyMap<string, readonly string[]> => {
  const readers = new Map<string, string[]>();
  for (const { address, references } of nodes) {
    for (const reference of references) {
      const known = readers.get(reference);
      if (known) known.push(address);
      else readers.set(reference, [address]);
    }
  }
  return readers;
};

const onlyReadBy = (
  gone: ReadonlySet<string>,
  readers: ReadonlyMap<string, readonly string[]>,
  address: string,
): boolean => (readers.get(address) ?? []).every(reader => gone.has(reader));

/** JSON files are not parsed for references: a mention of the name is enough to keep the object. */
const mentionedInJson = (module: RootModule, address: string): boolean =>
  [...module.json.values()].some(text => text.includes(address));

/** A `locals` block of which nothing is left goes as a whole. */
const editsFor = (module: RootModule, nodes: readonly Node[], gone: ReadonlySet<string>): readonly Edit[] => {
  const going = nodes.filter(({ address }) => gone.has(address)).map(({ object }) => object);
  const emptied = module.blocks.filter(
    block =>
      block.type === 'locals' &&
      block.body.items.length > 0 &&
      block.body.items.every(item => item.kind === 'attribute' && gone.has(`local.${item.name}`)),
  );
  return [
    ...emptied.map(block => removeBlock(block.in, block)),
    ...going.flatMap(object => {
      if ('block' in object) return [removeBlock(object.block.in, object.block)];
      if ('argument' in object) return [removeAttribute(object.argument.in, object.argument)];
      return emptied.includes(object.holder) ? [] : [removeAttribute(object.local.in, object.local)];
    }),
  ];
};
