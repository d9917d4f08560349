import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const pinned = 'ami_type = "AL2_x86_64", enable_monitoring = true, use_latest_ami_release_version = false';

const inTheCall = (metadata: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "demo"
  authentication_mode = "API"

  eks_managed_node_groups = {
    blue = { ${pinned}, metadata_options = ${metadata} }
  }
}
`;

const inACallOfItsOwn = (metadata: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "demo"
  authentication_mode = "API"
}

module "blue" {
  source  = "terraform-aws-modules/eks/aws//modules/eks-managed-node-group"
  version = "20.37.2"

  ${pinned.replaceAll(', ', '\n  ')}
  min_size         = 0
  metadata_options = ${metadata}
}

locals {
  some = { http_tokens = "required" }
}
`;

const whole = '{ http_endpoint = "enabled", http_tokens = "required", http_put_response_hop_limit = 2 }';

/** The type of version 21 fills what is left out of the object; variables.tf of both submodules at v20.37.2 and v21.19.0. */
test.each([
  [whole, []],
  ['{ http_put_response_hop_limit = 2 }', ['http_endpoint', 'http_tokens']],
  ['{}', ['http_endpoint', 'http_put_response_hop_limit', 'http_tokens']],
  ['local.some', ['http_endpoint', 'http_put_response_hop_limit']],
  ['var.options', []],
])('metadata_options = %s', async (metadata, missing) => {
  for (const text of [inTheCall, inACallOfItsOwn]) {
    const options = { to: 'v21', runtime: await runtime() } as const;
    const files = new Map([
      ['main.tf', text(metadata)],
      ['locals.tf', text === inTheCall ? 'locals {\n  some = { http_tokens = "required" }\n}\n' : ''],
    ]);
    const { diagnostics } = await convert(files, options);
    const said = diagnostics.filter(({ code }) => code === 'TAE451').map(({ message }) => message);
    expect(said.flatMap(message => [...message.matchAll(/metadata_options\.(\w+)/g)].map(([, key]) => key))).toEqual(
      missing,
    );
    expect(said).toHaveLength(missing.length === 0 ? 0 : 1);
  }
});

/** With EFA, further interfaces are EFA-only by default in version 21; variables.tf and main.tf of both submodules. */
test.each([
  ['enable_efa_support = true', true],
  ['enable_efa_support = var.efa', true],
  ['enable_efa_support = false', false],
  ['enable_efa_support = true, enable_efa_only = false', false],
])('%s', async (efa, isSaid) => {
  const inMap = inTheCall(whole).replace('blue = { ', `blue = { ${efa}, `);
  const own = inACallOfItsOwn(whole).replace('min_size ', `${efa.replace(', ', '\n  ')}\n  min_size `);
  for (const text of [inMap, own]) {
    const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
    const said = diagnostics.filter(({ code }) => code === 'TAE451').map(({ message }) => message);
    expect(said).toEqual(isSaid ? [expect.stringContaining('Version 20 has: enable_efa_only = false.')] : []);
  }
});

/**
 * EKS calls the type of a group with an image of its own CUSTOM, for which version 21 has no user data; modules/_user_data/main.tf at
 * v20.37.2 and v21.19.0.
 */
test.each([
  ['ami_id = "ami-0123456789abcdef0"', 'that of the system on its image, as "AL2_x86_64" for Amazon Linux 2'],
  ['ami_id = var.ami', 'that of the system on its image, as "AL2_x86_64" for Amazon Linux 2'],
  ['ami_id = ""', 'as aws eks describe-nodegroup prints it'],
  ['ami_id = null', 'as aws eks describe-nodegroup prints it'],
  ['ami_type = null', 'as aws eks describe-nodegroup prints it'],
])('the type of the image of a group with %s', async (image, type) => {
  const inMap = inTheCall(whole).replace('ami_type = "AL2_x86_64"', image);
  const own = inACallOfItsOwn(whole).replace('ami_type = "AL2_x86_64"', image);
  for (const text of [inMap, own]) {
    const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
    const said = diagnostics.filter(({ code }) => code === 'TAE451').map(({ message }) => message);
    expect(said).toEqual([expect.stringContaining(`Version 20 has: ami_type = ${type}.`)]);
  }
});

/** Version 20 gives the launch template of a self-managed group with a call of its own no type, and version 21 m6i.large. */
test.each([
  ['', ['instance_type = ""']],
  ['instance_type = "m6i.large"', []],
  ['instance_requirements = { vcpu_count = { min = 2 } }', []],
])('a self-managed group with a call of its own and: %s', async (more, said) => {
  const text = inACallOfItsOwn(whole)
    .replace('eks-managed-node-group', 'self-managed-node-group')
    .replace('use_latest_ami_release_version = false', more);
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
  const found = diagnostics.filter(({ code }) => code === 'TAE451').map(({ message }) => message);
  expect(found).toEqual(said.map(one => expect.stringContaining(`Version 20 has: ${one}.`)));
});

