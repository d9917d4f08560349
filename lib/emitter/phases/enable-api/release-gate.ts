import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { awsAuthSubmodule, firstUsable, newestRelease, windowsAdmitted } from '../../../eks/index.ts';
import { hasInput } from '../../../eks/module-interface.ts';
import { attribute, attributesOf } from '../../../hcl/index.ts';
import {
  awsAuthArguments,
  inlineForm,
  inlineForm17,
  isCalled,
  isInline,
  isInlineRelease,
  metaArguments,
  staysPut,
  type CalledCluster,
  type Cluster,
  type Mapping,
  type ModuleCall,
} from '../../../parser/index.ts';
import { admits, compareVersions, isBefore, newestOfMajor, parseConstraint } from '../../../terraform/index.ts';
import { clustersHere } from '../../involved.ts';
import type { SourceGate, State } from '../../phase.ts';

/** The release of the eks module decides what a phase does; some releases do something else. */
export const releaseGate: SourceGate = state => [
  ...clustersHere(state)
    .filter(isCalled)
    .filter(cluster => !staysPut(cluster))
    .flatMap(cluster =>
      isSplit(cluster, state.source) ? [] : clusterVersion(cluster, feedsEksAuth(cluster, state.source)),
    ),
  ...state.source.mappings.filter(({ form }) => form.id === 'submodule').flatMap(mappingVersion),
];

/** Phase 0 moves such a call to version 20, and has gates of its own. */
const isSplit = (cluster: Cluster, { pairs }: State['source']): boolean =>
  pairs.some(pair => pair.cluster === cluster && isInline(pair));

/** It takes the rows of nodes from an output of the eks module that ended with version 20, beside a release whose rows are not read too. */
const feedsEksAuth = (cluster: Cluster, { pairs, elsewhere }: State['source']): boolean =>
  pairs.some(pair => pair.cluster === cluster && pair.mapping.form.id === 'eks-auth') ||
  elsewhere.some(({ route }) => route.name === 'eks-auth');

const clusterVersion = ({ call, version: settled }: CalledCluster, feedsNodes: boolean): readonly Diagnostic[] => {
  const at = call.constraint?.range ?? call.block.headerRange;
  if (settled.kind === 'unknown') return [diagnose('TAE201', { call: call.address, reason: settled.reason }, at)];
  const inline = inlineArguments.flatMap(name => attribute(call.block.body, name) ?? []);
  const args = { call: call.address, version: settled.version, constraint: rangeOf(settled) };
  if (isInlineRelease({ version: settled })) {
    const way = feedsNodes ? 'mustStay' : call.block.isUnit ? 'unit' : 'stay';
    return [diagnose('TAE202', { ...args, reason: tooOld(settled), way }, at)];
  }
  if (inline.length > 0 && admitsInline(settled)) {
    const reason = `its constraint "${settled.constraint}" admits releases before and after 20, and it has arguments of those before`;
    return [diagnose('TAE201', { call: call.address, reason }, at)];
  }
  const left = inline.map(({ name, nameRange }) =>
    diagnose('TAE207', { ...args, argument: name, isUnit: call.block.isUnit === true }, nameRange),
  );
  if (compareVersions(settled.version, firstUsable) < 0) {
    const reason = `before ${firstUsable} a change of the mode is ignored, or the cluster may be replaced`;
    return [diagnose('TAE202', { ...args, reason, way: 'newer' }, at), ...left];
  }
  return [...left, ...rangeNotes(call, settled, at)];
};

/** A range that was read as its newest release, and admits one with the aws-auth arguments too. */
const admitsInline = (settled: Cluster['version']): settled is Cluster['version'] & { readonly kind: 'newest' } => {
  const parsed = settled.kind === 'newest' ? parseConstraint(settled.constraint) : undefined;
  return (
    parsed !== undefined &&
    newestRelease(release => compareVersions(release, '20.0.0') < 0 && admits(parsed, release)) !== undefined
  );
};

