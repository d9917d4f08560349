import type { Range } from '../../diagnostics/index.ts';
import { moduleReleases, type ModuleRelease } from '../../eks/index.ts';
import {
  engineConstraints,
  overlap,
  parseConstraint,
  parseVersion,
  providerConstraints,
  writtenConstraints,
  type RootModule,
  type WrittenConstraint,
} from '../../terraform/index.ts';

/** The newest release that a root module admits, or what stands in the way of all of them. */
export type Newest =
  | { readonly kind: 'found'; readonly release: ModuleRelease }
  | {
      readonly kind: 'none';
      /** `aws`: the provider; `engine`: `required_version`. */
      readonly by: 'aws' | 'engine';
      /** As written, and where. */
      readonly constraint: string;
      readonly range: Range;
      /** The lowest demand that a release of that line has. */
      readonly needs: string;
    };

/**
 * The newest release of a major version whose demands on the aws provider and on Terraform can be met together with those of the
 * root module. A constraint that is no literal is taken to admit any version.
 */
export const newestReleaseFor = (module: RootModule, major: number, least?: string): Newest => {
  const place = least === undefined ? 0 : moduleReleases.findIndex(({ version }) => version === least);
  const line = moduleReleases.slice(place).filter(({ version }) => parseVersion(version)?.numbers[0] === major);
  const aws = writtenConstraints(providerConstraints(module, 'aws'));
  const engine = writtenConstraints(engineConstraints(module));
  const fitsAws = line.filter(release => fits(aws, release.aws, 'provider'));
  const release = fitsAws.findLast(candidate => fits(engine, candidate.terraform, 'module'));
  if (release) return { kind: 'found', release };
  const [by, constraints, needs] =
    fitsAws.length === 0 ? (['aws', aws, line[0]?.aws] as const) : (['engine', engine, fitsAws[0]?.terraform] as const);
  const [first] = constraints;
  if (!first) throw new Error(`no release of ${major}`);
  const constraint = constraints.map(({ text }) => text).join(', ');
  return { kind: 'none', by, constraint, range: first.range, needs: needs ?? '' };
};

const fits = (constraints: readonly WrittenConstraint[], demand: string, dialect: 'provider' | 'module'): boolean => {
  const parsed = parseConstraint(demand);
  return parsed !== undefined && overlap([parsed, ...constraints.map(({ constraint }) => constraint)], dialect);
};
