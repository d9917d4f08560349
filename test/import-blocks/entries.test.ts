import { describe, expect, test } from '@jest/globals';
import { formatted } from '../hcl/support/format.ts';
import { admin, blocksOf, cluster, codesOf, live, policy, role, run, state } from './support/inputs.ts';

const entry = 'module.eks.aws_eks_access_entry.this';
const association = 'module.eks.aws_eks_access_policy_association.this';
const ops = role('ops');
const opsLive = live({ arn: ops, policies: ['ClusterAdmin'] });
const opsBlocks = (key = 'ops'): string[] => [
  `${entry}["${key}"] <- demo:${ops}`,
  `${association}["${key}_admin"] <- demo#${ops}#${policy('ClusterAdmin')}`,
];
const stateless = state({});

const dev = (principal: string): string => cluster(`{ dev = { principal_arn = ${principal} } }`);

const resources = (name: string, more = '', index = ''): string => `resource "aws_eks_access_entry" "ops" {
${more}  cluster_name  = ${name}
  principal_arn = "${ops}"
}

resource "aws_eks_access_policy_association" "ops_admin" {
${more}  cluster_name  = ${name}
  principal_arn = aws_eks_access_entry.ops${index}.principal_arn
  policy_arn    = "${policy('ClusterAdmin')}"

  access_scope {
    type = "cluster"
  }
}
`;
const expected = (index = ''): string[] => [
  `aws_eks_access_entry.ops${index} <- demo:${ops}`,
  `aws_eks_access_policy_association.ops_admin${index} <- demo#${ops}#${policy('ClusterAdmin')}`,
];

const importOf = (key: string, arn: string): string => `import {\n  to = ${entry}["${key}"]\n  id = "demo:${arn}"\n}\n`;

const awsAuth = (principal: string, groups = '["system:masters"]'): string => `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = [
    {
      rolearn  = ${principal}
      username = "ops"
      groups   = ${groups}
    },
  ]
}
`;

describe('entries of access_entries', () => {
  test.each([
    ['a literal map', `{ ops = ${admin(ops)} }`],
    ['a quoted key', `{ "ops" = ${admin(ops)} }`],
    ['a computed key', `{ ("\${"o"}ps") = ${admin(ops)} }`],
    ['merge, whose last map counts', `merge({ ops = ${admin(role('old'))} }, { ops = ${admin(ops)} })`],
    ['a for over something written out', `{ for key in ["ops"] : key => ${admin(ops)} }`],
    ['a condition that holds', `1 == 1 ? { ops = ${admin(ops)} } : {}`],
    ['merge with something unknown', `merge(var.more, { ops = ${admin(ops)} })`],
  ])('%s', async (_name, entries) => {
    const result = await run(cluster(entries), `${opsLive}\n${stateless}`);
    expect(blocksOf(result)).toEqual(opsBlocks());
    expect(codesOf(result)).toEqual([]);
  });

  test('in a local of another file', async () => {
    const files = { 'main.tf': cluster('local.entries'), 'a.tf': `locals {\n  entries = { ops = ${admin(ops)} }\n}\n` };
    expect(blocksOf(await run(files, opsLive))).toEqual(opsBlocks());
  });

  test('of a condition that does not hold are not there', async () => {
    const result = await run(cluster(`false ? { ops = ${admin(ops)} } : {}`), opsLive);
    expect([blocksOf(result), codesOf(result)]).toEqual([[], ['TAE431']]);
  });

  test('in a call under a condition are said to be under it', async () => {
    const call = cluster(`{ ops = ${admin(ops)} }`, { more: '  count = var.create ? 1 : 0\n' });
    expect(codesOf(await run(call, `${opsLive}\n${stateless}`))).toEqual(['TAE436']);
    const instances = cluster(`{ ops = ${admin(ops)} }`, { more: '  count = 1\n' });
    expect(codesOf(await run(instances, `${opsLive}\n${stateless}`))).toEqual([]);
  });

  test('under a condition that a plan settles are said to be', async () => {
    const result = await run(cluster(`var.is_prod ? { ops = ${admin(ops)} } : {}`), `${opsLive}\n${stateless}`);
    expect([blocksOf(result), codesOf(result)]).toEqual([opsBlocks(), ['TAE436']]);
  });

  test('that are not live are left to be created', async () => {
    const entries = `{ ops = ${admin(ops)}, dev = ${admin(role('dev'))} }`;
    expect(blocksOf(await run(cluster(entries), opsLive))).toEqual(opsBlocks());
  });

  test('whose associations are not live, or not known, are imported alone', async () => {
    for (const snapshot of [live({ arn: ops, policies: ['View'] }), live({ arn: ops })]) {
      expect(blocksOf(await run(cluster(`{ ops = ${admin(ops)} }`), snapshot))).toEqual(opsBlocks().slice(0, 1));
    }
  });

  test('of node types have no associations', async () => {
    const snapshot = live({ arn: ops, type: 'EC2_LINUX', policies: ['ClusterAdmin'] });
    const result = await run(cluster(`{ ops = ${admin(ops, 'EC2_LINUX')} }`), snapshot);
    expect(blocksOf(result)).toEqual(opsBlocks().slice(0, 1));
  });

  test('count = condition ? 1 : 0 has the instance 0', async () => {
    const more = '  count = var.create ? 1 : 0\n';
    const [first = ''] = blocksOf(await run(cluster(`{ ops = ${admin(ops)} }`, { more }), opsLive));
    expect(first).toBe(`module.eks[0].aws_eks_access_entry.this["ops"] <- demo:${ops}`);
  });

  test('the id has a region that is written', async () => {
    const more = '  region = "eu-west-1"\n';
    const [first] = blocksOf(await run(cluster(`{ ops = ${admin(ops)} }`, { version: '21.3.1', more }), opsLive));
    expect(first).toBe(`${opsBlocks()[0]}@eu-west-1`);
  });

  test.each([['\r\n'], ['\n']])('newlines %j and a byte order mark change nothing', async newline => {
    const source = `\uFEFF${cluster(`{ ops = ${admin(ops)} }`)}`.replaceAll('\n', newline);
    expect(blocksOf(await run(source, opsLive))).toEqual(opsBlocks());
  });
});