/** The group is not detached from its load balancer: null leaves the attribute of the provider as it is. */
test.each([
  ['["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/0123456789abcdef"]', true],
  ['null', false],
  ['[]', false],
])('target_group_arns = %s', async (value, isSaid) => {
  const ofSelf = `target_group_arns = ${value}`;
  const inMap = inTheCall(whole)
    .replace('eks_managed_node_groups', 'self_managed_node_groups')
    .replace('use_latest_ami_release_version = false', `min_size = 0, ${ofSelf}`);
  const own = inACallOfItsOwn(whole)
    .replace('eks-managed-node-group', 'self-managed-node-group')
    .replace('use_latest_ami_release_version = false', `instance_type = "m6i.large"\n  ${ofSelf}`);
  for (const [text, code] of [
    [inMap, 'TAE450'],
    [own, 'TAE237'],
  ] as const) {
    const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
    const hints = diagnostics.filter(one => one.code === code).map(({ hint }) => hint);
    expect(hints).toEqual(isSaid ? [expect.stringContaining('Write null in its place')] : []);
  }
});

/** `platform` gave way to `ami_type`, which version 20 has as well; docs/UPGRADE-21.0.md of the module. */
test.each([
  ['ami_type = "BOTTLEROCKET_x86_64", ', 'Remove it: ami_type is written.'],
  // Neither says which system the image has.
  ['ami_type = "CUSTOM", ', 'Write ami_type in its place.'],
  ['ami_type = null, ', 'Write ami_type in its place.'],
  ['', 'Write ami_type in its place.'],
])('platform beside %s', async (beside, hint) => {
  const group = `${beside}platform = "bottlerocket"`;
  const inMap = inTheCall(whole).replace('ami_type = "AL2_x86_64"', group);
  const own = inACallOfItsOwn(whole).replace('ami_type = "AL2_x86_64"', group.replace(', ', '\n  '));
  for (const [text, code] of [
    [inMap, 'TAE450'],
    [own, 'TAE237'],
  ] as const) {
    const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
    expect(diagnostics.filter(one => one.code === code).map(one => one.hint)).toEqual([hint]);
  }
});

/** The smallest size of a group is none of its nodes. */
test('a group whose smallest size alone has another default keeps its nodes', async () => {
  const text = inACallOfItsOwn(whole).replace('min_size         = 0\n  ', '');
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
  const said = diagnostics.filter(({ code }) => code === 'TAE451');
  expect(said).toHaveLength(1);
  expect(said[0]?.message).toContain('min_size = 0');
  expect(said[0]?.message).not.toContain('replaced');
  expect(said[0]?.hint).not.toContain('new nodes');
});

/** Each version reads the name that it knows, so that nothing is lost. */
test('a key beside the one that took its place is none to look at', async () => {
  for (const [beside, codes] of [
    ['', ['TAE450']],
    ['kubernetes_version = "1.33", ', []],
  ] as const) {
    const [, groups = ''] = /eks_managed_node_groups = (.*?\n {2}\})/s.exec(inTheCall(whole)) ?? [];
    const text = inTheCall(whole).replace(groups, 'local.groups');
    const locals = `locals {\n  groups = ${groups.replace('ami_type', `${beside}cluster_version = "1.33", ami_type`)}\n}\n`;
    const files = new Map([
      ['main.tf', text],
      ['locals.tf', locals],
    ]);
    const { diagnostics } = await convert(files, { to: 'v21', runtime: await runtime() });
    expect(diagnostics.filter(({ code }) => code === 'TAE450').map(({ code }) => code)).toEqual(codes);
  }
});

/** Without schedules there is nothing to write beside the module. */
test.each([
  ['create_schedule = false', []],
  ['schedules = {}', []],
  ['schedules = { night = { min_size = 0 } }', ['TAE450']],
  ['placement_group_az = null', []],
  ['placement_group_az = "eu-west-1a"', ['TAE450']],
])('%s is dropped without loss, or named', async (argument, codes) => {
  const text = inTheCall(whole).replace('ami_type', `${argument}, ami_type`);
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { to: 'v21', runtime: await runtime() });
  expect(diagnostics.filter(({ code }) => code === 'TAE450').map(({ code }) => code)).toEqual(codes);
});
