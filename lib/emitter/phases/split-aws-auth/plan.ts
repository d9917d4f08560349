import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import {
  appendAfterBlock,
  appendToBody,
  attribute,
  attributesOf,
  editsOutside,
  removeAttribute,
  type Edit,
} from '../../../hcl/index.ts';
import { awsAuthArguments, type ModuleCall } from '../../../parser/index.ts';
import type { State } from '../../phase.ts';
import { setVersion, unwritable, upgradeCall } from '../../upgrade/call.ts';
import { joined, type Change, type Refused } from '../../upgrade/change.ts';
import { newestReleaseFor, type Newest } from '../../upgrade/newest-release.ts';
import { upgradeReferences } from '../../upgrade/references.ts';
import { selfManagedGroups } from '../../../eks/node-group-forms.ts';
import type { PlacedAttribute } from '../../../terraform/index.ts';
import { awsAuthCall, leaving } from './aws-auth-call.ts';
import { pinEntries } from '../../entry-pins.ts';
import { movesOf, printMove, type Move } from './moved.ts';
import { keptMode, newArguments, configMapYaml, writeOutYaml, platforms } from './new-arguments.ts';
import { labelFor, sharesRole, splits, submoduleCalls, type Split } from '../../splits.ts';

/** What phase 0 does to the files, and what stands against it. */
export type SplitPlan = Change & {
  readonly newest: Newest;
  /** Addresses in the state. */
  readonly moves: readonly Move[];
};

/** The first release of version 20 that neither replaces the cluster nor ignores its mode. Source: eks/module-versions.ts. */
const least = '20.13.1';

export const splitPlan = (state: State): SplitPlan => {
  const { source } = state;
  const newest = newestReleaseFor(source.module, 20, least);
  const all = splits(state);
  if (newest.kind !== 'found' || all.length === 0) return { newest, moves: [], ...joined([]) };
  const release = newest.release.version;
  const calls = all.map(split => ofCluster(state, split, release));
  const others = submoduleCalls(state).map(({ call, from }) => ofCall(state, call, from, release, all));
  const found = joined([...calls, ...others]);
  const { edits } = found;
  // What is carried into the new call takes the edits of its text along.
  const carried = calls.flatMap(part => part.moved.map(({ range, in: file }) => ({ ...range, file: file.file })));
  return {
    ...found,
    newest,
    edits: [
      ...editsOutside(edits, carried),
      ...calls.flatMap(part => leaving(part.split, part.moved)),
      ...calls.flatMap(part => newCall(part.split, release, part.label, part.moves, edits)),
    ],
    changes: [...found.changes, ...calls.map(({ label }) => `module.${label}: aws-auth, moved out of the eks call`)],
    moves: calls.flatMap(part => part.moves),
  };
};

type ClusterPart = Change & {
  readonly split: Split;
  readonly label: string;
  readonly moves: readonly Move[];
  /** The arguments that go into the new call. */
  readonly moved: readonly PlacedAttribute[];
};

const ofCluster = (state: State, split: Split, release: string): ClusterPart => {
  const { cluster, mapping } = split;
  const { call } = cluster;
  const names = new Set(awsAuthArguments(mapping.form));
  const label = labelFor(state.source.module, split);
  const moves = movesOf(state.source.module, call.address, `module.${label}`, cluster.repetition);
  const moved = attributesOf(call.block.body)
    .filter(({ name }) => names.has(name))
    .map(argument => ({ ...argument, in: call.block.in }));
  const from = cluster.version.kind === 'unknown' ? release : cluster.version.version;
  const written = writeOutYaml(state.source.module, split);
  const found = ofCall(state, call, from, release, [split], names);
  const isWrittenOut = ({ kind, name, range }: Refused): boolean =>
    kind === 'output' &&
    name === configMapYaml &&
    written.some(edit => edit.file === range?.file && edit.start <= range.start && range.end <= edit.end);
  const said = `${call.address}.${configMapYaml}: written out where it is read`;
  const range = attribute(call.block.body, 'for_each')?.nameRange ?? call.block.headerRange;
  const unmoved = diagnose('TAE258', { call: call.address, argument: 'for_each or count' }, range);
  return {
    edits: [...found.edits, ...written],
    changes: [...found.changes, ...(written.length > 0 ? [said] : [])],
    refused: found.refused.filter(one => !isWrittenOut(one)),
    findings: moves ? found.findings : [...found.findings, unmoved],
    split,
    label,
    moves: moves ?? [],
    moved,
  };
};

/** The version, the names that changed, and what keeps the defaults of version 19. */
const ofCall = (
  { source }: State,
  call: ModuleCall,
  from: string,
  release: string,
  clusters: readonly Split[],
  except: ReadonlySet<string> = new Set(),
): Change => {
  const { block, address } = call;
  const version = call.fork ? undefined : setVersion(call, release);
  const upgraded = joined([
    upgradeCall(call, from, release, except),
    upgradeReferences(source.module, call, from, release),
  ]);
  const entries = pinEntries(source.module, call, sharesRole(source, call, clusters));
  const systems = platforms(source.module, call);
  const mode = keptMode(call);
  const lines = newArguments(call, from, release, clusters, entries?.lines ?? []);
  const family = attribute(block.body, 'cluster_ip_family');
  return {
    edits: [
      ...(version ? [version] : []),
      ...upgraded.edits,
      ...(entries?.edits ?? []),
      ...systems.flatMap(({ edit }) => edit ?? []),
      ...mode,
      // Written out, null is no default any more: the nodes would lose the policy of the CNI.
      ...(family?.value.kind === 'null' ? [removeAttribute(block.in, family)] : []),
      ...(lines.length === 0
        ? []
        : [appendToBody(block.in, block.body, lines.map(paragraph => paragraph.join('\n')).join('\n\n'))]),
    ],
    changes: [
      `${call.address}: version ${release}`,
      ...upgraded.changes,
      ...mode.map(() => `${call.address}: authentication_mode = "CONFIG_MAP"`),
      ...lines
        .flat()
        .filter(line => !line.startsWith('#'))
        .map(line => `${call.address}: ${line.replace(/\s+/g, ' ')}`),
    ],
    refused: upgraded.refused,
    findings: [
      ...(version ? [] : [unversioned(call)]),
      ...(entries ? [] : [unpinned(call)]),
      ...systems
        .filter(({ edit }) => !edit)
        .map(({ range }) => diagnose('TAE256', { call: address, version: release }, range)),
    ],
  };
};

const unversioned = (call: ModuleCall): Diagnostic =>
  diagnose(
    'TAE251',
    { call: call.address, reason: unwritable(call) },
    call.constraint?.range ?? call.block.headerRange,
  );

const unpinned = ({ address, block }: ModuleCall): Diagnostic => {
  const defaults = attribute(block.body, selfManagedGroups.defaults);
  return diagnose('TAE259', { call: address }, defaults?.range ?? block.headerRange);
};

const newCall = (
  split: Split,
  release: string,
  label: string,
  moves: readonly Move[],
  edits: readonly Edit[],
): readonly Edit[] => {
  const { block } = split.cluster.call;
  const text = [awsAuthCall(split, label, release, edits), ...moves.map(printMove)].join('\n\n');
  return [appendAfterBlock(block.in, block, text)];
};
