import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const call = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "shop"
  authentication_mode = "API"
}
`;

const said = async (text: string, code: string): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map([['main.tf', call + text]]), { runtime: await runtime() });
  return diagnostics.flatMap(diagnostic => (diagnostic.code === code ? [diagnostic.message] : []));
};

const block = (key: string, more = ''): string =>
  `import {${more}\n  to = module.eks.aws_eks_access_entry.this[${key}]\n  id = "x"\n}\n`;

const importsOf = (resource: string): string =>
  ['a', 'b'].map(key => `import {\n  to = module.eks.${resource}.this["${key}"]\n  id = "x"\n}\n`).join('');

const removed = (from: string, more = ''): string => `removed {\n  from = ${from}\n${more}}\n`;

// Terraform pull request 39073: the fault is in a map whose keys are resources of the configuration, without any instance.
const inModule = (key: string): string =>
  `import {\n  to = module.eks[${key}].aws_eks_access_entry.this["ops"]\n  id = "x"\n}\n`;

// terraform issue 39090: of two blocks with for_each the second is left out, too.
describe('import blocks for instances of one resource', () => {
  const forEach = '\n  for_each = toset(["a", "b"])';

  test.each([
    ['one by one', block('"a"') + block('"b"'), 1],
    ['one with for_each', block('each.key', forEach), 0],
    ['two with for_each', block('each.key', forEach) + block('each.key', forEach), 1],
    ['one with for_each and one without', block('each.key', forEach) + block('"c"'), 1],
  ])('%s', async (_name, text, count) => {
    expect(await said(text, 'TAE745')).toHaveLength(count);
  });

  // EKS takes the association of a policy that is there for an update: user guide, access-policies.
  test('an entry that is there is refused, an association is not', async () => {
    const [entries] = await said(importsOf('aws_eks_access_entry'), 'TAE745');
    const [associations] = await said(importsOf('aws_eks_access_policy_association'), 'TAE745');
    expect(entries).toContain('creates the others, which fails with 409 ResourceInUseException.');
    expect(associations).toMatch(/creates the others\.$/);
  });

  test('of several instances of the module', async () => {
    const [message, ...more] = await said(inModule('"blue"') + inModule('"green]"'), 'TAE745');
    expect(message).toContain('2 import blocks are for instances of module.eks.aws_eks_access_entry.this.');
    expect(more).toEqual([]);
    expect(await said(inModule('each.key').replace('{', '{\n  for_each = local.all'), 'TAE745')).toEqual([]);
  });
});

// Terraform, removed block: what is named is destroyed, a module with all that is in it.
describe('a removed block', () => {
  const kept = '  lifecycle {\n    destroy = false\n  }\n';

  test.each([
    ['of the resource', removed('module.eks.kubernetes_config_map_v1_data.aws_auth'), 1],
    ['of a manifest', removed('kubectl_manifest.aws_auth'), 1],
    ['of a module of that name', removed('module.eks_aws_auth'), 1],
    ['of one in another', removed('module.platform.module.aws-auth'), 1],
    ['of another module', removed('module.vpc'), 0],
    ['that keeps the module', removed('module.eks_aws_auth', kept), 0],
  ])('%s', async (_name, text, count) => {
    expect(await said(text, 'TAE746')).toHaveLength(count);
  });
});

const entry = (forEach: string): string => `resource "aws_eks_access_entry" "team" {
  for_each      = ${forEach}
  cluster_name  = module.eks.cluster_name
  principal_arn = each.value
}
`;

// A set without items is there as little as a map without any.
test('a condition over all entries that are resources', async () => {
  const arns = '["arn:aws:iam::111122223333:role/a"]';
  expect(await said(entry(`var.on ? toset(${arns}) : toset([])`), 'TAE747')).toHaveLength(1);
  expect(await said(entry(`toset(var.on ? ${arns} : [])`), 'TAE747')).toHaveLength(1);
  expect(await said(entry(`toset(var.on ? ${arns} : ["x"])`), 'TAE747')).toHaveLength(0);
});

describe('a condition over all entries', () => {
  const entries = '{ a = { principal_arn = "arn:aws:iam::111122223333:role/a" } }';
  const other = '{ b = { principal_arn = "arn:aws:iam::111122223333:role/b" } }';

  test.each([
    ['in a local', 'local.entries', `entries = var.on ? ${entries} : {}`, 1],
    ['in a local of a local', 'merge(local.all, {})', `all = local.entries\n  entries = var.on ? ${entries} : {}`, 1],
    ['beside others', `merge(local.entries, ${other})`, `entries = var.on ? ${entries} : {}`, 0],
    ['around a local', 'var.on ? local.entries : {}', `entries = ${entries}`, 1],
    ['none', 'local.entries', `entries = ${entries}`, 0],
    ['none that ends', 'local.a', 'a = local.b\n  b = local.a', 0],
    [
      'of more parts than can be read',
      'local.l40',
      `l0 = var.on ? ${entries} : {}${Array.from({ length: 40 }, (_, index) => `\n  l${index + 1} = merge(local.l${index}, local.l${index})`).join('')}`,
      0,
    ],
  ])('%s', async (_name, given, locals, count) => {
    const text = call.replace('"API"\n', `"API"\n  access_entries = ${given}\n`);
    const { diagnostics } = await check(new Map([['main.tf', `${text}locals {\n  ${locals}\n}\n`]]), {
      runtime: await runtime(),
    });
    expect(diagnostics.filter(({ code }) => code === 'TAE747')).toHaveLength(count);
  });
});
