import { describe, expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';
import { phaseOf } from '../support/runbook.ts';

const call = (label: string, body: string, version = '19.21.0'): string => `module "${label}" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name = "${label}"
${body}
}
`;

const on = '  manage_aws_auth_configmap = true';

const bookOf = async (number: number, text: string, emit?: 'resources'): Promise<string> => {
  const options = { runtime: await runtime(), ...(emit ? { emit } : {}) };
  return phaseOf(await convert(new Map([['main.tf', text]]), options), number);
};

const quoted = (address: string): string => `'${address.replaceAll("'", String.raw`'\''`)}'`;

describe('phase 0 names the addresses of this source', () => {
  test.each<[string, string, string, string]>([
    ['one call', call('eks', on), 'module.eks', 'module.eks_aws_auth'],
    ['another label', call('blue', on), 'module.blue', 'module.blue_aws_auth'],
    [
      'a label that is taken',
      `${call('eks', on)}module "eks_aws_auth" {\n  source = "./x"\n}\n`,
      'module.eks',
      'module.eks_aws_auth_2',
    ],
    ['count', call('eks', `  count = var.on ? 1 : 0\n${on}`), 'module.eks[0]', 'module.eks_aws_auth[0]'],
    [
      'for_each',
      call('eks', `  for_each = toset(["it's"])\n${on}`),
      `module.eks["it's"]`,
      `module.eks_aws_auth["it's"]`,
    ],
  ])('%s', async (_what, text, from, to) => {
    const book = await bookOf(0, text);
    for (const type of ['kubernetes_config_map', 'kubernetes_config_map_v1_data']) {
      const [before, after] = [`${from}.${type}.aws_auth[0]`, `${to}.${type}.aws_auth[0]`];
      expect(book).toContain(`\`${before}\`, where it exists: moved to \`${after}\`, and not changed`);
      expect(book).toContain(`terraform state mv ${quoted(after)} ${quoted(before)}`);
    }
  });
});

// terraform-aws-modules/eks, templates/linux_user_data.tpl at 19.21.0 and 20.37.2, and instance_refresh of modules/self-managed-node-group:
// "Rolling" with 66 percent healthy.
test('phase 0 says of which groups the nodes are replaced', async () => {
  const groups = (kind: string): string => `${on}\n  ${kind}_node_groups = {\n    a = {}\n  }`;
  const selfManaged = await bookOf(0, call('eks', groups('self_managed')));
  expect(selfManaged).toMatch(
    /aws_launch_template.*user data, and the image.*by default up to a third of them at a time/,
  );
  expect(selfManaged).not.toContain('enable_bootstrap_user_data');
  const managed = await bookOf(0, call('eks', groups('eks_managed')));
  expect(managed).toMatch(/aws_eks_node_group of managed groups with enable_bootstrap_user_data.*EKS then replaces/);
  // modules/_user_data/main.tf at 19.21.0 and 20.37.2: an ami_type of AL2023 counts, and its user data lack pre_bootstrap_user_data.
  expect(managed).toMatch(/or other user data.*AL2023 pre_bootstrap_user_data goes/);
  expect(managed).not.toContain('self-managed');
  expect(await bookOf(0, call('eks', on))).not.toContain('aws_launch_template');
});

describe('a release that stays has its mode set by hand', () => {
  test.each([
    [1, 'API_AND_CONFIG_MAP'],
    [4, 'API'],
  ])('phase %i', async (number, mode) => {
    const book = await bookOf(number, call('eks', on), 'resources');
    expect(book).toContain(`aws eks update-cluster-config --name eks --access-config authenticationMode=${mode}`);
    expect(book).toContain('No changes: the mode is not in the source.');
    expect(book).not.toContain('access_config.authentication_mode');
  });

  test('one of version 20 beside it has it in the source', async () => {
    const text = call('old', on) + call('new', '  authentication_mode = "CONFIG_MAP"', '20.37.2');
    const aws = `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/x", username = module.new.cluster_name, groups = ["x"] }]
}
`;
    const book = await bookOf(1, text + aws, 'resources');
    expect(book).toContain('access_config.authentication_mode only');
    expect(book).toContain('nothing of module.old');
  });
});
