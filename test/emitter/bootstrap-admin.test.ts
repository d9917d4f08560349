import { describe, expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

/**
 * The provider stores `true` for a cluster without `access_config`, has no default, and replaces the cluster for a change.
 * Source: terraform-provider-aws pull request 38295, issues 35824 and 38967; seen with 5.100.0.
 */
const bootstrap = 'access_config[0].bootstrap_cluster_creator_admin_permissions';

const source = (body: string): string => `resource "aws_eks_cluster" "this" {
  name     = "orders"
  role_arn = "arn:aws:iam::111122223333:role/cluster"
${body}
  vpc_config {
    subnet_ids = ["subnet-a"]
  }
}

resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["x"] }])
  }
}
`;

const phases = async (body: string): Promise<readonly string[]> => {
  const { revisions } = await convert(new Map([['main.tf', source(body)]]), { runtime: await runtime() });
  return revisions.map(({ files }) => files.get('main.tf') ?? '');
};

const enableApi = async (body: string): Promise<string> => (await phases(body))[0] ?? '';

describe('a cluster without access_config', () => {
  test('gets the mode, and the bootstrap of its creator is left alone', async () => {
    expect(await enableApi('')).toContain(`
  access_config {
    authentication_mode = "API_AND_CONFIG_MAP"
  }

  lifecycle {
    ignore_changes = [${bootstrap}]
  }
}
`);
  });

  test('keeps both to the last phase', async () => {
    const last = (await phases('')).at(-1) ?? '';
    expect(last).toContain('authentication_mode = "API"\n');
    expect(last).toContain(`ignore_changes = [${bootstrap}]`);
  });

  test.each([
    ['of something else', 'prevent_destroy = true', `prevent_destroy = true\n\n    ignore_changes = [${bootstrap}]`],
    ['of tags', 'ignore_changes = [tags]', `ignore_changes = [${bootstrap}, tags]`],
    ['of nothing', 'ignore_changes = []', `ignore_changes = [${bootstrap}]`],
    [
      'of several lines',
      'ignore_changes = [\n      # by hand\n      tags, # of others\n    ]',
      `ignore_changes = [\n      ${bootstrap},\n      # by hand\n      tags, # of others\n    ]`,
    ],
    ['of the same', `ignore_changes = [${bootstrap}]`, `  ignore_changes = [${bootstrap}]`],
  ])('has a lifecycle %s', async (_name, before, after) => {
    const text = await enableApi(`\n  lifecycle {\n    ${before}\n  }\n`);
    expect(text).toContain(`  lifecycle {\n    ${after.trim()}\n  }\n`);
    expect(text.match(/\blifecycle \{/g)).toHaveLength(1);
  });
});

describe('a cluster with access_config', () => {
  test.each([
    [
      'with the bootstrap',
      'authentication_mode = "CONFIG_MAP"\n    bootstrap_cluster_creator_admin_permissions = true',
    ],
    ['without it', 'authentication_mode = "CONFIG_MAP"'],
    ['without a mode', 'bootstrap_cluster_creator_admin_permissions = false'],
  ])('%s is as its author wants it', async (_name, content) => {
    const text = await enableApi(`  access_config {\n    ${content}\n  }\n`);
    expect(text).toContain('authentication_mode = "API_AND_CONFIG_MAP"');
    expect(text).not.toContain('ignore_changes');
  });

  test('that is dynamic gets no second one', async () => {
    const text = await enableApi(
      `  dynamic "access_config" {\n    for_each = [1]\n    content {\n      authentication_mode = "CONFIG_MAP"\n    }\n  }\n`,
    );
    expect(text).toContain('      authentication_mode = "API_AND_CONFIG_MAP"\n');
    expect(text.match(/authentication_mode/g)).toHaveLength(1);
  });
});
