import { expect, test } from '@jest/globals';
import { parseModuleSource, type ModuleSource } from '../../lib/terraform/index.ts';

const registry: ModuleSource = { kind: 'registry', name: 'terraform-aws-modules/eks/aws' };
const git: ModuleSource = { kind: 'git', name: 'terraform-aws-modules/terraform-aws-eks', host: 'github.com' };
const submodule = 'modules/aws-auth';
const ref = 'v20.24.3';

test.each<[string, ModuleSource]>([
  ['terraform-aws-modules/eks/aws', registry],
  ['terraform-aws-modules/eks/aws//modules/aws-auth', { ...registry, submodule }],
  ['terraform-aws-modules/eks/aws//modules/aws-auth/', { ...registry, submodule }],
  ['registry.terraform.io/terraform-aws-modules/eks/aws', { ...registry, host: 'registry.terraform.io' }],
  [
    'registry.opentofu.org/terraform-aws-modules/eks/aws//modules/aws-auth',
    { ...registry, host: 'registry.opentofu.org', submodule },
  ],
  ['git::https://github.com/terraform-aws-modules/terraform-aws-eks.git', git],
  ['git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v20.24.3', { ...git, ref }],
  [
    'git::https://github.com/terraform-aws-modules/terraform-aws-eks.git//modules/aws-auth?ref=v20.24.3',
    { ...git, submodule, ref },
  ],
  ['git::https://github.com/terraform-aws-modules/terraform-aws-eks?ref=v20.24.3&depth=1', { ...git, ref }],
  [
    'git::ssh://git@github.com/terraform-aws-modules/terraform-aws-eks.git//modules/aws-auth?ref=v20.24.3',
    { ...git, submodule, ref },
  ],
  ['git@github.com:terraform-aws-modules/terraform-aws-eks.git?ref=v20.24.3', { ...git, ref }],
  ['git::git@github.com:terraform-aws-modules/terraform-aws-eks.git//modules/aws-auth', { ...git, submodule }],
  ['github.com/terraform-aws-modules/terraform-aws-eks//modules/aws-auth?ref=v20.24.3', { ...git, submodule, ref }],
  ['github.com/terraform-aws-modules/terraform-aws-eks', git],
  [
    'git::https://gitlab.example.com/mirrors/terraform-aws-eks.git',
    { kind: 'git', name: 'mirrors/terraform-aws-eks', host: 'gitlab.example.com' },
  ],
  ['./modules/eks', { kind: 'local', name: './modules/eks' }],
  ['../eks//nested', { kind: 'local', name: '../eks//nested' }],
])('%s', (source, expected) => {
  expect(parseModuleSource(source)).toEqual(expected);
});