describe('principals', () => {
  test('a role of Identity Center that is looked up by its name', async () => {
    const name = 'AWSReservedSSO_Dev_0a1b2c3d4e5f6071';
    const arn = role(`aws-reserved/sso.amazonaws.com/eu-west-1/${name}`);
    const lookup = `data "aws_iam_roles" "dev" {\n  name_regex = "^${name}$"\n}\n`;
    const result = await run(`${dev('one(data.aws_iam_roles.dev.arns)')}\n${lookup}`, `${live({ arn })}\n${stateless}`);
    expect([blocksOf(result), codesOf(result)]).toEqual([[`${entry}["dev"] <- demo:${arn}`], []]);
  });

  test('an ARN that the config states', async () => {
    const config = { principals: { 'aws_iam_role.dev.arn': { arn: role('dev') } } };
    const result = await run(dev('aws_iam_role.dev.arn'), live({ arn: role('dev') }), { config });
    expect(blocksOf(result)).toEqual([`${entry}["dev"] <- demo:${role('dev')}`]);
  });

  test('one that only a plan knows may be any that is left', async () => {
    const result = await run(dev('aws_iam_role.dev.arn'), live({ arn: role('dev') }));
    expect([blocksOf(result), codesOf(result)]).toEqual([[], ['TAE433', 'TAE431']]);
    expect(result.diagnostics[0]?.message).toContain(role('dev'));
  });

  test('is settled where the state has it', async () => {
    const known = `${live({ arn: role('dev') }, { arn: role('other') })}\n${state({ [`${entry}["dev"]`]: [role('dev')] })}`;
    expect(codesOf(await run(dev('aws_iam_role.dev.arn'), known))).toEqual(['TAE431']);
  });

  test('and where the source has an import block for it', async () => {
    const source = `${dev('aws_iam_role.dev.arn')}\n${importOf('dev', role('dev'))}`;
    expect(codesOf(await run(source, `${live({ arn: role('dev') })}\n${stateless}`))).toEqual(['TAE431']);
  });

  test('another path is another principal: an import would be replaced', async () => {
    const result = await run(dev(`"${role('dev')}"`), live({ arn: role('team/dev') }));
    expect([result.hcl, codesOf(result)]).toEqual(['', ['TAE227']]);
  });

  test('declared twice', async () => {
    const entries = `{ a = { principal_arn = "${ops}" }, b = { principal_arn = "${ops}" } }`;
    const result = await run(cluster(entries), opsLive);
    expect([result.hcl, codesOf(result)]).toEqual(['', ['TAE227']]);
  });
});

