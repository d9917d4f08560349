import { describe, expect, test } from '@jest/globals';
import {
  awsAuthSubmodule,
  findRelease,
  firstUsable,
  moduleReleases,
  newestRelease,
  windows,
  windowsAdmitted,
} from '../../lib/eks/module-versions.ts';
import { admits, compareVersions, parseConstraint } from '../../lib/terraform/version.ts';

const by =
  (text: string) =>
  (version: string): boolean => {
    const constraint = parseConstraint(text);
    return constraint !== undefined && admits(constraint, version);
  };

describe('releases', () => {
  // Read in the versions.tf of each tag, and of the submodules that its root module calls: node_groups of 17.6.0,
  // self-managed-node-group of 19.16.0.
  test.each([
    ['17.6.0', '>= 0.13.1', '>= 3.43.0', '>= 1.11.1', undefined],
    ['17.24.0', '>= 0.13.1', '>= 3.56', '>= 1.11.1', undefined],
    ['18.19.0', '>= 0.13.1', '>= 3.72', undefined, undefined],
    ['18.31.2', '>= 0.13.1', '>= 3.72', '>= 2.10', undefined],
    ['19.12.0', '>= 1.0', '>= 4.47', '>= 2.10', undefined],
    ['19.13.0', '>= 1.0', '>= 4.57', '>= 2.10', undefined],
    ['19.16.0', '>= 1.0', '>= 4.57', '>= 2.10', undefined],
    ['19.21.0', '>= 1.0', '>= 4.57', '>= 2.10', undefined],
    ['20.0.0', '>= 1.3', '>= 5.34', undefined, '>= 2.20'],
    ['20.8.5', '>= 1.3.2', '>= 5.40', undefined, '>= 2.20'],
    ['20.24.3', '>= 1.3.2', '>= 5.61', undefined, '>= 2.20'],
    ['20.33.1', '>= 1.3.2', '>= 5.83', undefined, '>= 2.20'],
    ['20.37.2', '>= 1.3.2', '>= 5.95, < 6.0.0', undefined, '>= 2.20'],
    ['21.0.0', '>= 1.5.7', '>= 6.0', undefined, undefined],
    ['21.19.0', '>= 1.5.7', '>= 6.28', undefined, undefined],
  ])('%s', (version, terraform, aws, kubernetes, awsAuthKubernetes) => {
    expect(findRelease(version)).toEqual({
      version,
      terraform,
      aws,
      ...(kubernetes && { kubernetes }),
      ...(awsAuthKubernetes && { awsAuthKubernetes }),
    });
  });

  test('in order, from 17.0.0', () => {
    const versions = moduleReleases.map(({ version }) => version);
    expect(versions.toSorted(compareVersions)).toEqual(versions);
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions[0]).toBe('17.0.0');
  });

  test('every constraint is one that Terraform reads', () => {
    for (const { version, terraform, aws, kubernetes, awsAuthKubernetes } of moduleReleases) {
      for (const text of [terraform, aws, kubernetes ?? '>= 0', awsAuthKubernetes ?? '>= 0']) {
        expect([version, text, parseConstraint(text) !== undefined]).toEqual([version, text, true]);
      }
    }
  });

  test('version 20, and no other, has the aws-auth submodule', () => {
    const having = moduleReleases.filter(release => release.awsAuthKubernetes !== undefined).map(r => r.version);
    expect(having).toEqual(moduleReleases.map(r => r.version).filter(version => version.startsWith('20.')));
    expect(awsAuthSubmodule).toEqual({ from: having[0], to: having.at(-1) });
  });
});

test.each([
  ['~> 20.0', '20.37.2'],
  ['~> 20.8.0', '20.8.5'],
  ['v19.17.2', '19.17.2'],
  ['>= 14.0, < 18.0', '17.24.0'],
  ['20.99.0', undefined],
])('the newest release of %s is %s', (text, expected) => {
  expect(newestRelease(by(text))).toBe(expected);
});

const admitted = (text: string): string[] => windowsAdmitted(by(text)).map(({ from, to }) => `${from}-${to}`);

describe('windows', () => {
  test('both ends are releases, in order', () => {
    for (const { from, to } of windows) {
      expect(findRelease(from)?.version).toBe(from);
      expect(findRelease(to)?.version).toBe(to);
      expect(compareVersions(from, to)).toBeLessThanOrEqual(0);
    }
  });

  test.each([
    ['20.0.0', ['20.0.0-20.0.0', '20.0.0-20.0.0', '20.0.0-20.0.0']],
    ['20.1.1', ['20.1.1-20.1.1']],
    ['20.11.0', ['20.11.0-20.11.0']],
    ['20.11.1', ['20.11.1-20.11.1']],
    ['20.13.0', ['20.13.0-20.13.0']],
    [firstUsable, []],
    ['20.30.1', []],
    ['20.31.0', ['20.31.0-20.31.0']],
    ['20.33.1', []],
    ['>= 20.0, < 20.2', ['20.0.0-20.1.1', '20.0.0-20.0.0', '20.0.0-20.1.0']],
    // What is said to be admitted is admitted: no release before 20.11.0 is.
    ['~> 20.11', ['20.11.0-20.11.0', '20.11.1-20.13.0', '20.31.0-20.33.0']],
    ['~> 20.13, >= 20.13.1', ['20.31.0-20.33.0']],
    ['~> 20.0, < 20.32', ['20.0.0-20.11.0', '20.11.1-20.13.0', '20.0.0-20.0.0', '20.0.0-20.1.0', '20.31.0-20.31.6']],
    ['21.0.6', ['21.0.6-21.0.6']],
    ['~> 21.0, >= 21.0.7', []],
    ['~> 19.0', []],
  ])('%s', (text, expected) => {
    expect(admitted(text)).toEqual(expected);
  });
});
