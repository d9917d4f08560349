import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { appendToBody, type Edit } from '../../../hcl/index.ts';
import type { State } from '../../phase.ts';
import {
  newestReleaseFor,
  pinsFor,
  setVersion,
  upgradeCall,
  upgradeReferences,
  type Refused,
  type Upgraded,
} from '../../upgrade/index.ts';
import { callsOf, lastOf20, type Call } from './calls.ts';
import { checkEntries } from './entries.ts';
import { upgradeGroups, changedCallDefaults } from './groups.ts';
import { detachesPodPolicy, rootCall } from './root-call.ts';

/** What the upgrade to version 21 changes, and what it has to say. */
export type ToV21 = {
  readonly edits: readonly Edit[];
  readonly changes: readonly string[];
  readonly findings: readonly Diagnostic[];
  /** Calls at version 19, to which the same holds unless phase 0 moves them. */
  readonly early: readonly Diagnostic[];
  /** The policy for security groups of pods leaves the role of a cluster. */
  readonly detaches: boolean;
};

const nothing: ToV21 = { edits: [], changes: [], findings: [], early: [], detaches: false };

/** Of a source at version 20. What is at version 19 waits for phase 0, what is at 21 is done. */
export const planUpgrade = (state: State): ToV21 => {
  const calls = callsOf(state);
  const open = calls.filter(({ at }) => at === 'open');
  const unknown = calls.filter(({ at }) => at === 'unknown').map(unknownVersion);
  const early = calls.filter(({ at }) => at === 'before').map(tooEarly);
  if (open.length === 0 || early.length > 0) return { ...nothing, findings: unknown, early };
  const newest = newestReleaseFor(state.source.module, 21);
  if (newest.kind === 'none') {
    const { by, constraint, needs, range } = newest;
    const what = by === 'aws' ? 'The aws provider' : 'Terraform';
    const finding = diagnose('TAE239', { what, constraint, needs, isProvider: by === 'aws' }, range);
    return { ...nothing, findings: [finding, ...unknown] };
  }
  const parts = open.map(call => upgradeOf(state, call, newest.release.version));
  return {
    edits: parts.flatMap(({ edits }) => edits),
    changes: parts.flatMap(({ changes }) => changes),
    findings: [...unknown, ...parts.flatMap(({ findings }) => findings)],
    early,
    detaches: open.some(({ call }) => detachesPodPolicy(call)),
  };
};

const unknownVersion = ({ call, version }: Call): Diagnostic => {
  const reason = version.kind === 'unknown' ? version.reason : 'its source is a fork';
  return diagnose('TAE240', { call: call.address, reason }, call.constraint?.range ?? call.block.headerRange);
};

const tooEarly = ({ call, version }: Call): Diagnostic => {
  const reason = `it is at ${version.kind === 'unknown' ? 'an older version' : version.version}, and version 20 comes first`;
  return diagnose('TAE240', { call: call.address, reason }, call.constraint?.range ?? call.block.headerRange);
};

const upgradeOf = (state: State, { call }: Call, to: string): Pick<ToV21, 'edits' | 'changes' | 'findings'> => {
  const { module, clusters } = state.source;
  const { block, address } = call;
  const version = setVersion(call, to);
  const parts: readonly Upgraded[] = [upgradeCall(call, lastOf20, to), upgradeReferences(module, call, lastOf20, to)];
  const pins = pinsFor(call, lastOf20, to);
  const isRoot = call.source.submodule === undefined;
  const groups = isRoot ? upgradeGroups(module, call, to) : nothing;
  const root = isRoot ? rootCall(module, call) : nothing;
  const cluster = clusters.find(made => made.block === block);
  const written = pins.map(({ name, value }) => `${name} = ${value}`);
  return {
    edits: [
      ...(version ? [version] : []),
      ...parts.flatMap(({ edits }) => edits),
      ...groups.edits,
      ...root.edits,
      ...(written.length === 0 ? [] : [appendToBody(block.in, block.body, written.join('\n'))]),
    ],
    changes: [
      `${address}: version ${to}`,
      ...parts.flatMap(({ changes }) => changes),
      ...groups.changes,
      ...root.changes,
      ...written.map(line => `${address}: ${line}`),
    ],
    findings: [
      ...(version ? [] : [unwritten(call)]),
      ...parts.flatMap(({ refused }) => refused.map(problem => refusal(problem, to))),
      ...groups.findings,
      ...root.findings,
      ...changedCallDefaults(call),
      ...(cluster ? checkEntries(module, cluster) : []),
    ],
  };
};

const unwritten = (call: Call['call']): Diagnostic =>
  diagnose(
    'TAE240',
    { call: call.address, reason: 'its version is not written in the call' },
    call.constraint?.range ?? call.block.headerRange,
  );

const refusal = ({ call, kind, name, advice = '', range, file }: Refused, version: string): Diagnostic => {
  const { address } = call;
  if (kind === 'argument') return diagnose('TAE237', { call: address, argument: name, version, advice }, range);
  if (kind === 'whole') return diagnose('TAE453', { call: address, outputs: name }, range);
  const where = file === undefined ? '' : file;
  return diagnose('TAE238', { call: address, output: name, version, advice, file: where }, range);
};