describe('enable_cluster_creator_admin_permissions', () => {
  // Terraform takes a text for what it says, and null for the default, which is false.
  test.each([
    ['"true"', ['TAE438', 'TAE431']],
    ['"false"', ['TAE431']],
    ['null', ['TAE431']],
  ])('%s', async (flag, codes) => {
    const source = cluster('{}', { more: `  enable_cluster_creator_admin_permissions = ${flag}\n` });
    expect(codesOf(await run(source, `${opsLive}\n${stateless}`))).toEqual(codes);
  });

  const more = '  enable_cluster_creator_admin_permissions = true\n';
  const source = cluster('{}', { more });

  test('makes an entry for the runner', async () => {
    const result = await run(source, opsLive, { runner: ops });
    expect(blocksOf(result)).toEqual(opsBlocks('cluster_creator'));
  });

  test('for somebody where no runner is named', async () => {
    expect(codesOf(await run(source, opsLive))).toEqual(['TAE438', 'TAE431']);
  });

  test('nothing is said of one that the source imports', async () => {
    const imported = `${source}\n${importOf('cluster_creator', ops)}`;
    expect(codesOf(await run(imported, `${opsLive}\n${stateless}`))).toEqual(['TAE431']);
  });

  test('and one of that key takes its place', async () => {
    const own = cluster(`{ cluster_creator = ${admin(role('dev'))} }`, { more });
    expect(blocksOf(await run(own, opsLive, { runner: ops }))).toEqual([]);
  });
});

describe('standalone resources', () => {
  test.each([['"demo"'], ['var.cluster_name'], ['data.aws_eks_cluster.demo.name']])(
    'without the cluster, whose name is %s',
    async name => {
      expect(blocksOf(await run(resources(name), opsLive))).toEqual(expected());
    },
  );

  test('beside the cluster', async () => {
    const source = `${cluster('{}')}\n${resources('module.eks.cluster_name')}`;
    const { hcl, ...result } = await run(source, `${opsLive}\n${stateless}`);
    expect(blocksOf({ hcl, ...result })).toEqual(expected());
    // One block for each resource: with for_each a resource would need instances.
    expect(hcl.match(/^import \{$/gm)).toHaveLength(2);
  });

  test('with count', async () => {
    const result = await run(resources('"demo"', '  count = var.ops ? 1 : 0\n', '[0]'), `${opsLive}\n${stateless}`);
    expect([blocksOf(result), codesOf(result)]).toEqual([expected('[0]'), ['TAE436']]);
  });

  test('with for_each are not told apart', async () => {
    const result = await run(resources('"demo"', '  for_each = var.ops\n', '[each.key]'), opsLive);
    expect([result.hcl, codesOf(result)]).toEqual(['', ['TAE433', 'TAE431']]);
  });

  test('of another cluster are not ours', async () => {
    expect(codesOf(await run(`${cluster('{}')}\n${resources('"other"')}`, opsLive))).toEqual(['TAE431']);
  });
});

describe('what phase 2 adds', () => {
  const source = `${cluster('{}')}\n${awsAuth(`"${ops}"`)}`;

  test('goes with its revision', async () => {
    const result = await run(source, `${opsLive}\n${stateless}`);
    expect(blocksOf(result)).toEqual([
      opsBlocks()[0],
      `${association}["ops_cluster_admin"] <- demo#${ops}#${policy('ClusterAdmin')}`,
    ]);
    expect(codesOf(result)).toEqual(['TAE434']);
  });

  test('as resources, where they are asked for', async () => {
    const [first] = blocksOf(await run(source, opsLive, { emit: 'resources' }));
    expect(first).toBe(`aws_eks_access_entry.ops <- demo:${ops}`);
  });

  test('at plan time has keys that only a plan knows', async () => {
    const result = await run(`${cluster('{}')}\n${awsAuth('x').replace(/\[\n[^]*?\n {2}\]/, 'var.rows')}`, opsLive);
    expect([blocksOf(result), codesOf(result)]).toEqual([[], ['TAE433', 'TAE431']]);
  });
});

test('the blocks are formatted, and HCL takes what is in names', async () => {
  const odd = role('a+b=c@d');
  const entries = `{ "a $\${b} \\"c\\"" = ${admin(odd)}, ops = ${admin(ops)} }`;
  const { hcl } = await run(cluster(entries), live({ arn: odd }, { arn: ops, policies: ['ClusterAdmin'] }));
  expect(hcl).toContain(`"a $\${b} \\"c\\"" = "demo:${odd}"`);
  expect(await formatted(hcl)).toBe(hcl);
});
