import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

// What may make a second entry for a principal is said of the rows of callers, too: EKS refuses it, and no policy is associated.

const runner = 'arn:aws:iam::111122223333:role/terraform';

const module = `variable "map_roles" {
  type    = any
  default = []
}

variable "entries" {
  type    = any
  default = {}
}

variable "admin" {
  type    = bool
  default = false
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name                             = "demo"
  access_entries                           = var.entries
  enable_cluster_creator_admin_permissions = var.admin
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = var.map_roles
}
`;

const status = async (given: string, ...flags: readonly string[]): Promise<string> => {
  const directory = directoryWith({
    'modules/platform/main.tf': module,
    'main.tf': `module "platform" {
  source = "./modules/platform"
  ${given}

  map_roles = [
    { rolearn = "${runner}", username = "terraform", groups = ["system:masters"] },
  ]
}

variable "more" {
  type = any
}
`,
  });
  mkdirSync(join(directory, '.git'));
  return (await runHere(directory, ['status', '.', ...flags])).stderr;
};

// Source: terraform-aws-modules/eks issue 2933.
test('the flag for the creator beside the row of whoever runs Terraform', async () => {
  expect(await status('admin = true', '--runner', runner)).toContain(`the module makes an entry for ${runner}`);
  expect(await status('admin = true')).toContain('warning TAE223');
  expect(await status('admin = true', '--runner', `${runner}2`)).not.toContain('TAE223');
});

test('entries of a call that are not written out', async () => {
  expect(await status('entries = var.more')).toContain('warning TAE221: entries of module.platform is known in part');
  expect(await status('')).not.toContain('TAE221');
});
