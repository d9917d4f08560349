import { attribute, attributesOf, blocks, stringValue, type Attribute, type Expression } from '../hcl/index.ts';
import { blocksOf, type RootModule } from './root-module.ts';
import { admits, formatVersion, parseConstraint, type Constraint, type Dialect } from './version.ts';

/** The version constraints of a provider in `required_providers`, in any file, as written. All of them hold. */
export const providerConstraints = (module: RootModule, name: string): readonly Expression[] =>
  blocksOf(module, 'terraform').flatMap(({ body }) =>
    blocks(body, 'required_providers').flatMap(required =>
      attributesOf(required.body)
        .filter(({ name: provider }) => provider === name)
        .flatMap(versionsIn),
    ),
  );

const versionsIn = ({ value }: Attribute): readonly Expression[] => {
  if (value.kind === 'object') return value.items.filter(({ name }) => name === 'version').map(item => item.value);
  return [value];
};

/** Every `required_version`. */
export const engineConstraints = (module: RootModule): readonly Expression[] =>
  blocksOf(module, 'terraform').flatMap(({ body }) => attribute(body, 'required_version')?.value ?? []);

/**
 * Whether one version can meet all constraints. Each begins, ends or leaves a gap at a version that one of them names, so that those
 * and their neighbours are enough to look at. Whether such a version was released is not known here.
 */
export const overlap = (constraints: readonly Constraint[], dialect: Dialect): boolean => {
  const named = constraints.flatMap(({ conditions }) => conditions.map(({ version }) => version));
  const candidates = named.flatMap(({ numbers: [major = 0, minor = 0, patch = 0], prerelease }) => [
    formatVersion({ numbers: [major, minor, patch], given: 3, prerelease }),
    ...[
      [major, minor, patch],
      [major, minor, patch + 1],
      [major, minor + 1, 0],
      [major + 1, 0, 0],
    ].map(numbers => numbers.join('.')),
    ...(patch > 0 ? [`${major}.${minor}.${patch - 1}`] : []),
    ...(minor > 0 ? [`${major}.${minor - 1}.999`, `${major}.${minor - 1}.0`] : []),
    ...(major > 0 ? [`${major - 1}.999.999`] : []),
  ]);
  return candidates.some(version => constraints.every(constraint => admits(constraint, version, dialect)));
};

/** A constraint as written, and where. */
export type WrittenConstraint = {
  readonly text: string;
  readonly constraint: Constraint;
  readonly range: Expression['range'];
};

/** Those that are literals which Terraform takes. */
export const writtenConstraints = (expressions: readonly Expression[]): readonly WrittenConstraint[] =>
  expressions.flatMap(expression => {
    const text = stringValue(expression);
    const constraint = text === undefined ? undefined : parseConstraint(text);
    return text === undefined || !constraint ? [] : [{ text, constraint, range: expression.range }];
  });

/** The constraints of a provider with which a demand cannot be met. */
export const constraintsAgainst = (module: RootModule, name: string, demand: string): readonly WrittenConstraint[] => {
  const wanted = parseConstraint(demand);
  if (!wanted) return [];
  return writtenConstraints(providerConstraints(module, name)).filter(
    ({ constraint }) => !overlap([wanted, constraint], 'provider'),
  );
};
