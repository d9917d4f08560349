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
