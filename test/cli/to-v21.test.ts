import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { phaseOf } from '../support/runbook.ts';
import { runHere } from './support/host.ts';

const eks = (version: string, body = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${version}"

  cluster_name        = "demo"
  authentication_mode = "API"
  enable_efa_support  = false
${body}}
`;

const write = ['convert', '.', '--write', '--phase', 'upgrade-to-v21', '--to', 'v21'];

describe('--to v21', () => {
  test('--write, and again', async () => {
    const directory = directoryWith({ 'main.tf': eks('20.24.3') });
    const first = await runHere(directory, write);
    expect([first.status, first.stderr]).toEqual([0, expect.stringContaining('Written: main.tf.')]);
    const { 'main.tf': text } = contentOf(directory);
    expect(text).toContain('version = "21.19.0"\n\n  name                = "demo"\n  authentication_mode = "API"\n}');
    const second = await runHere(directory, write);
    expect([second.status, second.stderr]).toEqual([0, expect.stringContaining('TAE012')]);
    expect(contentOf(directory)).toEqual({ 'main.tf': text });
  });

  test('a blocker is written nowhere', async () => {
    const files = { 'main.tf': eks('20.24.3', '  eks_managed_node_group_defaults = var.x\n') };
    const directory = directoryWith(files);
    const outcome = await runHere(directory, write);
    expect([outcome.status, outcome.stderr]).toEqual([1, expect.stringContaining('TAE237')]);
    expect(contentOf(directory)).toEqual(files);
  });

  // Terraform language, references: the attribute of an object by `.name` or by `["name"]`, whatever the key of a map before it.
  test.each([
    ['eks_managed_node_groups["blue"].platform', ['TAE238']],
    ['eks_managed_node_groups.blue.platform', ['TAE238']],
    ['eks_managed_node_groups["blue"]["platform"]', ['TAE238']],
    ['eks_managed_node_groups[var.group].platform', ['TAE238']],
    ['eks_managed_node_groups.platform.node_group_arn', []],
    ['eks_managed_node_groups["platform"].node_group_arn', []],
  ])('the output of a group is known in each spelling: %s', async (read, codes) => {
    const output = `output "group" {\n  value = module.eks.${read}\n}\n`;
    const { stderr } = await runHere(directoryWith({ 'main.tf': eks('20.36.0'), 'outputs.tf': output }), write);
    expect([...new Set(stderr.match(/TAE238/g))]).toEqual(codes);
  });

  test('waits for the phases before', async () => {
    const files = { 'main.tf': `${eks('20.24.3').replace('"API"', '"CONFIG_MAP"')}${awsAuth}` };
    const directory = directoryWith(files);
    const outcome = await runHere(directory, write);
    expect([outcome.status, outcome.stderr]).toEqual([1, expect.stringContaining('TAE108')]);
    expect(contentOf(directory)).toEqual(files);
  });

  test('the config states a version, and the call has one', async () => {
    const config = JSON.stringify({ moduleVersion: '20.24.3' });
    const directory = directoryWith({ 'main.tf': eks('20.24.3'), 'tf-access-entries.config.json': config });
    const outcome = await runHere(directory, write);
    expect([outcome.status, contentOf(directory)['main.tf']]).toEqual([0, expect.stringContaining('"21.19.0"')]);
  });

  test('the config states a version, and the call has none that an edit can change', async () => {
    const branch = eks('20.24.3')
      .replace(
        'terraform-aws-modules/eks/aws',
        'git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=main',
      )
      .replace('  version = "20.24.3"\n', '');
    const config = JSON.stringify({ moduleVersion: '20.24.3' });
    const directory = directoryWith({ 'main.tf': branch, 'tf-access-entries.config.json': config });
    const outcome = await runHere(directory, write);
    expect([outcome.status, outcome.stderr]).toEqual([1, expect.stringContaining('TAE240')]);
  });

  // Where one cluster is migrated and another is at version 19, all of the root module waits.
  test('a call that nothing moves to version 20 is found when its turn comes', async () => {
    const old = eks('19.21.0')
      .replace('"eks"', '"old"')
      .replace(/ {2}authentication_mode.*\n/, '');
    const directory = directoryWith({ 'main.tf': `${eks('20.24.3')}${old}` });
    const outcome = await runHere(directory, write);
    expect([outcome.status, outcome.stderr]).toEqual([
      1,
      expect.stringContaining('TAE240: module.old cannot be moved to version 21: it is at 19.21.0'),
    ]);
  });

  test('a call that an override file changes', async () => {
    const karpenter = eks('20.24.3').replace('"eks"', '"karpenter"').replace('eks/aws', 'eks/aws//modules/karpenter');
    const plain = karpenter.replace(/ {2}(authentication_mode|enable_efa_support).*\n/g, '');
    const override = 'module "karpenter" {\n  cluster_name = "other"\n}\n';
    const directory = directoryWith({ 'main.tf': `${eks('20.24.3')}${plain}`, 'x_override.tf': override });
    const outcome = await runHere(directory, write);
    expect([outcome.status, outcome.stderr]).toEqual([1, expect.stringContaining('TAE240: module.karpenter')]);
  });

  test('without it there is no such phase', async () => {
    const directory = directoryWith({ 'main.tf': eks('20.24.3') });
    const { stdout } = await runHere(directory, ['status', '.']);
    expect(stdout).not.toContain('upgrade-to-v21');
    const asked = await runHere(directory, ['status', '.', '--to', 'v21']);
    expect(asked.stdout).toContain('6 upgrade-to-v21      ready');
  });

  test('the runbook', async () => {
    const directory = directoryWith({ 'main.tf': eks('20.24.3') });
    await runHere(directory, ['convert', '.', '--to', 'v21', '--out', 'out']);
    const files = contentOf(directory);
    const section = phaseOf({ runbook: files['out/MIGRATION.md'] ?? '', gates: files['out/gates.sh'] ?? '' }, 6);
    for (const words of [
      'terraform init -upgrade',
      'version-6-upgrade',
      'time_sleep.this[0] replaced',
      'nothing else replaced',
      'state pull',
    ])
      expect(section).toContain(words);
    expect(section).not.toContain('Karpenter');
  });
});

const awsAuth = `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/viewers"
      username = "viewers"
      groups   = ["viewers"]
    },
  ]
}
`;