/** Source: main.tf and CHANGELOG.md of terraform-aws-modules/eks: aws-auth went at 18.0.0 and came back at 18.20.0. */
const tooOld = (settled: Cluster['version']): string => {
  const known = 'access entries are known from version 20 on';
  const none = !isBefore(settled, '18.0.0') && isBefore(settled, '18.20.0');
  return none ? `18.0.0 to 18.19.0 write no aws-auth, so its rows are kept elsewhere, and ${known}` : known;
};

/** Why the newest release that a range admits cannot be installed as it is: it refuses an argument of the call. */
const refusedBy = ({ block }: ModuleCall, release: string): string | undefined => {
  const unknown = attributesOf(block.body).find(
    ({ name }) => !metaArguments.has(name) && hasInput(release, undefined, name) === false,
  );
  return (
    unknown && `${release}, which the constraint admits, does not know ${unknown.name}, and Terraform refuses the call`
  );
};

const rangeNotes = (
  called: ModuleCall,
  settled: Cluster['version'],
  at: Diagnostic['range'],
): readonly Diagnostic[] => {
  const { address: call } = called;
  if (settled.kind === 'exact') {
    const { version: constraint } = settled;
    const version = newestOfMajor(constraint);
    return version === undefined
      ? []
      : [diagnose('TAE216', { call, constraint, version, reading: 'beyond', refused: undefined }, at)];
  }
  if (settled.kind === 'unknown') return [];
  const { constraint, version: newest, isBeyond = false } = settled;
  const parsed = parseConstraint(constraint);
  const fits = (release: string): boolean => parsed !== undefined && admits(parsed, release);
  // What `terraform init -upgrade` takes, whatever the call has.
  const installed = newestRelease(fits) ?? newest;
  const refused = isBeyond ? undefined : refusedBy(called, installed);
  // A release that refuses the call is not the one in use, unless they all do.
  const takes = (release: string): boolean => fits(release) && refusedBy(called, release) === undefined;
  const windows = windowsAdmitted(newestRelease(takes) === undefined ? fits : takes);
  const isOpen = fits(nextMajor(newestRelease(() => true) ?? newest));
  const reading = isBeyond ? 'beyond' : isOpen ? 'open' : 'closed';
  const isOlder = installed !== newest && !isBeyond;
  return [
    diagnose('TAE216', { call, constraint, version: newest, reading, refused, isOlder }, at),
    ...windows.map(({ from, to, effect }) => {
      const window = from === to ? from : `${from} to ${to}`;
      return diagnose('TAE209', { call, constraint, window, effect, isOpen, refused }, at);
    }),
  ];
};

/** The first release of the major version after that of a release. */
const nextMajor = (release: string): string => `${Number(release.split('.', 1)[0]) + 1}.0.0`;

/** The constraint, where it admits several releases and the newest known one was taken. */
const rangeOf = (settled: Cluster['version']): string | undefined =>
  settled.kind === 'newest' ? settled.constraint : undefined;

const mappingVersion = ({ call, version: settled }: Mapping): readonly Diagnostic[] => {
  if (!call) return [];
  const at = call.constraint?.range ?? call.block.headerRange;
  if (settled.kind === 'unknown') return [diagnose('TAE201', { call: call.address, reason: settled.reason }, at)];
  // The config states the release of the cluster's call.
  if (settled.kind === 'exact' && settled.from === 'config') return [];
  const { from, to } = awsAuthSubmodule;
  const isTooOld = compareVersions(settled.version, from) < 0;
  if (!isTooOld && compareVersions(settled.version, to) <= 0) return [];
  const reason = isTooOld
    ? `before version 20 there is no aws-auth submodule, the first one is in ${from}`
    : `version 21 has no aws-auth submodule, the last one is in ${to}`;
  const args = { call: call.address, version: settled.version, constraint: rangeOf(settled) };
  const way = call.source.kind === 'git' ? 'submoduleOfGit' : 'submodule';
  return [diagnose('TAE202', { ...args, reason, way }, at)];
};

/** The aws-auth arguments that versions 17 to 19 had. Labels say nothing about who may come in. */
const inlineArguments = [...awsAuthArguments({ ...inlineForm17, others: [] }), ...awsAuthArguments(inlineForm)];
