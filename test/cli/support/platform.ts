import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { directoryWith } from './directory.ts';
import { runHere } from './host.ts';

/** A module around the eks module, called with one row. All is HCL: `handed` is what the call hands over beside it. */
export type Platform = { readonly declared: string; readonly entries: string; readonly handed?: string };

export const platformWith = ({ declared, entries, handed = '' }: Platform): string =>
  directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/platform/main.tf': `variable "map_roles" {
  type    = any
  default = []
}

${declared}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.31.6"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"

  access_entries = ${entries}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.31.6"

  manage_aws_auth_configmap = true

  aws_auth_roles = var.map_roles
}
`,
    'main.tf': `module "platform" {
  source = "./modules/platform"

  map_roles = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["team"] }]
${handed}
}
`,
  });

export type Written = { readonly call: string; readonly module: string; readonly stderr: string };

/** What phase 2 makes of it. */
export const entriesWritten = async (platform: Platform): Promise<Written> => {
  const directory = platformWith(platform);
  const { status, stderr } = await runHere(directory, ['convert', '.', '--write', '--phase', 'add-access-entries']);
  expect(status).toBe(0);
  const [module = '', call = ''] = ['modules/platform/main.tf', 'main.tf'].map(path =>
    readFileSync(join(directory, path), 'utf8'),
  );
  return { call, module, stderr };
};
