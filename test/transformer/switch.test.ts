import { phaseOf } from '../support/runbook.ts';
import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const eks = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "demo"
}
`;

const call = (flag: string, rows: string): string => `${eks}
module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = ${flag}

  aws_auth_roles = ${rows}
}
`;

const platform = '[{ rolearn = "arn:aws:iam::111122223333:role/platform", username = "platform", groups = ["ops"] }]';

const convertFiles = async (files: ReadonlyMap<string, string>): ReturnType<typeof convert> =>
  convert(files, { runtime: await runtime() });

const said = async (files: ReadonlyMap<string, string>): Promise<readonly string[]> =>
  (await convertFiles(files)).diagnostics
    .filter(({ code }) => code === 'TAE426')
    .map(({ message }) => message.split(' ')[0] ?? '');

/** By phase, at which the source is, what is said of the switch. */
const saidAt = async (text: string): Promise<Record<string, readonly string[]>> => {
  const start = new Map([['main.tf', text]]);
  const { revisions } = await convertFiles(start);
  const after = await Promise.all(
    revisions.map(async ({ phase, files }) => [phase, await said(new Map([...start, ...files]))] as const),
  );
  return { start: await said(start), ...Object.fromEntries(after) };
};

test('the switch is named until aws-auth is gone from the source', async () => {
  expect(await saidAt(call('!var.cold_start', platform))).toEqual({
    start: ['!var.cold_start'],
    'enable-api': ['!var.cold_start'],
    'add-access-entries': ['!var.cold_start'],
    'remove-aws-auth': ['var.cold_start'],
    'api-only': ['var.cold_start'],
    // Of entries alone nobody knows whether there was aws-auth: `check` says what their condition does.
    'clean-up': [],
  });
});

// Terraform takes "true" for true. Source: https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
test.each(['true', '"true"', '("true")'])('%s is no switch', async flag => {
  const files = new Map([['main.tf', call(flag, platform)]]);
  expect(await said(files)).toEqual([]);
  const { revisions } = await convertFiles(files);
  const entries = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf');
  expect(entries).toContain('  access_entries = {\n');
});

test('so it is where lists that only a plan knows have it as their condition', async () => {
  expect(await saidAt(call('var.on', 'var.rows'))).toMatchObject({
    'add-access-entries': ['var.on'],
    'remove-aws-auth': ['var.on'],
    'api-only': ['var.on'],
    'clean-up': [],
  });
});

test.each([
  ['the condition of a row', call('true', `var.on ? ${platform} : []`)],
  [
    'the condition of one row of two',
    call('true', `concat(var.on ? ${platform} : [], ${platform.replaceAll('platform', 'ops')})`),
  ],
  [
    'the condition of the cluster',
    call('var.on', platform)
      .replace('cluster_name =', 'create = var.on\n\n  cluster_name =')
      .replace('manage_aws_auth_configmap = var.on', 'manage_aws_auth_configmap = true'),
  ],
  [
    'what decides only who creates the ConfigMap',
    call('true', platform).replace('  aws_auth_roles', '  create_aws_auth_configmap = var.on\n  aws_auth_roles'),
  ],
])('%s is no switch of aws-auth', async (_what, text) => {
  expect(Object.values(await saidAt(text)).flat()).toEqual([]);
});

test.each([
  ['of a switch', call('!var.cold_start', platform), true],
  ['of a condition of the rows themselves', call('true', `var.on ? ${platform} : []`), false],
])('whether phase 5 of the runbook has a step for it: %s', async (_what, text, isThere) => {
  const clean = phaseOf(await convertFiles(new Map([['main.tf', text]])), 5);
  expect(clean.includes('take it off the entries of module.eks')).toBe(isThere);
});

test('where either of two flags writes aws-auth, both are named', async () => {
  const text = call('var.manage', platform).replace(
    '  aws_auth_roles',
    '  create_aws_auth_configmap = var.fresh\n  aws_auth_roles',
  );
  const { diagnostics } = await convertFiles(new Map([['main.tf', text]]));
  expect(diagnostics.filter(({ code }) => code === 'TAE426').map(({ message }) => message)).toEqual([
    expect.stringContaining('var.fresh || var.manage is the switch of aws-auth'),
  ]);
});
