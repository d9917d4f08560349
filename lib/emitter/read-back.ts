import { diagnose, firstOf, Refusal, type Range, type Diagnostic } from '../diagnostics/index.ts';
import { blockAddress, type PlacedBlock, blockTitle } from '../terraform/index.ts';
import type { Phase, PhasePlan, State } from './phase.ts';
import { attribute, sourceOf, matchLines } from '../hcl/index.ts';
import type { Cluster, Source } from '../parser/index.ts';

/** Reads a revision as the source was read, gate included. */
export type ReadRevision = (files: ReadonlyMap<string, string>) => Promise<State>;

/**
 * Reads what a phase has written. What stands against it is said of the block in the source: nobody has seen the text of the
 * revision, nor will.
 */
export const readRevision = async (
  start: State,
  phase: Phase,
  files: ReadonlyMap<string, string>,
  read: ReadRevision,
): Promise<State> => {
  try {
    return await read(files);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(...error.diagnostics.map(found => saidOfSource(start, phase, files, found)));
  }
};

const saidOfSource = (
  start: State,
  { id }: Phase,
  files: ReadonlyMap<string, string>,
  { message, range }: Diagnostic,
): Diagnostic => {
  const block = range && blockInSource(start, files, range.file, range.start);
  const where = block ? ` into ${blockTitle(block)}` : '';
  // Where the other one of two places is, in that text.
  const why = message.replaceAll(/ at \S+?:\d+,\d+(-\d+(,\d+)?)?/g, '').replace(/\.$/, '');
  return diagnose('TAE006', { reason: `the phase ${id} cannot be written${where} (${why})` }, block?.headerRange);
};

/** The block in which the closest line above a place of a revision stands that the source has, too. */
const blockInSource = (
  { source: { module } }: State,
  files: ReadonlyMap<string, string>,
  file: string,
  offset: number,
): PlacedBlock | undefined => {
  const text = module.files.find(candidate => candidate.file === file)?.text;
  const revised = files.get(file);
  if (text === undefined || revised === undefined) return undefined;
  const lines = text.split('\n');
  const matches = matchLines(lines, revised.split('\n'));
  const known = matches.slice(0, revised.slice(0, offset).split('\n').length).findLast(line => line !== -1);
  const at = lines.slice(0, known ?? 0).join('\n').length + 1;
  return module.blocks.findLast(({ in: { file: blockFile }, range }) => blockFile === file && range.start <= at);
};

/**
 * Ends the run where a revision, read as the source was, is not what the phase has planned: a block that a comment swallows is gone
 * for Terraform as well. What was there is there, what was added is, no row is lost, and nothing is left to do.
 */
export const refuseUnlikePlan = (
  phase: Phase,
  { adds = [], removes, silences = [], edits }: PhasePlan,
  before: State,
  after: State,
  start: State,
): void => {
  const refuse = (problem: string, address?: string): Refusal => {
    const words = `what phase ${phase.id} would write ${problem} when it is read back`;
    return new Refusal(diagnose('TAE245', { problem: words }, placeOf(start, address)));
  };
  const found = addressesOf(after);
  const wanted = new Set([...addressesOf(before), ...adds]);
  const lost = [...wanted].filter(address => !found.has(address) && !removes?.includes(address));
  if (lost.length > 0) throw refuse(`has no ${firstOf(lost)}`, lost[0]);
  const rows = countRows(before, silences);
  if (!removes && countRows(after) < rows) throw refuse(`has ${countRows(after)} of ${rows} rows of aws-auth`);
  if (phase.isDone(after)) return;
  const [left] = phase.plan(after).changes;
  if (edits.length === 0 || left === undefined) throw new Error(`phase ${phase.id} is not done after its own edits`);
  throw refuse(`still lacks "${left}"`);
};

/** Ends the run where a phase takes access from rows, and one of them has no entry in the revision before it. */
export const refuseUncovered = (phase: Phase, before: State, start: State): void => {
  if (!phase.needsEntries) return;
  const [first] = before.transformed.flatMap(({ outcomes, lists, planned }) => [
    ...outcomes.filter(({ disposition, entry }) => disposition === 'blocked' || entry).map(({ name }) => name),
    ...lists
      .filter(
        ({ disposition }) => disposition === 'blocked' || (disposition === 'converted' && planned?.isWritten === false),
      )
      .map(({ list }) => list.argument),
  ]);
  if (first === undefined) return;
  const problem = `before phase ${phase.id}, ${first} has no access entry`;
  throw new Refusal(diagnose('TAE245', { problem }, placeOf(start)));
};

const countRows = ({ transformed }: State, without: readonly string[] = []): number =>
  transformed
    .filter(({ mapping }) => !mapping || !without.includes(mapping.address))
    .reduce((sum, { outcomes, lists }) => sum + outcomes.length + lists.length, 0);

/** The place in the source: of the block that an address is in, or of the call that has the rows. */
const placeOf = ({ source }: State, address = ''): Range | undefined => {
  const holder = source.module.blocks.find(({ type, labels }) => {
    const head = blockAddress(type, labels);
    return head !== undefined && (address === head || address.startsWith(`${head}.`));
  });
  const [call] = [...source.mappings, ...source.clusters];
  return (holder ?? call?.block)?.headerRange;
};

const addressesOf = ({ source, handed }: State): ReadonlySet<string> =>
  new Set([
    ...addressesIn(source),
    ...(handed?.callers ?? []).flatMap(caller => addressesIn(caller.source, caller.label)),
  ]);

/** What stands at top level, by address, and the entries in the argument of each cluster. `caller`: what messages call the module. */
const addressesIn = ({ module, clusters }: Source, caller?: string): readonly string[] => [
  ...module.blocks.flatMap(addressesOfBlock).map(address => inCaller(caller, address)),
  ...clusters.flatMap(cluster =>
    cluster.existing.entries.flatMap(({ form, key }) =>
      form === 'argument' && key !== undefined ? [entryAddress(cluster, key)] : [],
    ),
  ),
];

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

const entryAddress = (cluster: Pick<Cluster, 'address' | 'wrapper'>, key: string): string =>
  inCaller(cluster.wrapper?.caller, `${cluster.address}.access_entries.${key}`);

/** An address of another root module that is changed as well. */
export const inCaller = (caller: string | undefined, address: string): string =>
  caller === undefined || caller === '.' ? address : `${caller}: ${address}`;
