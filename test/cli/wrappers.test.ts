import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readModule } from '../../lib/cli/read-module.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const row = '{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }';
const caller = (source: string): string => `module "platform" {\n  source = "${source}"\n  admins = [${row}]\n}\n`;
const wrapper = `variable "admins" {
  type = any
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.admins
}
`;

test('check looks into the local modules that a root module calls', async () => {
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'envs/prod/main.tf': caller('../../modules/platform'),
    'modules/platform/main.tf': wrapper,
  });
  const { status, stdout } = await runHere(directory, ['check', 'envs']);
  expect([status, stdout]).toEqual([1, expect.stringMatching(/^envs\/prod\/main\.tf:3:3: warning TAE775: /m)]);
  // The rows that it hands over are said where they are, and those of the module itself there.
  expect(stdout).toMatch(/^modules\/platform\/main\.tf:12:1: warning TAE701: /m);
});

test('not beyond the repository, nor through a link out of it', async () => {
  const directory = directoryWith({
    'repository/.git/HEAD': 'ref: refs/heads/main\n',
    'repository/prod/main.tf': caller('../../outside') + caller('../link').replace('platform', 'linked'),
    'outside/main.tf': wrapper,
  });
  symlinkSync(join(directory, 'outside'), join(directory, 'repository/link'));
  const { files } = await readModule('.', join(directory, 'repository/prod'));
  expect([...files.keys()]).toEqual(['main.tf']);
});

test('a wrapper below the root module is converted with it', async () => {
  const directory = directoryWith({
    'main.tf': caller('./modules/platform'),
    'modules/platform/main.tf': wrapper,
  });
  const { files } = await readModule('.', directory);
  expect([...files.keys()]).toEqual(['main.tf', 'modules/platform/main.tf']);
  await runHere(directory, ['convert', '.', '--write', '--phase', 'enable-api']);
  const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'add-access-entries']);
  const written = 'Written: modules/platform/main.tf, main.tf.';
  expect([status, stderr]).toEqual([0, expect.stringContaining(written)]);
});

test('a caller alone is told of rows in arguments of any name, where the source alone says aws-auth', async () => {
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'live/auth/main.tf':
      'module "auth" {\n  source = "../../modules/eks-auth"\n  admins = [{ arn = "arn:aws:iam::111122223333:role/dev" }]\n}\n',
    'modules/eks-auth/main.tf': `variable "admins" {
  type = list(object({ arn = string }))
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  force = true

  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = replace(yamlencode([for one in var.admins : { rolearn = one.arn, username = "admin" }]), "x", "")
  }
}
`,
  });
  const { status, stdout } = await runHere(directory, ['check', 'live/auth']);
  expect([status, stdout]).toEqual([1, expect.stringMatching(/^live\/auth\/main\.tf:3:3: warning TAE775: /)]);
  const asked = await runHere(directory, ['status', 'live/auth']);
  expect([asked.status, asked.stderr]).toEqual([3, expect.stringContaining('TAE030')]);
});
