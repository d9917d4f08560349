import { describe, expect, test } from '@jest/globals';
import { newestReleaseFor } from '../../../lib/emitter/upgrade/newest-release.ts';
import { overlap, parseConstraint } from '../../../lib/terraform/index.ts';
import { parseModule } from '../../support/expression.ts';

const terraform = (aws: string, engine = ''): string => `terraform {
  ${engine && `required_version = ${engine}`}
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ${aws}
    }
  }
}
`;

// By the versions.tf of the tags: 21.0.9 wants aws 6.0, 21.9 6.20, 21.19 6.28; 20.37.0 has no ceiling, 20.37.2 ends before 6.
test.each([
  [21, '">= 5.0"', '21.19.0'],
  [21, '"~> 6.0"', '21.19.0'],
  [21, '"~> 6.0, < 6.20"', '21.8.0'],
  [21, '"6.0.0"', '21.0.9'],
  [21, 'var.aws', '21.19.0'],
  [20, '"~> 5.0"', '20.37.2'],
  [20, '"~> 5.95"', '20.37.2'],
  [20, '">= 5.0, < 5.90"', '20.35.0'],
  [20, '"5.40.0"', '20.16.0'],
  [20, '"~> 6.0"', '20.37.0'],
])('version %s with aws %s: %s', async (major, constraint, expected) => {
  const found = newestReleaseFor(await parseModule(terraform(constraint)), major);
  expect(found.kind === 'found' ? found.release.version : found).toBe(expected);
});

test('without a constraint', async () => {
  const found = newestReleaseFor(await parseModule(''), 21);
  expect(found).toMatchObject({ kind: 'found', release: { version: '21.19.0' } });
});

test.each([
  [21, '"~> 5.0"', 'aws', '~> 5.0', '>= 6.0'],
  [20, '"~> 4.0"', 'aws', '~> 4.0', '>= 5.34'],
])('version %s with aws %s: none', async (major, text, by, constraint, needs) => {
  const found = newestReleaseFor(await parseModule(terraform(text)), major);
  expect(found).toMatchObject({ kind: 'none', by, constraint, needs });
});

test.each([
  ['"~> 1.3.0"', { kind: 'none', by: 'engine', constraint: '~> 1.3.0', needs: '>= 1.5.7' }],
  ['">= 1.3"', { kind: 'found' }],
  ['"1.5.7"', { kind: 'found' }],
  ['"< 1.5.7"', { kind: 'none', by: 'engine' }],
])('version 21 with required_version %s', async (engine, expected) => {
  expect(newestReleaseFor(await parseModule(terraform('"~> 6.0"', engine)), 21)).toMatchObject(expected);
});

test('not below the least that is asked for', async () => {
  const module = await parseModule(terraform('"5.34.0"'));
  expect(newestReleaseFor(module, 20)).toMatchObject({ kind: 'found', release: { version: '20.3.0' } });
  expect(newestReleaseFor(module, 20, '20.13.1')).toMatchObject({ kind: 'none', by: 'aws', needs: '>= 5.40' });
});

describe('overlap', () => {
  test.each([
    ['>= 5.0', '< 6.0', true],
    ['>= 6.0', '< 6.0', false],
    ['> 6.0.0', '< 6.0.2', true],
    ['> 6.0.0', '< 6.0.1', false],
    ['~> 5.95', '>= 6.0', false],
    ['~> 5', '>= 6.0', false],
    ['= 5.1.0', '!= 5.1.0', false],
    ['>= 5.0, != 5.0.0', '< 5.1', true],
    ['< 5.0', '> 4.9.9', true],
    ['>= 6.28', '~> 6.2', true],
  ])('%s and %s: %s', (a, b, expected) => {
    const constraints = [a, b].map(text => parseConstraint(text)!);
    expect(overlap(constraints, 'provider')).toBe(expected);
    expect(overlap(constraints.toReversed(), 'provider')).toBe(expected);
  });
});
