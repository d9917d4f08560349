import { admits, compareVersions, exactVersion, parseConstraint, parseVersion, type Constraint } from './version.ts';
import { newestRelease } from '../eks/index.ts';
import type { ModuleSource } from './module-source.ts';

/** How the release of a module call was settled. */
export type ModuleVersion =
  | {
      readonly kind: 'exact';
      readonly version: string;
      readonly from: 'config' | 'constraint' | 'ref' | 'modules.json';
    }
  | {
      readonly kind: 'newest';
      readonly version: string;
      readonly constraint: string;
      /** Only releases that are newer than this one fit. */
      readonly isBeyond?: true;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Whether the release is known to be older. */
export const isBefore = (version: ModuleVersion, other: string): boolean =>
  version.kind !== 'unknown' && compareVersions(version.version, other) < 0;

/**
 * The release in use: an exact constraint or a `?ref=` tag, which the phases write, too; else what the config states, else what
 * `terraform init` installed, else the newest release the constraint admits. Of a fork only the config tells it.
 */
export const settleVersion = (input: Input): ModuleVersion => withinKnown(settled(input));

type Input = {
  readonly source: ModuleSource;
  readonly constraint: string | undefined;
  readonly constraintIsExpression: boolean;
  readonly installed: string | undefined;
  readonly stated: string | undefined;
  readonly fork: boolean;
  /** Whether a release has the arguments of the call. One that has not is taken only where no other fits. */
  readonly takes?: (release: string) => boolean;
};

/** What a later major version is like nobody knows here, whatever says that it is in use. */
const withinKnown = (settled: ModuleVersion): ModuleVersion => {
  if (settled.kind === 'unknown') return settled;
  const newest = newestRelease(() => true) ?? '0';
  return Number(settled.version.split('.', 1)[0]) > Number(newest.split('.', 1)[0])
    ? { kind: 'unknown', reason: `${settled.version} is of a major version that is not known here` }
    : settled;
};

const settled = (input: Input): ModuleVersion => {
  const { source, constraint, installed, stated } = input;
  const told = input.fork ? undefined : toldBy(input);
  if (told) return told;
  if (stated !== undefined) return { kind: 'exact', version: stated, from: 'config' };
  if (input.fork) return { kind: 'unknown', reason: 'its source is a fork' };
  if (source.kind === 'git') return fromRef(source.ref);
  if (input.constraintIsExpression) return { kind: 'unknown', reason: 'its version is an expression' };
  if (constraint === undefined) {
    if (installed === undefined) return { kind: 'unknown', reason: 'it has no version argument' };
    return parseVersion(installed)
      ? { kind: 'exact', version: installed, from: 'modules.json' }
      : { kind: 'unknown', reason: `"${installed}" in modules.json is no version` };
  }
  const parsed = parseConstraint(constraint);
  if (!parsed) return { kind: 'unknown', reason: `"${constraint}" is no version constraint` };
  if (installed !== undefined && admits(parsed, installed))
    return { kind: 'exact', version: installed, from: 'modules.json' };
  const { takes = () => true } = input;
  const newest =
    newestRelease(version => admits(parsed, version) && takes(version)) ??
    newestRelease(version => admits(parsed, version));
  if (newest !== undefined) return { kind: 'newest', version: newest, constraint };
  const before = newestBefore(parsed);
  return before === undefined
    ? { kind: 'unknown', reason: `no known release fits "${constraint}"` }
    : { kind: 'newest', version: before, constraint, isBeyond: true };
};

/** The one release that the call itself names. */
const toldBy = ({ source, constraint }: Input): ModuleVersion | undefined => {
  if (source.kind === 'git') {
    const tag = fromRef(source.ref);
    return tag.kind === 'exact' ? tag : undefined;
  }
  const parsed = constraint === undefined ? undefined : parseConstraint(constraint);
  const exact = parsed && exactVersion(parsed);
  return exact === undefined ? undefined : { kind: 'exact', version: exact, from: 'constraint' };
};

/**
 * The newest known release of the major version of which a constraint admits newer ones only: within one the interface stays. What
 * another major version is like nobody knows here.
 */
const newestBefore = (constraint: Constraint): string | undefined =>
  constraint.conditions
    .map(({ operator, version }) => {
      const [major = 0, minor = 0, patch = 0] = version.numbers;
      return `${major}.${minor}.${operator === '>' ? patch + 1 : patch}`;
    })
    .filter(version => admits(constraint, version))
    .map(version => newestOfMajor(version))
    .find(version => version !== undefined);

/** Undefined where the release is no newer than the newest known one. */
export const newestOfMajor = (version: string): string | undefined => {
  const [major] = version.split('.', 1);
  const newest = newestRelease(release => release.startsWith(`${major}.`));
  return newest !== undefined && compareVersions(version, newest) > 0 ? newest : undefined;
};

const fromRef = (ref: string | undefined): ModuleVersion => {
  if (ref === undefined) return { kind: 'unknown', reason: 'its git source has no ref' };
  const tag = /^v?(\d+\.\d+\.\d+)$/.exec(ref);
  if (tag?.[1] === undefined || !parseVersion(tag[1]))
    return { kind: 'unknown', reason: `its git ref ${ref} is no release tag` };
  return { kind: 'exact', version: tag[1], from: 'ref' };
};
