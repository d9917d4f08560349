import { diagnose } from '../../../diagnostics/index.ts';
import type { Phase, PhaseRunbook, SourceGate, State } from '../../phase.ts';
import { isInForce, switchesOf } from '../../../parser/index.ts';
import { usesOf } from '../../aws-auth/uses.ts';
import { isCounted, writerOf } from '../../aws-auth/writers.ts';
import { fileIn } from '../../callers/calls.ts';
import { inCaller } from '../../read-back.ts';
import {
  attribute,
  attributesOf,
  removeAttribute,
  removeBlock,
  sourceOf,
  type Edit,
  type Expression,
} from '../../../hcl/index.ts';
import {
  addressOf,
  blockAddress,
  blockTitle,
  blocksOf,
  bodyReferences,
  referencesOf,
  type PlacedAttribute,
  type PlacedBlock,
  type RootModule,
} from '../../../terraform/index.ts';

/** What refers to the aws-auth call, so that it cannot go. */
const remains: SourceGate = ({ source }) =>
  writersIn(source)
    .filter(mapping => writerOf(mapping).leaving(mapping) === undefined)
    .flatMap(mapping => {
      const { address } = mapping;
      // What needs an instance of what is counted stops phase 3 already.
      const isSaid = isCounted(mapping) && isInForce(mapping) !== false;
      const others = writersIn(source).map(other => other.address);
      return usesOf(source.module, address, others)
        .filter(({ waits }) => waits || !isSaid)
        .map(({ range, words }) => diagnose('TAE211', { call: address, reference: words }, range));
    });

/** What is off beside them would be left as what has the rows. */
const writersIn = ({ mappings, idle }: State['source']): State['source']['mappings'] => [...mappings, ...idle];

/** The aws-auth call creates nothing any more. It goes, with the locals and data sources that only it read; a flag of version 17 stays. */
export const cleanUp: Phase = {
  id: 'clean-up',
  title: 'Remove what is left of aws-auth from the source',
  gates: [remains],
  isDone: ({ source }) =>
    source.mappings.every(one => isInForce(one) === false && writerOf(one).leaving(one)?.length === 0),
  plan: state => {
    const { edits, removed, kept } = allLeftovers(state);
    return {
      edits,
      changes: removed.map(what => `${what}: removed`),
      findings: [],
      removes: removed,
      // Without a place: the text is that of the revision before, not of the source.
      notes: kept.map(what => diagnose('TAE218', { what })),
      runbook: runbookOf(state),
    };
  },
};

const runbookOf = ({ source: { module, pairs } }: State): PhaseRunbook => ({
  liveGates: [],
  plan: ['No changes. Nothing of aws-auth is made here since phase 3.'],
  verify: pairs.flatMap(({ cluster, mapping }) =>
    switchesOf(module, cluster, mapping).map(({ path }) => ({
      what: `Where the condition on ${path.join('.')} holds in every environment, take it off the entries of ${cluster.address}: once it holds no more, Terraform deletes them`,
      expect: 'a plan without changes',
    })),
  ),
  back: [],
  permissions: [],
});

type Leftovers = {
  readonly edits: readonly Edit[];
  /** Addresses that go. */
  readonly removed: readonly string[];
  /** What may stand there for the removed call alone, and stays: a caller, a plan or another module may need it. */
  readonly kept: readonly string[];
};

/** What may go: where it stands, what it reads, and for a local the block that holds it. */
type Node = {
  readonly address: string;
  readonly references: readonly string[];
  readonly removal: Edit;
  readonly holder?: PlacedBlock;
};

/** An address that goes, as a whole or some of its arguments. */
type Going = { readonly address: string; readonly leaving: readonly PlacedAttribute[] | undefined };

/** The aws-auth calls or arguments, and what the callers of the module hand over for them. */
const allLeftovers = (state: State): Leftovers => {
  const { source, handed } = state;
  const going = writersIn(source).map(mapping => ({
    address: mapping.address,
    leaving: writerOf(mapping).leaving(mapping),
  }));
  const variables = new Set((handed?.lists ?? []).map(({ variable }) => `var.${variable}`));
  const own = leftovers(source.module, going, { variables });
  const gone = new Set(own.removed);
  const ofCallers = (handed?.callers ?? []).map(({ label, calls, source: { module } }) => {
    // A variable that something else reads stays, and so does what is given for it.
    const leaving = calls.map(({ cluster: { address }, arguments: given }) => ({
      address,
      leaving: given.filter(({ name }) => gone.has(`var.${name}`)),
    }));
    const { edits, removed, kept } = leftovers(module, leaving, { caller: label });
    return {
      edits,
      removed: removed.map(address => inCaller(label, address)),
      kept,
    };
  });
  return {
    edits: [...own.edits, ...ofCallers.flatMap(({ edits }) => edits)],
    removed: [...own.removed, ...ofCallers.flatMap(({ removed }) => removed)],
    kept: [...own.kept, ...ofCallers.flatMap(({ kept }) => kept)],
  };
};

