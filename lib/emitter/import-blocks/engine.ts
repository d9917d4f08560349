import { stringValue } from '../../hcl/index.ts';
import { admits, engineConstraints, parseConstraint, type Constraint, type RootModule } from '../../terraform/index.ts';

/** Which versions may plan a module. */
export type Engine = {
  /** `required_version`, as written; undefined without one. */
  readonly constraint?: string;
  /** The same as a clause. */
  readonly says: string;
  readonly onlyTofu: boolean;
  readonly admitsBefore: (version: '1.5' | '1.7') => boolean;
  readonly admitsFrom: (version: '1.5') => boolean;
  readonly admitsFaulty: boolean;
};

/** Only the first import block of a resource is used. Source: github.com/hashicorp/terraform issue 39068, mended in 1.16.1. */
const faulty = '1.16.0';

/**
 * `places` are the files that what is imported stands in. Terraform does not see a `.tofu` file, so one that has no `.tf` beside
 * it is for OpenTofu alone. Source: opentofu.org/docs/language/files.
 */
export const engineOf = (module: RootModule, files: ReadonlySet<string>, places: readonly string[]): Engine => {
  // Of two files with one name only one is read here, and the engines read one each.
  const twins = [...files].some(path => path.endsWith('.tofu') && files.has(path.replace(/\.tofu$/, '.tf')));
  const texts = twins ? [] : engineConstraints(module).map(constraint => stringValue(constraint) ?? '');
  const constraints = texts.map(parseConstraint).filter(constraint => constraint !== undefined);
  const admitted = (versions: readonly string[]): boolean => versions.some(version => all(constraints, version));
  const constraint = texts.length === 0 ? undefined : texts.join(', ');
  return {
    ...(constraint === undefined ? {} : { constraint }),
    says: twins
      ? '.tf and .tofu files of one name may say different things about required_version'
      : constraint === undefined
        ? 'the module has no required_version'
        : `required_version is "${constraint}"`,
    onlyTofu: places.some(path => path.endsWith('.tofu') && !files.has(path.replace(/\.tofu$/, '.tf'))),
    admitsBefore: version => admitted(releases.filter(release => isBefore(release, version))),
    admitsFrom: version => admitted(releases.filter(release => !isBefore(release, version))),
    admitsFaulty: all(constraints, faulty),
  };
};

const all = (constraints: readonly Constraint[], version: string): boolean =>
  constraints.every(constraint => admits(constraint, version));

const minors = (major: number, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).flatMap(minor =>
    Array.from({ length: 40 }, (_own, patch) => `${major}.${minor}.${patch}`),
  );

/** More than there are: a constraint may name any of them. */
const releases: readonly string[] = [...minors(0, 11, 15), ...minors(1, 0, 40), ...minors(2, 0, 3)];

const isBefore = (release: string, version: string): boolean => {
  const [a = [], b = []] = [release, version].map(text => text.split('.').map(Number));
  return (a[0] ?? 0) < (b[0] ?? 0) || (a[0] === b[0] && (a[1] ?? 0) < (b[1] ?? 0));
};
