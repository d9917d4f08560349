import { clustersHere } from '../../involved.ts';
import type { Phase, State } from '../../phase.ts';
import { callsOf, lastOf20, type Call } from './calls.ts';
import { upgradeRunbook } from './runbook.ts';
import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { appendToBody } from '../../../hcl/index.ts';
import { constraintsAgainst } from '../../../terraform/index.ts';
import { pinsFor, setVersion, upgradeCall } from '../../upgrade/call.ts';
import { joined, type Change, type Refused } from '../../upgrade/change.ts';
import { newestReleaseFor } from '../../upgrade/newest-release.ts';
import { upgradeReferences } from '../../upgrade/references.ts';
import { checkEntries } from './entries.ts';
import { upgradeGroups, changedCallDefaults } from './groups.ts';
import { rootCall } from './root-call.ts';

/**
 * The module to version 21, where that was asked for, once aws-auth is out of the source: version 21 has no submodule for it.
 * Source: docs/UPGRADE-21.0.md of terraform-aws-modules/eks.
 */
export const upgradeToV21 = (start: State): Phase => {
  const first = planUpgrade(start);
  const planAt = (state: State): typeof first => (state === start ? first : planUpgrade(state));
  return {
    id: 'upgrade-to-v21',
    title: 'Move the module to version 21',
    standsAlone: true,
    gates: [state => planAt(state).findings],
    isDone: state => callsOf(state).every(({ at }) => at === 'done'),
    plan: state => {
      const { edits, changes, findings } = planAt(state);
      return {
        edits,
        changes,
        findings: [...findings, ...tooEarly(state)],
        runbook: upgradeRunbook(state),
        isElsewhere: clustersHere(state).length === 0,
      };
    },
  };
};

/** Of a source at version 20. What is at version 19 waits for phase 0, what is at 21 is done. */
const planUpgrade = (state: State): Change => {
  const calls = callsOf(state);
  const open = calls.filter(({ at }) => at === 'open');
  const unknown = { findings: calls.filter(({ at }) => at === 'unknown').map(unknownVersion) };
  if (open.length === 0 || calls.some(({ at }) => at === 'before')) return joined([unknown]);
  const newest = newestReleaseFor(state.source.module, 21);
  if (newest.kind === 'none') {
    const { by, constraint, needs, range } = newest;
    return joined([{ findings: [diagnose('TAE239', { by, constraint, needs }, range)] }, unknown]);
  }
  const heldTls = { findings: open.some(isRoot) ? againstTls(state) : [] };
  return joined([unknown, heldTls, ...open.map(call => upgradeOf(state, call, newest.release.version))]);
};

const isRoot = ({ call: { source } }: Call): boolean => source.submodule === undefined;

/** Version 20 takes tls 3. Source: versions.tf of terraform-aws-modules/eks at v20.37.2, v21.0.0 and v21.19.0; no submodule asks for tls. */
const againstTls = ({ source: { module } }: State): readonly Diagnostic[] => {
  const needs = '>= 4.0';
  return constraintsAgainst(module, 'tls', needs).map(({ text, range }) =>
    diagnose('TAE239', { by: 'tls', constraint: text, needs }, range),
  );
};

/** Calls at version 19, to which the same holds unless phase 0 moves them. */
const tooEarly = (state: State): readonly Diagnostic[] =>
  callsOf(state)
    .filter(({ at }) => at === 'before')
    .map(({ call, version }) =>
      waits(
        call,
        `it is at ${version.kind === 'unknown' ? 'an older version' : version.version}, and version 20 comes first`,
      ),
    );

const waits = (call: Call['call'], reason: string): Diagnostic =>
  diagnose('TAE240', { call: call.address, reason }, call.constraint?.range ?? call.block.headerRange);

const unknownVersion = ({ call, version }: Call): Diagnostic =>
  waits(call, version.kind === 'unknown' ? version.reason : 'its source is a fork');

const upgradeOf = (state: State, called: Call, to: string): Change => {
  const { call } = called;
  const { module, clusters } = state.source;
  const { block, address } = call;
  // Which stands outside of the inputs, which are all that a phase edits there.
  if (block.isUnit)
    return joined([{ findings: [waits(call, 'the version of a unit of Terragrunt is in its terraform.source')] }]);
  const version = setVersion(call, to);
  const upgraded = joined([upgradeCall(call, lastOf20, to), upgradeReferences(module, call, lastOf20, to)]);
  const cluster = clusters.find(made => made.block === block);
  const pins = pinsFor(call, lastOf20, to);
  return joined([
    {
      edits: version ? [version] : [],
      changes: [`${address}: version ${to}`],
      findings: version ? [] : [waits(call, 'its version is not written in the call')],
    },
    { ...upgraded, findings: upgraded.refused.map(problem => refusal(problem, to)) },
    ...(call.source.submodule === undefined ? [upgradeGroups(module, call, to), rootCall(module, called)] : []),
    {
      edits: pins.length === 0 ? [] : [appendToBody(block.in, block.body, pins.join('\n'))],
      changes: pins.map(line => `${address}: ${line}`),
      findings: [...changedCallDefaults(module, call), ...(cluster ? checkEntries(module, cluster) : [])],
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
