import { describe, expect, test } from '@jest/globals';
import {
  admits,
  compareVersions,
  exactVersion,
  formatVersion,
  parseConstraint,
  parseVersion,
  type Dialect,
} from '../../lib/terraform/version.ts';

const holds = (constraint: string, version: string, dialect?: Dialect): boolean | undefined => {
  const parsed = parseConstraint(constraint);
  return parsed && admits(parsed, version, dialect);
};

describe('parseVersion', () => {
  test.each([
    ['1.2.3', '1.2.3'],
    ['v19.17.2', '19.17.2'],
    ['20.8', '20.8.0'],
    ['20', '20.0.0'],
    ['1.2.3.4', '1.2.3.4'],
    ['01.02.003', '1.2.3'],
    ['1.2.0-beta1', '1.2.0-beta1'],
    ['1.2.0-1.alpha', '1.2.0-1.alpha'],
    ['1.2.0beta1', '1.2.0-beta1'],
    ['1.2.0-rc1+build.7', '1.2.0-rc1'],
    ['1.2.0+build', '1.2.0'],
  ])('%s', (text, full) => {
    const version = parseVersion(text);
    expect(version && formatVersion(version)).toBe(full);
  });

  test.each([
    '',
    ' ',
    'latest',
    '1.x',
    '1.2.*',
    '1..2',
    '.1',
    '1.',
    'vv1.0',
    '1.0 ',
    '-1',
    '99999999999999999999',
    '1.0\n',
  ])('%j is none', text => {
    expect(parseVersion(text)).toBeUndefined();
  });
});

describe('compareVersions', () => {
  test('orders by number, prereleases before their release', () => {
    const ordered = ['1.0.0-1', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-rc.2', '1.0.0-rc.10', '1.0'];
    ordered.push('1.0.9', '1.0.10', '1.9.0', '1.10.0', '2.0.0.1', '10.0.0');
    expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
  });

  test('missing parts are zero, v and metadata count for nothing', () => {
    expect(compareVersions('1', 'v1.0.0.0')).toBe(0);
    expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
  });

  test('text that is no version throws', () => {
    expect(() => compareVersions('1.0.0', 'main')).toThrow(TypeError);
  });
});

describe('parseConstraint', () => {
  test.each([
    '1.2.0',
    '=1.2.0',
    '= 1.2.0',
    '  >=1.2 ,<2.0  ',
    '~>20.0',
    '!= 1.0, > 0.9',
    'v19.17.2',
    '>= v1.0',
    '>= 14.0, < 18.0',
  ])('%s', text => {
    expect(parseConstraint(text)?.text).toBe(text);
  });

  test.each([
    '',
    ' ',
    ',',
    '>= 1.0,',
    ',1.0',
    '> = 1.0',
    '=> 1.0',
    '== 1.0',
    '^1.0',
    '~1.0',
    '>= 1.0 < 2.0',
    '1.0 || 2.0',
    '>= 1.x',
    '>=',
  ])('%j is refused', text => {
    expect(parseConstraint(text)).toBeUndefined();
  });
});

// https://developer.hashicorp.com/terraform/language/expressions/version-constraints
describe('the examples of the documentation', () => {
  test.each([
    ['~> 1.0.4', '1.0.5', true],
    ['~> 1.0.4', '1.0.10', true],
    ['~> 1.0.4', '1.1.0', false],
    ['~> 1.1', '1.2', true],
    ['~> 1.1', '1.10', true],
    ['~> 1.1', '2.0', false],
    ['>= 1.2.0, < 2.0.0', '1.2.0', true],
    ['>= 1.2.0, < 2.0.0', '1.99.0', true],
    ['>= 1.2.0, < 2.0.0', '2.0.0', false],
  ])('%s, %s: %s', (constraint, version, expected) => {
    expect(holds(constraint, version)).toBe(expected);
    expect(holds(constraint, version, 'provider')).toBe(expected);
  });
});

describe('admits', () => {
  test.each([
    ['1.2', '1.2.0', true],
    ['= 1.2', '1.2.1', false],
    ['!= 20.0.0, ~> 20.0', '20.0.0', false],
    ['!= 20.0.0, ~> 20.0', '20.37.2', true],
    ['> 1.0', '1.0.0', false],
    ['> 1.0', '1.0.1', true],
    ['<= 1.0', '1.0.0', true],
    ['< 1.0', '1.0.0', false],
    ['~> 20.0', '19.21.0', false],
    ['~> 20.0', '21.0.0', false],
    ['~> 20.8.5', '20.8.4', false],
    ['~> 20.8.5', '20.9.0', false],
    ['~> 1.0.9.5', '1.0.9.6', true],
    ['~> 1.0.9.5', '1.0.10', false],
    ['< 1.0, > 2.0', '1.5.0', false],
  ])('%s, %s: %s', (constraint, version, expected) => {
    expect(holds(constraint, version)).toBe(expected);
  });

  // https://github.com/hashicorp/terraform/issues/30025
  test('~> with one number has a ceiling for providers only', () => {
    expect(holds('~> 20', '20.37.2')).toBe(true);
    expect(holds('~> 20', '21.19.0')).toBe(true);
    expect(holds('~> 20', '19.21.0')).toBe(false);
    expect(holds('~> 5', '5.95.0', 'provider')).toBe(true);
    expect(holds('~> 5', '6.0.0', 'provider')).toBe(false);
  });

  test.each([
    ['>= 1.0.0', '1.1.0-beta1', false],
    ['>= 1.1.0-beta1', '1.1.0-beta2', false],
    ['>= 1.1.0-beta1', '1.1.0', true],
    ['~> 1.1.0-beta1', '1.1.0-beta1', false],
    ['!= 1.0.0', '1.1.0-beta1', false],
    ['1.1.0-beta1', '1.1.0-beta1', true],
    ['= 1.1.0-beta1', '1.1.0-beta2', false],
    ['= 1.1.0-beta1', '1.1.0', false],
  ])('a prerelease only when named: %s, %s: %s', (constraint, version, expected) => {
    expect(holds(constraint, version)).toBe(expected);
  });

  test('text that is no version is never admitted', () => {
    expect(holds('>= 0', 'main')).toBe(false);
  });
});

describe('exactVersion', () => {
  test.each([
    ['19.17.2', '19.17.2'],
    ['v19.17.2', '19.17.2'],
    ['= 20.8', '20.8.0'],
    ['=1.0.0-rc1', '1.0.0-rc1'],
    ['~> 20.8.0', undefined],
    ['>= 20.8.0', undefined],
    ['!= 20.8.0', undefined],
    ['20.8.0, >= 20.0', undefined],
  ])('%s: %s', (text, expected) => {
    const constraint = parseConstraint(text);
    expect(constraint).toBeDefined();
    expect(constraint && exactVersion(constraint)).toBe(expected);
  });
});
