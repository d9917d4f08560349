/** Release numbers and the ranges of them that the sources of the stand-in are marked with. */

type Part = readonly [number, number, number];

function part(version: string): Part {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

export function compareReleases(a: string, b: string): number {
  const [x, y] = [part(a), part(b)];
  return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
}

/** `>=20.1.1 <20.31.0 | >=21.0.0`: alternatives of conditions; an empty range is every release. */
export function inRange(range: string, version: string): boolean {
  return range.split('|').some(alternative => {
    const conditions = alternative.trim().split(/\s+/).filter(Boolean);
    return conditions.every(condition => holds(condition, version));
  });
}

function holds(condition: string, version: string): boolean {
  const match = /^(>=|<)(\d+\.\d+\.\d+)$/.exec(condition);
  if (!match) throw new Error(`not a release condition: ${condition}`);
  const order = compareReleases(version, match[2]!);
  return match[1] === '>=' ? order >= 0 : order < 0;
}

/**
 * Every published release from 20.0.0 to 21.19.0; of those before, which a migration starts from, the last one of each
 * major and what the versions in the fixtures resolve to. The tags of https://github.com/terraform-aws-modules/terraform-aws-eks
 */
export const eksReleases: readonly string[] = [
  '17.24.0',
  '18.31.2',
  '19.10.0',
  '19.15.3',
  '19.15.4',
  '19.17.2',
  '19.21.0',
  '20.0.0',
  '20.0.1',
  '20.1.0',
  '20.1.1',
  '20.2.0',
  '20.2.1',
  '20.2.2',
  '20.3.0',
  '20.4.0',
  '20.5.0',
  '20.5.1',
  '20.5.2',
  '20.5.3',
  '20.6.0',
  '20.7.0',
  '20.8.0',
  '20.8.1',
  '20.8.2',
  '20.8.3',
  '20.8.4',
  '20.8.5',
  '20.9.0',
  '20.10.0',
  '20.11.0',
  '20.11.1',
  '20.12.0',
  '20.13.0',
  '20.13.1',
  '20.14.0',
  '20.15.0',
  '20.16.0',
  '20.17.0',
  '20.17.1',
  '20.17.2',
  '20.18.0',
  '20.19.0',
  '20.20.0',
  '20.21.0',
  '20.22.0',
  '20.22.1',
  '20.23.0',
  '20.24.0',
  '20.24.1',
  '20.24.2',
  '20.24.3',
  '20.25.0',
  '20.26.0',
  '20.26.1',
  '20.27.0',
  '20.28.0',
  '20.29.0',
  '20.30.0',
  '20.30.1',
  '20.31.0',
  '20.31.1',
  '20.31.2',
  '20.31.3',
  '20.31.4',
  '20.31.5',
  '20.31.6',
  '20.32.0',
  '20.33.0',
  '20.33.1',
  '20.34.0',
  '20.35.0',
  '20.36.0',
  '20.36.1',
  '20.37.0',
  '20.37.1',
  '20.37.2',
  '21.0.0',
  '21.0.1',
  '21.0.2',
  '21.0.3',
  '21.0.4',
  '21.0.5',
  '21.0.6',
  '21.0.7',
  '21.0.8',
  '21.0.9',
  '21.1.0',
  '21.1.1',
  '21.1.2',
  '21.1.3',
  '21.1.4',
  '21.1.5',
  '21.2.0',
  '21.3.0',
  '21.3.1',
  '21.3.2',
  '21.4.0',
  '21.5.0',
  '21.6.0',
  '21.6.1',
  '21.7.0',
  '21.8.0',
  '21.9.0',
  '21.10.0',
  '21.10.1',
  '21.11.0',
  '21.12.0',
  '21.13.0',
  '21.14.0',
  '21.15.0',
  '21.15.1',
  '21.16.0',
  '21.16.1',
  '21.17.0',
  '21.17.1',
  '21.18.0',
  '21.19.0',
];

/** The releases that the suite names; the others are there so that ranges resolve as they do for real. */
export const namedReleases: readonly string[] = [
  '17.24.0',
  '18.31.2',
  '19.21.0',
  '20.0.0',
  '20.8.5',
  '20.24.3',
  '20.37.2',
  '21.19.0',
];
