import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const module = `variable "map_roles" {
  type    = any
  default = []
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true
  aws_auth_roles            = var.map_roles
}
`;
const call = 'module "platform" {\n  source    = "../../modules/eks"\n  map_roles = local.rows\n}\n';
const rows = (name: string): string =>
  `locals {\n  rows = [{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["system:masters"] }]\n}\n`;

/** Two callers, of which each has its own rows, and the call is in a file that both link to. */
const linked = (file: string, to: string, more: Readonly<Record<string, string>> = {}): string => {
  const directory = directoryWith({
    '.git/HEAD': 'ref: x',
    'modules/eks/main.tf': module,
    'envs/b/rows.tf': rows('b'),
    'envs/d/rows.tf': rows('d'),
    ...more,
  });
  for (const env of ['b', 'd']) symlinkSync(to, join(directory, 'envs', env, file));
  return directory;
};

// The entries of one would be those of the other: its cluster would let in who has no row there.
describe('a file that two callers link to', () => {
  test.each([
    ['status', 'envs/b'],
    ['status', 'modules/eks'],
    ['convert', 'envs/b'],
    ['convert', 'modules/eks', '--write', '--phase', 'add-access-entries'],
    ['convert', 'envs/d', '--diff'],
  ])('is not edited for one of them: %s %s', async (...args) => {
    const directory = linked('main.tf', '../../shared/caller.tf', { 'shared/caller.tf': call });
    const { status, stdout, stderr } = await runHere(directory, args);
    expect(status).toBe(3);
    expect(stdout + stderr).toMatch(
      /TAE003: \S*envs\/b\/main\.tf is a symbolic link to \.\.\/\.\.\/shared\/caller\.tf, outside the root module\./,
    );
    expect(readFileSync(join(directory, 'shared/caller.tf'), 'utf8')).toBe(call);
  });

  test('is no matter where no phase edits it', async () => {
    const own = { 'envs/b/main.tf': call, 'envs/d/main.tf': call };
    const directory = linked('versions.tf', '../../shared/versions.tf', {
      ...own,
      'shared/versions.tf': 'terraform {\n  required_version = ">= 1.6"\n}\n',
    });
    const args = ['convert', 'envs/b', '--write', '--phase', 'add-access-entries'];
    expect(await runHere(directory, args)).toMatchObject({ status: 0 });
    expect(readFileSync(join(directory, 'envs/b/main.tf'), 'utf8')).toContain('role/b');
    expect(readFileSync(join(directory, 'envs/d/main.tf'), 'utf8')).not.toContain('role/b');
  });
});
