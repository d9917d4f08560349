/** `numbers` has three parts at least; `given` is how many the author wrote, which is what `~>` goes by. */
export type Version = { readonly numbers: readonly number[]; readonly given: number; readonly prerelease: string };

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '~>';

export type Condition = { readonly operator: Operator; readonly version: Version };

/** A comma list: every condition must hold. */
export type Constraint = { readonly text: string; readonly conditions: readonly Condition[] };

/**
 * Terraform reads `~> 20` (one number) in two ways: for modules and `required_version` it has no ceiling and admits 21, for
 * providers it ends before 21. Source: https://github.com/hashicorp/terraform/issues/30025
 */
export type Dialect = 'module' | 'provider';

const versionPattern =
  /^v?(\d+(?:\.\d+)*)(?:-([\dA-Za-z~-]+(?:\.[\dA-Za-z~-]+)*)|([A-Za-z~][\dA-Za-z~-]*(?:\.[\dA-Za-z~-]+)*))?(?:\+[\dA-Za-z~.-]+)?$/;

/** A leading `v` and missing parts are allowed, build metadata counts for nothing. Source: https://github.com/hashicorp/go-version */
export const parseVersion = (text: string): Version | undefined => {
  const match = versionPattern.exec(text);
  if (match === null) return undefined;
  const written = (match[1] ?? '').split('.').map(Number);
  if (!written.every(Number.isSafeInteger)) return undefined;
  const padding = Array.from({ length: Math.max(0, 3 - written.length) }, () => 0);
  return { numbers: [...written, ...padding], given: written.length, prerelease: match[2] ?? match[3] ?? '' };
};

export const formatVersion = ({ numbers, prerelease }: Version): string =>
  numbers.join('.') + (prerelease === '' ? '' : `-${prerelease}`);

const compareNumbers = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
};

// Numbers before words, a longer list after its own beginning. Source: https://semver.org/#spec-item-11
const comparePrereleases = (a: string, b: string): number => {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  const [left, right] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === y) continue;
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const [xIsNumber, yIsNumber] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    if (xIsNumber && yIsNumber) return Math.sign(Number(x) - Number(y));
    if (xIsNumber !== yIsNumber) return xIsNumber ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
};

const versionOf = (version: Version | string): Version => {
  const parsed = typeof version === 'string' ? parseVersion(version) : version;
  if (parsed === undefined) throw new TypeError(`not a version: ${JSON.stringify(version)}`);
  return parsed;
};

/** Below 0, 0 or above 0, as for `sort`. Text that is no version is a programming error: parse what comes from outside. */
export const compareVersions = (a: Version | string, b: Version | string): number => {
  const [left, right] = [versionOf(a), versionOf(b)];
  return compareNumbers(left.numbers, right.numbers) || comparePrereleases(left.prerelease, right.prerelease);
};

/** Undefined when Terraform would refuse it. Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints */
export const parseConstraint = (text: string): Constraint | undefined => {
  const conditions: Condition[] = [];
  for (const part of text.split(',')) {
    const match = /^(!=|>=|<=|~>|=|>|<)?\s*([^\s]+)$/.exec(part.trim());
    const version = parseVersion(match?.[2] ?? '');
    if (version === undefined) return undefined;
    conditions.push({ operator: (match?.[1] ?? '=') as Operator, version });
  }
  return { text, conditions };
};

// `~>` lets the last number that was written rise: all before it stay.
const pessimistic = (limit: Version, version: Version, dialect: Dialect): boolean => {
  if (dialect === 'module' && limit.prerelease !== '' && version.prerelease === '') return false;
  const fixed = Math.max(limit.given - 1, dialect === 'provider' ? 1 : 0);
  return (
    compareVersions(version, limit) >= 0 &&
    compareNumbers(version.numbers.slice(0, fixed), limit.numbers.slice(0, fixed)) === 0
  );
};

const holds = ({ operator, version: limit }: Condition, version: Version, dialect: Dialect): boolean => {
  const order = compareVersions(version, limit);
  if (operator === '=') return order === 0;
  if (operator === '!=') return order !== 0;
  // A range has prereleases of its own limit only: "= 1.0.0-rc1, >= 1.0.0-beta" admits one, "= 1.0.0-rc1, >= 0.9" none.
  const comparable = limit.prerelease !== '' && compareNumbers(version.numbers, limit.numbers) === 0;
  if (version.prerelease !== '' && !comparable) return false;
  switch (operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '~>':
      return pessimistic(limit, version, dialect);
  }
};

/**
 * Whether Terraform may choose this version. A prerelease is chosen only where it is named exactly.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export const admits = (constraint: Constraint, version: Version | string, dialect: Dialect = 'module'): boolean => {
  const parsed = typeof version === 'string' ? parseVersion(version) : version;
  if (parsed === undefined || !constraint.conditions.every(condition => holds(condition, parsed, dialect)))
    return false;
  return (
    parsed.prerelease === '' ||
    constraint.conditions.some(
      ({ operator, version: named }) => operator === '=' && compareVersions(named, parsed) === 0,
    )
  );
};

/** The one version that a constraint without a range names, in full and without `v`: "v19.17" gives "19.17.0". */
export const exactVersion = ({ conditions }: Constraint): string | undefined => {
  const [only, ...others] = conditions;
  return only !== undefined && others.length === 0 && only.operator === '=' ? formatVersion(only.version) : undefined;
};
