import { describe, expect, test } from '@jest/globals';
import { rows } from '../../lib/eks/module-interface.generated.ts';
import { waitsForEntries } from '../../lib/eks/module-outputs.ts';
import { hasInput, hasOutput, hasSubmodule, interfaceOf } from '../../lib/eks/module-interface.ts';
import { findRelease, moduleReleases } from '../../lib/eks/module-versions.ts';
import { compareVersions } from '../../lib/terraform/version.ts';

// outputs.tf of each tag from v20.8.5 on: four have depends_on, and two are the entries themselves.
test('which outputs wait for the access entries', () => {
  const outputs = moduleReleases
    .filter(({ version }) => compareVersions(version, '20.8.5') >= 0)
    .flatMap(({ version }) => [...(interfaceOf(version, undefined)?.output ?? [])]);
  expect([...new Set(outputs)].filter(waitsForEntries).toSorted()).toEqual([
    'access_entries',
    'access_policy_associations',
    'cluster_arn',
    'cluster_certificate_authority_data',
    'cluster_endpoint',
    'cluster_name',
  ]);
});

describe('inputs', () => {
  // Read in the variables.tf of each tag.
  test.each([
    ['17.24.0', undefined, 'map_roles', true],
    ['17.24.0', undefined, 'aws_auth_roles', false],
    ['18.0.0', undefined, 'map_roles', false],
    ['18.19.0', undefined, 'aws_auth_roles', false],
    ['18.20.0', undefined, 'aws_auth_roles', true],
    ['19.21.0', undefined, 'aws_auth_fargate_profile_pod_execution_role_arns', true],
    ['19.21.0', undefined, 'authentication_mode', false],
    ['20.0.0', undefined, 'authentication_mode', true],
    ['20.0.0', undefined, 'aws_auth_roles', false],
    ['20.37.2', undefined, 'cluster_name', true],
    ['20.37.2', undefined, 'name', false],
    ['21.0.0', undefined, 'cluster_name', false],
    ['21.19.0', undefined, 'name', true],
    // Gone and come again.
    ['18.31.2', 'eks-managed-node-group', 'create_security_group', true],
    ['20.37.2', 'eks-managed-node-group', 'create_security_group', false],
    ['21.0.0', 'eks-managed-node-group', 'create_security_group', true],
    ['19.21.0', 'karpenter', 'irsa_name', true],
    ['20.0.0', 'karpenter', 'irsa_name', false],
    ['20.37.2', 'modules/karpenter', 'create_access_entry', true],
    ['20.37.2', 'aws-auth', 'aws_auth_roles', true],
    ['20.37.2', 'aws-auth', 'aws_auth_node_iam_role_arns_windows', false],
    ['21.19.0', '_user_data', 'ami_type', true],
  ])('%s %s %s: %s', (version, submodule, name, expected) => {
    expect(hasInput(version, submodule, name)).toBe(expected);
  });
});

describe('outputs', () => {
  test.each([
    ['17.24.0', undefined, 'config_map_aws_auth', true],
    ['18.30.3', undefined, 'cluster_name', false],
    ['18.31.0', undefined, 'cluster_name', true],
    ['19.21.0', undefined, 'aws_auth_configmap_yaml', true],
    ['20.0.0', undefined, 'aws_auth_configmap_yaml', false],
    ['20.1.0', undefined, 'access_policy_associations', true],
    ['21.19.0', undefined, 'cluster_name', true],
    ['19.21.0', 'karpenter', 'role_arn', true],
    ['20.0.0', 'karpenter', 'role_arn', false],
    ['20.0.0', 'karpenter', 'node_iam_role_arn', true],
    ['20.37.2', 'aws-auth', 'aws_auth_roles', false],
  ])('%s %s %s: %s', (version, submodule, name, expected) => {
    expect(hasOutput(version, submodule, name)).toBe(expected);
  });
});

test.each([
  ['a release that is not known', '22.0.0', undefined],
  ['a range', '~> 20.0', undefined],
  ['a release without the submodule', '19.21.0', 'hybrid-node-role'],
  ['after the submodule', '21.0.0', 'aws-auth'],
  ['no submodule at all', '20.37.2', 'toString'],
])('%s has no answer', (_title, version, submodule) => {
  expect([hasInput(version, submodule, 'create'), hasOutput(version, submodule, 'create')]).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([
  ['17.0.0', 'fargate', true],
  ['18.0.0', 'fargate', false],
  ['20.30.1', 'hybrid-node-role', false],
  ['20.31.0', 'hybrid-node-role', true],
  ['20.37.2', 'aws-auth', true],
  ['21.0.0', 'aws-auth', false],
  ['22.0.0', 'karpenter', undefined],
])('%s has the submodule %s: %s', (version, submodule, expected) => {
  expect(hasSubmodule(version, submodule)).toBe(expected);
});

test('how many there are', () => {
  // Counted in variables.tf and outputs.tf of the tags.
  expect([interfaceOf('19.21.0', undefined)?.input.size, interfaceOf('19.21.0', undefined)?.output.size]).toEqual([
    92, 33,
  ]);
  expect([interfaceOf('20.37.2', undefined)?.input.size, interfaceOf('20.37.2', undefined)?.output.size]).toEqual([
    104, 40,
  ]);
  expect([interfaceOf('21.19.0', undefined)?.input.size, interfaceOf('21.19.0', 'karpenter')?.input.size]).toEqual([
    103, 47,
  ]);
});

test('every release of the table of releases has the root module, and no row names another', () => {
  for (const { version } of moduleReleases)
    expect([version, interfaceOf(version, undefined)?.input.has('tags')]).toEqual([version, true]);
  for (const [from, to] of Object.values(rows).flat()) {
    expect([findRelease(from)?.version, findRelease(to)?.version]).toEqual([from, to]);
    expect(compareVersions(from, to)).toBeLessThanOrEqual(0);
  }
});
