import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
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

// The flag and the instances of the call in the module decide alike whether what a root module hands over is in the ConfigMap.
describe.each([
  ['manage_aws_auth_configmap = var.on', 'on'],
  ['count = var.on ? 1 : 0', 'on'],
  ['count = var.off ? 0 : 1', 'off'],
])('a switch of aws-auth in the module: %s', (line, variable) => {
  const isOn = variable === 'on';
  const said = async (...args: readonly string[]): Promise<readonly string[]> => {
    const row = '[{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]';
    const call = (name: string, given: string): string =>
      `module "${name}" {\n  source = "./modules/platform"\n  ${given}\n\n  map_roles = ${row}\n}\n`;
    const directory = directoryWith({
      'modules/platform/main.tf': `${module.replace('manage_aws_auth_configmap = true', line)}
variable "${variable}" {
  type    = bool
  default = ${!isOn}
}
`.replace('= var.entries', '= {}'),
      'main.tf': call('dev', `${variable} = ${!isOn}`) + call('stage', '') + call('prod', `${variable} = ${isOn}`),
    });
    mkdirSync(join(directory, '.git'));
    const { stdout, stderr } = await runHere(directory, args);
    return `${stderr}${stdout}`.match(/TAE426: .*/g) ?? [];
  };
  const condition = isOn ? 'var.on' : '!var.off';
  const is = `TAE426: ${condition} is the switch of aws-auth, and access entries of`;
  const off = 'have it as their condition. It is off in';
  const on = 'have it as their condition: switched off once aws-auth is gone, it deletes them.';

  test('status says of each root module whether it is off there', async () => {
    expect(await said('status', '.')).toEqual([
      `${is} module.dev ${off} module.dev, so that no entry is made there.`,
      `${is} module.stage ${off} module.stage, so that no entry is made there.`,
      `${is} module.prod ${on}`,
    ]);
  });

  test('check says it of all at once', async () => {
    expect(await said('check', 'modules/platform')).toEqual([
      `${is} module.prod ${on}`,
      `${is} module.dev, module.stage ${off} module.dev, module.stage, so that no entry is made there.`,
    ]);
  });
});
