import { describe, expect, test } from '@jest/globals';
import { hasInput, interfaceOf } from '../../lib/eks/module-interface.ts';
import { pinnedDefaults } from '../../lib/eks/pinned-defaults.ts';
import { renames, findRenames } from '../../lib/eks/renames.ts';

const submodules = [
  '',
  '_user_data',
  'eks-managed-node-group',
  'fargate-profile',
  'karpenter',
  'self-managed-node-group',
];

const tables = renames.flatMap(({ from, to, submodules: written }) =>
  submodules.map(submodule => {
    const own = written.find(table => table.submodule === submodule);
    const none = { inputs: {}, outputs: {}, goneInputs: {}, goneOutputs: {} };
    return { name: `${from} to ${to}, ${submodule || 'root'}`, from, to, submodule, table: own ?? none };
  }),
);

const setOf = (names: ReadonlySet<string> | undefined): ReadonlySet<string> => names ?? new Set();

describe.each(tables)('$name', ({ from, to, submodule, table }) => {
  const kinds = [
    ['inputs', table.inputs, table.goneInputs, interfaceOf(from, submodule)?.input, interfaceOf(to, submodule)?.input],
    [
      'outputs',
      table.outputs,
      table.goneOutputs,
      interfaceOf(from, submodule)?.output,
      interfaceOf(to, submodule)?.output,
    ],
  ] as const;

  test.each(kinds)('%s: every name is one of its release', (_kind, renamed, gone, before, after) => {
    expect([...Object.keys(renamed), ...Object.keys(gone)].filter(name => !setOf(before).has(name))).toEqual([]);
    expect(Object.values(renamed).filter(name => !setOf(after).has(name))).toEqual([]);
  });

  test.each(kinds)('%s: what the new release does not have is in the table', (_kind, renamed, gone, before, after) => {
    const missing = [...setOf(before)].filter(name => !setOf(after).has(name));
    expect(missing.filter(name => !(name in renamed) && !(name in gone))).toEqual([]);
    expect(Object.keys(gone).filter(name => setOf(after).has(name))).toEqual([]);
  });

  test.each(kinds)('%s: a name that changes its meaning is itself renamed', (_kind, renamed, gone, before, _after) => {
    const taken = Object.values(renamed).filter(name => setOf(before).has(name) && !(name in renamed));
    // Of a node group both are the CIDR of services, and version 20 takes the first that is set.
    expect(taken.filter(name => name !== 'cluster_service_cidr')).toEqual([]);
    expect(Object.keys(renamed).filter(name => name in gone)).toEqual([]);
    expect(new Set(Object.values(renamed)).size).toBe(Object.keys(renamed).length);
  });

  test('advice is a sentence', () => {
    for (const { advice } of [...Object.values(table.goneInputs), ...Object.values(table.goneOutputs)])
      expect(advice).toMatch(/^[A-Z].*\.$/);
  });
});

test('every submodule of both releases is looked at', () => {
  for (const { submodules: written } of renames)
    for (const { submodule } of written) expect(submodules).toContain(submodule);
});

// The guide says otherwise, or is easily read so.
test.each([
  [19, 20, 'karpenter', 'irsa_use_name_prefix', 'iam_role_use_name_prefix'],
  [19, 20, 'karpenter', 'irsa_name', 'iam_role_name'],
  [19, 20, 'karpenter', 'iam_role_name', 'node_iam_role_name'],
  [19, 20, 'karpenter', 'iam_role_permissions_boundary', 'node_iam_role_permissions_boundary'],
  [20, 21, undefined, 'cluster_name', 'name'],
  [20, 21, undefined, 'cluster_version', 'kubernetes_version'],
  [20, 21, undefined, 'attach_cluster_encryption_policy', 'attach_encryption_policy'],
  [20, 21, 'modules/eks-managed-node-group', 'cluster_version', 'kubernetes_version'],
])('%s to %s, %s: %s is %s', (from, to, submodule, before, after) => {
  expect(findRenames(from, to, submodule)?.inputs[before]).toBe(after);
});

test('the role that karpenter gives its nodes is not the one of its controller', () => {
  expect(findRenames(19, 20, 'karpenter')?.outputs).toMatchObject({
    role_arn: 'node_iam_role_arn',
    irsa_arn: 'iam_role_arn',
  });
});

test.each([
  [18, 19, undefined],
  [19, 21, undefined],
  [20, 21, 'aws-auth'],
])('%s to %s, %s: nothing is known', (from, to, submodule) => {
  expect(findRenames(from, to, submodule)).toBeUndefined();
});

describe('pinned defaults', () => {
  test.each(pinnedDefaults)('$to $submodule $name', ({ to, submodule, name, value, follows = [] }) => {
    const [before, after] = to === 20 ? ['19.21.0', '20.37.2'] : ['20.37.2', '21.19.0'];
    expect(hasInput(after, submodule, name)).toBe(true);
    for (const own of follows) expect([own, hasInput(before, submodule, own)]).toEqual([own, true]);
    expect(value !== undefined || follows.length > 0).toBe(true);
  });

  // Found by comparing all defaults of both tags, also across renames.
  test('those that move access, or replace or destroy something', () => {
    const literal = pinnedDefaults.map(({ submodule, name, value }) => `${submodule || 'root'} ${name} = ${value}`);
    expect(literal).toEqual(
      expect.arrayContaining([
        'root kms_key_enable_default_policy = false',
        'karpenter enable_irsa = true',
        'karpenter create_instance_profile = true',
        'karpenter iam_role_name = "KarpenterIRSA-${cluster_name}"',
        'karpenter iam_policy_name = "KarpenterIRSA-${cluster_name}"',
        'karpenter create_pod_identity_association = false',
      ]),
    );
  });
});
