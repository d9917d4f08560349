import { hasSubmodule } from '../../../eks/module-interface.ts';
import { stringValue } from '../../../hcl/index.ts';
import { versionOf, type ModuleCall } from '../../../parser/index.ts';
import { admits, isOverride, parseConstraint, parseVersion, type ModuleVersion } from '../../../terraform/index.ts';
import type { State } from '../../phase.ts';

/** A call of the eks module or of one of its submodules, and where it stands. */
export type Call = {
  readonly call: ModuleCall;
  readonly version: ModuleVersion;
  /** `before`: phase 0 comes first. `done`: no release of version 20 can be in use. */
  readonly at: 'unknown' | 'before' | 'open' | 'done';
};

/** The newest release that a call can be at before this phase. */
export const lastOf20 = '20.37.2';

/**
 * All calls that go to version 21, also of clusters that are not migrated: version 20.37.1 and newer does not admit the provider that
 * version 21 demands. The aws-auth submodule stays at version 20, and demands the kubernetes provider alone.
 */
export const callsOf = ({ source }: Pick<State, 'source'>): readonly Call[] =>
  source.calls
    .filter(({ source: { submodule } }) => submodule === undefined || hasSubmodule('21.0.0', submodule) !== false)
    .map(call => {
      // What the config states would go on to hold once another version is written.
      const facts = { installed: source.installed, stated: undefined };
      const version = isOverridden(source, call) ? overridden : versionOf(call, facts);
      return { call, version, at: placeOf(call, version) };
    });

const overridden: ModuleVersion = { kind: 'unknown', reason: 'an override file changes it, which is not edited' };

const isOverridden = ({ module }: State['source'], { label, block }: ModuleCall): boolean =>
  isOverride(block.in.file) ||
  module.blocks.some(({ type, labels, in: { file } }) => type === 'module' && labels[0] === label && isOverride(file));

const placeOf = (call: ModuleCall, version: ModuleVersion): Call['at'] => {
  if (version.kind === 'unknown' || call.fork) return 'unknown';
  const major = parseVersion(version.version)?.numbers[0] ?? 0;
  if (major < 20) return 'before';
  const text = call.constraint && stringValue(call.constraint.value);
  const constraint = text === undefined ? undefined : parseConstraint(text);
  return major === 20 || (constraint && admits(constraint, lastOf20)) ? 'open' : 'done';
};
