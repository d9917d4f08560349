import { describe, expect, test } from '@jest/globals';
import { filesetMatcher } from '../../lib/terraform/fileset.ts';

// Source: developer.hashicorp.com/terraform/language/functions/fileset
describe('which files a pattern lists', () => {
  test.each([
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'k8s/a.yaml', false],
    ['**/*.yaml', 'a/b/c.yaml', true],
    ['**/k8s/**/*.yaml', 'a/k8s/b/c.yaml', true],
    ['**/k8s/**/*.yaml', 'a/b/c.yaml', false],
    ['k8s/*-*-*.yaml', 'k8s/a-b-c.yaml', true],
    ['k8s/*-*-*.yaml', 'k8s/a-b.yaml', false],
    ['*.{yaml,yml}', 'a.yml', true],
    ['.*', '.a', true],
  ])('%s: %s', (pattern, path, expected) => {
    expect(filesetMatcher(pattern)(path)).toBe(expected);
  });
});

// As a regular expression each of these takes years.
describe('a pattern of many stars ends, and leaves no file out', () => {
  test.each([
    ['*-'.repeat(30), `${'-'.repeat(200)}x`],
    [`${'*a/'.repeat(12)}x`, `${`${'a'.repeat(200)}/`.repeat(12)}y`],
    [`${'*a*a*a/'.repeat(12)}x`, `${`${'a'.repeat(200)}/`.repeat(12)}y`],
    [`${'**/a/'.repeat(12)}x`, `${'a/'.repeat(200)}y`],
  ])('%#', (pattern, path) => {
    expect(filesetMatcher(pattern)(path)).toBe(false);
  });

  test.each([
    ['*-*-*-*-*.yaml', 'a-b-c-d-e.yaml'],
    ['{*a*,*b*}/*.yaml', 'xbx/c.yaml'],
    ['**/a/**/b/**/c/*.yaml', 'x/a/b/y/c/d.yaml'],
    ['**/a*b*c*d/**/**', 'x/aXbXcXd/y/z'],
  ])('%s: %s', (pattern, path) => {
    expect(filesetMatcher(pattern)(path)).toBe(true);
  });
});
