import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { appendToBody } from '../../../hcl/index.ts';
import type { State } from '../../phase.ts';
import {
  allOf,
  newestReleaseFor,
  pinsFor,
  setVersion,
  upgradeCall,
  upgradeReferences,
  type Refused,
} from '../../upgrade/index.ts';
import { callsOf, joined, lastOf20, nothing, type Call, type Change } from './calls.ts';
import { checkEntries } from './entries.ts';
import { upgradeGroups, changedCallDefaults } from './groups.ts';
import { detachesPodPolicy, rootCall } from './root-call.ts';

/** What the upgrade to version 21 changes, and what it has to say. */
export type ToV21 = Change & {
  /** Calls at version 19, to which the same holds unless phase 0 moves them. */
  readonly early: readonly Diagnostic[];
  /** The policy for security groups of pods leaves the role of a cluster. */
  readonly detaches: boolean;
};

/** Of a source at version 20. What is at version 19 waits for phase 0, what is at 21 is done. */
export const planUpgrade = (state: State): ToV21 => {
  const calls = callsOf(state);
  const open = calls.filter(({ at }) => at === 'open');
  const unknown = calls.filter(({ at }) => at === 'unknown').map(unknownVersion);
  const early = calls.filter(({ at }) => at === 'before').map(tooEarly);
  if (open.length === 0 || early.length > 0) return { ...nothing, findings: unknown, early, detaches: false };
  const newest = newestReleaseFor(state.source.module, 21);
  if (newest.kind === 'none') {
    const { by, constraint, needs, range } = newest;
    const what = by === 'aws' ? 'The aws provider' : 'Terraform';
    const finding = diagnose('TAE239', { what, constraint, needs, isProvider: by === 'aws' }, range);
    return { ...nothing, findings: [finding, ...unknown], early, detaches: false };
  }
  return {
    ...joined([{ ...nothing, findings: unknown }, ...open.map(call => upgradeOf(state, call, newest.release.version))]),
    early,
    detaches: open.some(({ call }) => detachesPodPolicy(call)),
  };
};

const waits = (call: Call['call'], reason: string): Diagnostic =>
  diagnose('TAE240', { call: call.address, reason }, call.constraint?.range ?? call.block.headerRange);

const unknownVersion = ({ call, version }: Call): Diagnostic =>
  waits(call, version.kind === 'unknown' ? version.reason : 'its source is a fork');

const tooEarly = ({ call, version }: Call): Diagnostic =>
  waits(
    call,
    `it is at ${version.kind === 'unknown' ? 'an older version' : version.version}, and version 20 comes first`,
  );

const upgradeOf = (state: State, { call }: Call, to: string): Change => {
  const { module, clusters } = state.source;
  const { block, address } = call;
  const version = setVersion(call, to);
  const { refused, ...upgraded } = allOf([
    upgradeCall(call, lastOf20, to),
    upgradeReferences(module, call, lastOf20, to),
  ]);
  const cluster = clusters.find(made => made.block === block);
  const pins = pinsFor(call, lastOf20, to).map(({ name, value }) => `${name} = ${value}`);
  return joined([
    {
      edits: version ? [version] : [],
      changes: [`${address}: version ${to}`],
      findings: version ? [] : [waits(call, 'its version is not written in the call')],
    },
    { ...upgraded, findings: refused.map(problem => refusal(problem, to)) },
    ...(call.source.submodule === undefined ? [upgradeGroups(module, call, to), rootCall(module, call)] : []),
    {
      edits: pins.length === 0 ? [] : [appendToBody(block.in, block.body, pins.join('\n'))],
      changes: pins.map(line => `${address}: ${line}`),
      findings: [...changedCallDefaults(call), ...(cluster ? checkEntries(module, cluster) : [])],
    },
  ]);
};

const refusal = ({ call, kind, name, advice = '', range, file }: Refused, version: string): Diagnostic => {
  const { address } = call;
  if (kind === 'argument') return diagnose('TAE237', { call: address, argument: name, version, advice }, range);
  if (kind === 'whole') return diagnose('TAE453', { call: address, outputs: name }, range);
  const where = file === undefined ? '' : file;
  return diagnose('TAE238', { call: address, output: name, version, advice, file: where }, range);
};
