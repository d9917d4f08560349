import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const call = (label: string, more: string): string => `
module "${label}" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "~> 20.0"
  ${more}
  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/${label}", username = "${label}", groups = ["${label}"] }]
}
`;

const said = async (...calls: string[]): Promise<readonly string[]> => {
  const eks = `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', eks + calls.join('')]]), { runtime: await runtime() });
  return diagnostics
    .filter(({ code }) => ['TAE206', 'TAE210', 'TAE220', 'TAE244'].includes(code))
    .map(({ code, message, hint = '' }) => `${code}: ${message} ${hint}`);
};

const isOff = /^TAE220: module\.off .*switches it off.*do not move its rows/;

// What is off writes nothing: its rows are not in force, and merged into the other call they would let somebody in.
test.each([
  ['count = 0', 'count'],
  ['for_each = {}', 'for_each'],
  ['create = false', 'create'],
  ['manage_aws_auth_configmap = false', 'manage_aws_auth_configmap'],
])('a call that %s switches off is named beside one that writes, before it or behind it', async (off, argument) => {
  for (const calls of [
    [call('on', ''), call('off', off)],
    [call('off', off), call('on', '')],
  ]) {
    const [found, ...others] = await said(...calls);
    expect(others).toEqual([]);
    expect(found).toMatch(isOff);
    expect(found).toContain(`its ${argument} switches it off`);
  }
});

test('of two calls that write the second is to be merged', async () => {
  const [found, ...others] = await said(call('on', ''), call('again', ''));
  expect(others).toEqual([]);
  expect(found).toMatch(/^TAE220: module\.again .*whose rows are in force is not known.*Merge their rows/);
});

// In versions 17 to 19 the call that makes the cluster has rows itself: whoever takes that one away destroys the cluster.
test.each([
  [
    '19.21.0',
    'manage_aws_auth_configmap = false\n  aws_auth_roles = [ROW]',
    'Take manage_aws_auth_configmap, aws_auth_roles out of it',
  ],
  ['19.21.0', 'manage_aws_auth_configmap = true\n  aws_auth_roles = [ROW]', 'into that of the eks module'],
  ['17.24.0', 'map_roles = [ROW]', 'into that of the eks module'],
])('beside the eks call of version %s that call stays', async (version, lines, way) => {
  const row = '{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }';
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"
  cluster_name = "demo"
  ${lines.replace('ROW', row)}
}

module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "~> 20.0"
  aws_auth_roles = [${row.replaceAll('dev', 'ops')}]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const hints = diagnostics.filter(({ code }) => code === 'TAE220').map(({ hint }) => hint);
  expect(hints).toEqual([expect.stringContaining(way)]);
  expect(hints[0]).not.toMatch(/^Remove it/);
});

// One label is one address in the state: what is taken out there is what stays in the source as well.
test('a call that is declared twice is not said to be a second one, which goes out of the state', async () => {
  const resource = `resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = { mapRoles = yamlencode([]) }
}
`;
  const twice = [
    [call('on', ''), call('on', '')],
    [resource, resource],
    [resource, resource.replace('{\n', '{\n  count = 0\n')],
  ];
  for (const [one, other] of twice) {
    const found = await said(one ?? '', other ?? '');
    expect(found).toEqual([expect.stringMatching(/^TAE244: .* is declared a second time/)]);
  }
});

// A resource writes the rows, and the call beside it writes none: moved into that, they would not be in force.
test.each([
  ['19.21.0', 'aws_auth_roles', 'manage_aws_auth_configmap'],
  ['17.24.0', 'map_roles', 'manage_aws_auth'],
])('beside a resource a call of version %s that is off loses its rows', async (version, rows, off) => {
  const resource = `
resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = { mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]) }
}
`;
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"
  cluster_name = "demo"
  ${off} = false
  ${rows} = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]
}
${resource}`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const found = diagnostics.filter(({ code }) => code === 'TAE210');
  expect(found).toEqual([
    expect.objectContaining({
      message: expect.stringContaining(`its ${off} switches it off`),
      hint: expect.stringMatching(/^Take the rows out of module\.eks/),
    }),
  ]);
});
