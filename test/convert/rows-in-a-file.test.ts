import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const file = '[{ "rolearn": "arn:aws:iam::111122223333:role/ops", "username": "ops", "groups": ["ops"] }]';

const converted = async (roles: string, ofCluster = '') => {
  const text = `locals {
  rows = jsondecode(file("\${path.module}/rows.json"))
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"
  ${ofCluster}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = ${roles}
}
`;
  const files = new Map([
    ['main.tf', text],
    ['rows.json', file],
  ]);
  const result = await convert(files, { runtime: await runtime() });
  const written = result.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  return { ...result, written };
};

const loop = '[for one in local.rows : { rolearn = one.rolearn, username = one.username, groups = one.groups }]';

// docs/how-to/rows-known-at-plan-time.md
test.each(['local.rows', 'jsondecode(file("${path.module}/rows.json"))'])(
  'the list as a file has it goes on to be read from it: %s',
  async list => {
    const { written, report } = await converted(list);
    expect(report.lists).toMatchObject([{ disposition: 'converted', rows: 'unknown until plan' }]);
    expect(written).toContain(`roles = ${list}`);
    expect(written).not.toContain('role/ops');
  },
);

test.each([loop, 'values({ for one in local.rows : one.username => one })'])(
  'rows that the source makes of a file are written out: %s',
  async list => {
    const { written, rows } = await converted(list);
    expect(rows).toMatchObject([{ principal: 'arn:aws:iam::111122223333:role/ops', disposition: 'converted' }]);
    expect(written).toMatch(/principal_arn += "arn:aws:iam::111122223333:role\/ops"/);
  },
);

test('entries by the same loop are those of the rows, and phase 2 is done', async () => {
  const entries =
    '{ for one in local.rows : one.username => { principal_arn = one.rolearn, kubernetes_groups = one.groups } }';
  const { sourcePhase, rows } = await converted(loop, `access_entries = ${entries}`);
  expect(sourcePhase).toBe('add-access-entries');
  expect(rows).toMatchObject([{ key: 'ops', disposition: 'converted', codes: ['TAE408'] }]);
});
