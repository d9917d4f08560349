import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions } from '../../lib/convert.ts';
import { moduleFiles } from '../../lib/emitter/modules.generated.ts';
import { runtime } from '../support/fixture.ts';
import { phaseOf, printedBy } from '../support/runbook.ts';

/*
 * Which call converts the rows that only a plan knows, and for which cluster. A list that is taken for converted and is not loses
 * everybody in phase 3.
 */

const eks = (label: string, body = ''): string => `module "${label}" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "${label}"
  authentication_mode = "API_AND_CONFIG_MAP"
${body}}
`;

const auth = (label: string, cluster: string, roles = 'var.map_roles', more = ''): string => `module "${label}" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"
${more}
  manage_aws_auth_configmap = true
  aws_auth_roles            = ${roles}

  depends_on = [module.${cluster}]
}
`;

const call = (args: string, source = './aws-auth-entries'): string =>
  `module "aws_auth_entries" {\n  source = "${source}"\n\n${args}\n}\n`;

const reads = '  access_entries      = module.aws_auth_entries.access_entries\n';

const run = async (text: string, options: Omit<ConvertOptions, 'runtime'> = {}) => {
  const result = await convert(new Map([['main.tf', text]]), { ...options, runtime: await runtime() });
  const written = result.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf');
  return { ...result, written, codes: result.diagnostics.map(({ code }) => code) };
};

test('the rows of a call that writes nothing get entries only where the live ConfigMap has them', async () => {
  const off = auth('aws_auth', 'eks').replace('manage_aws_auth_configmap = true', 'manage_aws_auth_configmap = false');
  const { diagnostics } = await run(`${eks('eks')}\n${off}`);
  expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
    ['TAE212', expect.stringContaining('that the live ConfigMap has')],
  ]);
});

test('a list of accounts alone makes no entries, and no change says so', async () => {
  const roles = '[{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]';
  const { report, written } = await run(
    `${eks('eks')}\n${auth('aws_auth', 'eks', roles, '  aws_auth_accounts = var.accounts\n')}`,
  );
  expect(written).not.toContain('resource "aws_eks_access_entry"');
  expect(report.phases.find(({ id }) => id === 'add-access-entries')?.changes).toEqual([
    'module.eks: access_entries.ops (STANDARD)',
    'module.aws_auth_entries: fails the plan unless aws_auth_accounts is empty',
  ]);
});

test('a call that converts the list, and whose entries are those of the cluster, is enough', async () => {
  const { written } = await run(`${eks('eks', reads)}\n${auth('aws_auth', 'eks')}\n${call('  roles = var.map_roles')}`);
  expect(written).toBeUndefined();
});

test('in mode API the lists of such a call have entries, and others grant nothing', async () => {
  const text = `${eks('eks', reads)}\n${auth('aws_auth', 'eks', 'concat(var.map_roles, var.others)')}\n${call('  roles = var.map_roles')}`;
  const { report } = await run(text.replace('"API_AND_CONFIG_MAP"', '"API"'));
  expect(report.lists.map(({ source, disposition }) => [source, disposition])).toEqual([
    ['var.map_roles', 'converted'],
    ['var.others', 'dropped'],
  ]);
});

test('a second call, of the copy that is there, has to be installed too, and what is not created is not counted', async () => {
  const text = `${eks('eks', reads)}\n${auth('aws_auth', 'eks', 'concat(var.map_roles, var.more)')}\n${call('  roles = var.map_roles')}`;
  const copy = Object.entries(moduleFiles);
  const phase = phaseOf(await convert(new Map([['main.tf', text], ...copy]), { runtime: await runtime() }), 2);
  expect(phase).toContain('terraform init');
  expect(phase).toContain('for each principal of `var.more` one aws_eks_access_entry created');
  expect(phase).not.toMatch(/\b0 aws_eks/);
});

