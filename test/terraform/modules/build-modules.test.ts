import { expect, test } from '@jest/globals';
import { moduleFiles, select } from './build-modules.ts';
import { compareReleases, eksReleases, inRange, namedReleases } from './releases.ts';
import { readHcl } from './read-hcl.ts';

test('ranges of releases', () => {
  expect(['20.0.9', '20.1.0', '20.9.9', '20.10.0'].map(version => inRange('>=20.1.0 <20.10.0', version))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect([
    inRange('', '20.0.0'),
    inRange('<20.0.0 | >=21.0.0', '21.1.0'),
    inRange('<20.0.0 | >=21.0.0', '20.1.0'),
  ]).toEqual([true, true, false]);
  expect(() => inRange('20', '20.0.0')).toThrow('not a release condition');
});

test('releases are in order and hold those with a name', () => {
  expect(eksReleases.toSorted(compareReleases)).toEqual(eksReleases);
  expect(namedReleases.filter(version => !eksReleases.includes(version))).toEqual([]);
});

test('marks keep lines and blocks', () => {
  const text = 'a = 1 #: <20.1.0\na = 2 #: >=20.1.0\n#: begin >=20.1.0\nb {\n}\n#: end\nc = 3 # plain\n';
  expect(select(text, '20.0.0')).toBe('a = 1\nc = 3 # plain\n');
  expect(select(text, '20.1.0')).toBe('a = 2\nb {\n}\nc = 3 # plain\n');
});

const text = (version: string, path: string) => moduleFiles(version).get(path) ?? '';

test.each([...namedReleases])('%s declares nothing twice and leaves no mark', version => {
  for (const [path, source] of moduleFiles(version)) {
    const names = readHcl(source)
      .blocks.filter(block => block.labels.length > 0)
      .map(block => `${block.type} ${block.labels.join('.')}`);
    expect([path, names.length]).toEqual([path, new Set(names).size]);
    expect([path, source.includes('#:')]).toEqual([path, false]);
  }
  const variables = [...moduleFiles(version)]
    .filter(([path]) => !path.includes('/'))
    .flatMap(([, source]) => readHcl(source).blocks);
  const inputs = variables.filter(block => block.type === 'variable').map(block => block.labels[0]);
  expect(inputs.length).toBe(new Set(inputs).size);
});

const resourcesOf = (version: string): string[] =>
  [...moduleFiles(version)]
    .filter(([path]) => !path.includes('/'))
    .flatMap(([, source]) => readHcl(source).blocks)
    .filter(({ type }) => type === 'resource')
    .map(({ labels }) => labels.join('.'));

/** domain.md D1: what wrote aws-auth from release to release, at which addresses. */
test.each([
  ['17.24.0', ['kubernetes_config_map.aws_auth']],
  ['18.31.2', ['kubernetes_config_map.aws_auth', 'kubernetes_config_map_v1_data.aws_auth']],
  ['19.21.0', ['kubernetes_config_map.aws_auth', 'kubernetes_config_map_v1_data.aws_auth']],
  ['20.0.0', []],
])('the resources of aws-auth in the root of %s', (version, expected) => {
  expect(resourcesOf(version).filter(name => name.endsWith('.aws_auth'))).toEqual(expected);
});

const asking = (version: string): string[] =>
  [...moduleFiles(version)].filter(([, source]) => source.includes('kubernetes =')).map(([path]) => path);

test('only submodules that write to Kubernetes ask for its provider', () => {
  expect(asking('19.21.0')).toEqual(['versions.tf']);
  expect(asking('20.37.2')).toEqual(['modules/aws-auth/versions.tf']);
});

const waits = (version: string) => text(version, 'outputs.tf').includes('depends_on');
const ignored = (version: string) => /ignore_changes = \[(.*?)\]\n/.exec(text(version, 'main.tf'))?.[1];
const refusesPlatform = (version: string): boolean =>
  text(version, 'modules/self-managed-node-group/main.tf').includes('var.platform == null');
const hasTrigger = (version: string): boolean => text(version, 'nodes.tf').includes('cluster_service_cidr');
const managedHasPlatform = (version: string): boolean =>
  text(version, 'aws-auth.tf').includes(
    'module.eks_managed_node_group : { iam_role_arn = group.iam_role_arn, platform = group.platform }',
  );
const perPolicy = (version: string) => text(version, 'access.tf').includes('item.entry if');

/** https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/CHANGELOG.md */
test('the windows of releases', () => {
  expect(['20.13.1', '20.14.0', '20.37.2', '21.0.0'].map(refusesPlatform)).toEqual([false, true, true, false]);
  expect(['19.21.0', '20.5.2', '20.5.3'].map(hasTrigger)).toEqual([false, false, true]);
  expect(['19.15.4', '19.16.0'].map(managedHasPlatform)).toEqual([false, true]);
  expect([waits('20.8.4'), waits('20.8.5')]).toEqual([false, true]);
  expect(['20.11.0', '20.11.1', '20.13.0', '20.13.1'].map(ignored)).toEqual([
    undefined,
    'access_config["bootstrap_cluster_creator_admin_permissions"]',
    'access_config["bootstrap_cluster_creator_admin_permissions"]',
    'access_config[0].bootstrap_cluster_creator_admin_permissions',
  ]);
  expect([perPolicy('20.0.0'), perPolicy('20.0.1')]).toEqual([true, false]);
  expect(['19.21.0', '20.0.0', '21.0.0'].map(version => moduleFiles(version).has('modules/aws-auth/main.tf'))).toEqual([
    false,
    true,
    false,
  ]);
});