/** What goes, and in turn every local and data source that nothing else reads, and those of the `variables` that go then. */
const leftovers = (
  module: RootModule,
  going: readonly Going[],
  { variables = new Set(), caller }: { readonly variables?: ReadonlySet<string>; readonly caller?: string },
): Leftovers => {
  const goingArguments = going.flatMap(({ address, leaving = [] }) =>
    leaving.map(argument => nodeOf(`${address}.${argument.name}`, argument)),
  );
  const nodes = [
    ...goingArguments,
    ...blockNodes(module, new Set(going.flatMap(({ leaving = [] }) => leaving.map(({ value }) => value)))),
  ];
  const gone = new Set([
    ...going.flatMap(({ address, leaving }) => (leaving ? [] : [address])),
    ...goingArguments.map(({ address }) => address),
  ]);
  const readers = readersOf(nodes);
  const isUnread = (address: string): boolean => [...(readers.get(address) ?? [])].every(reader => gone.has(reader));
  // JSON files are not parsed for references: a mention of the name is enough to keep the object.
  const isMentioned = (address: string): boolean => [...module.json.values()].some(text => text.includes(address));
  const referencesFrom = (address: string): readonly string[] =>
    nodes.filter(node => node.address === address).flatMap(({ references }) => references);
  const queue = [...gone].flatMap(referencesFrom);
  const kept = new Set<string>();
  // Other files of Terragrunt may read the locals of a unit. Besides, its inputs are all that a phase edits there.
  const ofUnits = new Set(localsOfUnits(module).map(({ name }) => `local.${name}`));
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    if (gone.has(address) || !isUnread(address) || isMentioned(address)) continue;
    if (variables.has(address)) gone.add(address);
    else if (address.startsWith('var.')) kept.add(address);
    if (!/^(local|data)\./.test(address)) continue;
    if (ofUnits.has(address)) {
      kept.add(address);
      continue;
    }
    gone.add(address);
    queue.push(...referencesFrom(address));
  }
  // A `locals` block of which nothing is left goes as a whole.
  const emptied = blocksOf(module, 'locals').filter(
    ({ body: { items } }) =>
      items.length > 0 && items.every(item => item.kind === 'attribute' && gone.has(`local.${item.name}`)),
  );
  return {
    edits: [
      ...emptied.map(block => removeBlock(block.in, block)),
      ...nodes
        .filter(({ address, holder }) => gone.has(address) && !(holder && emptied.includes(holder)))
        .map(({ removal }) => removal),
    ],
    removed: [...gone],
    kept: [
      ...module.blocks
        .filter(block => staysFor(block, kept, module, going))
        .map(block => ({ what: titleOf(block), file: block.in.file })),
      ...localsOfUnits(module)
        .map(({ name, in: { file } }) => ({ what: `local.${name}`, file }))
        .filter(({ what }) => kept.has(what)),
    ].map(({ what, file }) => `${what} (${fileIn(caller, file)})`),
  };
};

const localsOfUnits = (module: RootModule): readonly PlacedAttribute[] => {
  const units = blocksOf(module, 'module').filter(({ isUnit }) => isUnit);
  return blocksOf(module, 'locals')
    .filter(locals => units.some(unit => unit.in.file === locals.in.file))
    .flatMap(locals => attributesOf(locals.body).map(local => ({ ...local, in: locals.in })));
};

/** Variables that nothing else reads, `moved` blocks of the call, and the provider where no resource of its kind is left. */
const staysFor = (
  block: PlacedBlock,
  variables: ReadonlySet<string>,
  module: RootModule,
  going: readonly Going[],
): boolean => {
  const { type, labels, body } = block;
  if (type === 'variable') return variables.has(`var.${labels[0]}`);
  if (type === 'moved')
    return bodyReferences(body).some(reference => going.some(({ address }) => addressOf(reference) === address));
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

/** An argument that goes is a node apart: what it reads, the rest of its call does not. */
const nodeOf = (address: string, argument: PlacedAttribute, holder?: PlacedBlock): Node => ({
  address,
  references: referencesOf(argument.value).map(addressOf),
  removal: removeAttribute(argument.in, argument),
  ...(holder ? { holder } : {}),
});

const blockNodes = (module: RootModule, going: ReadonlySet<Expression>): readonly Node[] =>
  module.blocks.flatMap((block): readonly Node[] => {
    const { type, labels, body } = block;
    if (type === 'locals')
      return attributesOf(body).map(local => nodeOf(`local.${local.name}`, { ...local, in: block.in }, block));
    const items = body.items.filter(item => item.kind !== 'attribute' || !going.has(item.value));
    return [
      {
        address: blockAddress(type, labels) ?? `${type}.${labels.join('.')}`,
        references: bodyReferences({ ...body, items }).map(addressOf),
        removal: removeBlock(block.in, block),
      },
    ];
  });

const readersOf = (nodes: readonly Node[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const readers = new Map<string, Set<string>>();
  for (const { address, references } of nodes)
    for (const reference of references) readers.set(reference, (readers.get(reference) ?? new Set()).add(address));
  return readers;
};