describe('not enough', () => {
  test.each([
    ['nobody reads its entries', eks('eks'), call('  roles = var.map_roles')],
    ['another list of a longer name', eks('eks', reads), call('  roles = var.map_roles_extra')],
    ['the list in a comment', eks('eks', reads), call('  users = [] # roles = var.map_roles')],
    ['the list among the users', eks('eks', reads), call('  users = var.map_roles')],
    [
      'a module outside of the root module',
      eks('eks', reads),
      call('  roles = var.map_roles', '../shared/aws-auth-entries'),
    ],
    ['the list under a condition', eks('eks', reads), call('  roles = var.on ? var.map_roles : null')],
    [
      'its entries under a condition',
      eks('eks', '  access_entries      = var.on ? module.aws_auth_entries.access_entries : {}\n'),
      call('  roles = var.map_roles'),
    ],
    [
      'some of its entries',
      eks(
        'eks',
        '  access_entries      = { for k, v in module.aws_auth_entries.access_entries : k => v if v.type != "STANDARD" }\n',
      ),
      call('  roles = var.map_roles'),
    ],
  ])('%s', async (_what, cluster, beside) => {
    const { written } = await run(`${cluster}\n${auth('aws_auth', 'eks')}\n${beside}`);
    expect(written).toMatch(
      /module "aws_auth(_2)?_entries" \{\n {2}source = "\.\/aws-auth-entries"\n\n {2}roles = var\.map_roles\n/,
    );
  });

  test('the call of another cluster', async () => {
    const first = `${eks('eks', reads)}\n${auth('aws_auth', 'eks')}\n${call('  roles = var.map_roles')}`;
    const { written } = await run(`${first}\n${eks('blue')}\n${auth('aws_auth_blue', 'blue')}`);
    expect(written).toContain('module "blue_aws_auth_entries" {');
    expect(written).toContain('access_entries = module.blue_aws_auth_entries.access_entries');
  });
});

// https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3000: outputs wait for the entries.
test.each([
  ['a list', 'module.eks.cluster_endpoint != "" ? var.map_roles : []'],
  [
    'a row',
    'module.eks.cluster_endpoint != "" ? [{ rolearn = "arn:aws:iam::111122223333:role/a", groups = ["a"] }] : []',
  ],
])('%s under a condition that waits for the cluster is no argument of it', async (_what, roles) => {
  const { written } = await run(`${eks('eks')}\n${auth('aws_auth', 'eks', roles)}`);
  expect(written).not.toContain('access_entries = m');
  expect(written).toContain('resource "aws_eks_access_entry"');
});

test('a list of one instance of the call cannot stand beside it', async () => {
  const { codes } = await run(
    `${eks('eks')}\n${auth('aws_auth', 'eks', 'var.lists[count.index]', '  count   = var.on ? 1 : 0\n')}`,
  );
  expect(codes).toContain('TAE212');
});

test('of two clusters each gets the rights back that the plan has for it', async () => {
  const text = ['one', 'two'].map(name => `${eks(name)}\n${auth(`auth_${name}`, name, `var.${name}`)}`).join('\n');
  const result = await run(text);
  const repair = printedBy(result, 2, '--repair');
  expect(repair).toContain('| while read -r cluster arn; do');
  expect(repair).toContain('--cluster-name "$cluster" --principal-arn "$arn"');
  for (const name of ['one', 'two'])
    expect(result.gates).toContain(`aws eks list-access-entries --cluster-name ${name} --output text`);
});

test('the commands that give rights back are piped into a shell of their own, which knows TERRAFORM and no function', async () => {
  const repair = printedBy(await run(`${eks('eks')}\n${auth('aws_auth', 'eks')}`), 2, '--repair');
  const engines = [...repair.matchAll(/(\S+) (?:plan|show) /g)].map(([, engine]) => engine);
  expect(new Set(engines)).toEqual(new Set(['"${TERRAFORM:-terraform}"']));
});

test('phases 3 and 4 are given the ConfigMap that tells these rows', async () => {
  const { runbook } = await run(`${eks('eks')}\n${auth('aws_auth', 'eks')}`);
  for (const phase of ['remove-aws-auth', 'api-only'])
    expect(runbook).toMatch(new RegExp(`--write --phase ${phase} .*--aws-auth aws-auth-backup\\.yaml`));
});

test('a row that is written out and one that is given for the same principal fail the plan', async () => {
  const role = '{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }';
  const text = `${eks('eks')}\n${auth('aws_auth', 'eks', `concat(var.map_roles, [${role}])`)}`;
  const { codes } = await run(text, { variableFiles: new Map([['a.tfvars', `map_roles = [${role}]\n`]]) });
  expect(codes).toContain('TAE247');
});

// A data source of a module whose call has depends_on is read in the apply, once anything that it depends on changes: then the
// principal is not known, and Terraform replaces the entry. Who calls a directory without a provider is not seen.
test.each([
  ['may be called by others', '', {}, true],
  ['has a provider', 'provider "aws" {}\n', {}, false],
  ['gets the path', '', { ssoRegion: 'eu-west-1' }, false],
])('the runbook advises the path of Identity Center where the directory %s', async (_what, more, options, advises) => {
  const { gates } = await run(`${more}${eks('eks')}\n${auth('aws_auth', 'eks')}`, options);
  expect(gates.includes('`sso_path`')).toBe(advises);
});

// TAE334 says so of rows that are written out: the region goes into the path of each role, and EKS refuses another one.
test('a home region that is mistyped goes into no call', async () => {
  const text = `${eks('eks')}\n${auth('aws_auth', 'eks')}`;
  const { revisions, diagnostics } = await run(text, { ssoRegion: 'eu-wset-1' });
  expect(revisions.map(({ files }) => [...files.values()].join()).join()).not.toContain('eu-wset-1');
  expect(diagnostics).toContainEqual(
    expect.objectContaining({ code: 'TAE212', message: expect.stringMatching(/eu-wset-1 is no region.*--sso-region/) }),
  );
  expect((await run(text, { ssoRegion: 'eu-west-1' })).codes).not.toContain('TAE212');
});

// Locals of before there was the module, shortened to what they are known by.
const earlier = `locals {
  aws_auth_rows          = concat(var.map_roles, [])
  aws_auth_rows_in_force = { for row in local.aws_auth_rows : row.rolearn => row }
  aws_auth_entries       = { for arn, row in local.aws_auth_rows_in_force : arn => { principal_arn = arn } }
}
`;

test('the locals of an earlier release convert their list, and no other', async () => {
  const reader = '  access_entries      = local.aws_auth_entries\n';
  const of = (roles: string): string => `${eks('eks', reader)}\n${auth('aws_auth', 'eks', roles)}\n${earlier}`;
  expect((await run(of('var.map_roles'))).written).toBeUndefined();
  expect((await run(of('var.others'))).written).toContain('roles = var.others');
});

describe('a list under a condition', () => {
  const list = 'var.on ? var.map_roles : []';

  test.each(['var.on ? var.map_roles : null', 'var.map_roles'])('is converted where the call has %s', async given => {
    const { written } = await run(
      `${eks('eks', reads)}\n${auth('aws_auth', 'eks', list)}\n${call(`  roles = ${given}`)}`,
    );
    expect(written).toBeUndefined();
  });

  test.each(['var.off ? var.map_roles : null', 'var.on && var.off ? var.map_roles : null'])(
    'is not converted where the call has %s',
    async given => {
      const { written } = await run(
        `${eks('eks', reads)}\n${auth('aws_auth', 'eks', list)}\n${call(`  roles = ${given}`)}`,
      );
      expect(written).toContain('roles = var.on ? var.map_roles : null');
    },
  );

  test('where aws-auth is off, phase 3 is done, and the condition stands in the call alone', async () => {
    const off = auth('aws_auth', 'eks', 'var.map_roles').replace('configmap = true', 'configmap = false');
    const { report } = await run(
      `${eks('eks', reads)}\n${off}\n${call('  roles = var.manage ? var.map_roles : null')}`,
    );
    expect(report.lists.map(({ disposition }) => disposition)).toEqual(['converted']);
    expect(report.phases.find(({ id }) => id === 'add-access-entries')?.status).toBe('done');
  });
});
