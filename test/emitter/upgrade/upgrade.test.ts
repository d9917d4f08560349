import { describe, expect, test } from '@jest/globals';
import { pinsFor, setVersion, upgradeCall } from '../../../lib/emitter/upgrade/call.ts';
import type { Change } from '../../../lib/emitter/upgrade/change.ts';
import { upgradeReferences } from '../../../lib/emitter/upgrade/references.ts';
import { applyEdits, realign } from '../../../lib/hcl/index.ts';
import { findModuleCalls, type ModuleCall } from '../../../lib/parser/index.ts';
import { createRootModule, type RootModule } from '../../../lib/terraform/index.ts';
import { testParser } from '../../support/runtime.ts';

const read = async (files: Readonly<Record<string, string>>): Promise<RootModule> => {
  const parser = await testParser();
  const native = Object.entries(files).filter(([path]) => path.endsWith('.tf'));
  const json = new Map(Object.entries(files).filter(([path]) => path.endsWith('.json')));
  return createRootModule(
    native.map(([path, text]) => parser.parse(path, text)),
    json,
    parser,
  );
};

const callOf = (module: RootModule, label: string): ModuleCall => {
  const found = findModuleCalls(module).find(call => call.label === label);
  if (!found) throw new Error(`no ${label}`);
  return found;
};

const applied = (module: RootModule, { edits }: Change): string =>
  module.files
    .map(({ file, text }) =>
      realign(
        text,
        applyEdits(
          text,
          edits.filter(edit => edit.file === file),
        ),
      ),
    )
    .join('');

const refusals = ({ refused }: Change): string[] => refused.map(({ kind, name }) => `${kind} ${name}`);

const karpenter = (body: string): string => `module "karpenter" {
  source = "terraform-aws-modules/eks/aws//modules/karpenter"
${body}}
`;

const eks = (body: string): string => `module "eks" {
  source = "terraform-aws-modules/eks/aws"
${body}}
`;

const upgradeText = async (text: string, label: string, from: string, to: string): Promise<[string, string[]]> => {
  const module = await read({ 'main.tf': text });
  const upgraded = upgradeCall(callOf(module, label), from, to);
  return [applied(module, upgraded), refusals(upgraded)];
};

const upgraded = async (expression: string, body = ''): Promise<[string, string[]]> => {
  const text = `locals {\n  x = ${expression}\n}\n`;
  const module = await read({ 'a.tf': text, 'karpenter.tf': karpenter(body) });
  const found = upgradeReferences(module, callOf(module, 'karpenter'), '19.21.0', '20.37.2');
  return [applied(module, found).split('\n')[1]!.slice('  x = '.length), refusals(found)];
};

const pins = async (text: string, label: string, from: string, to: string): Promise<Record<string, string>> => {
  const module = await read({ 'main.tf': text });
  return Object.fromEntries(pinsFor(callOf(module, label), from, to).map(line => line.split(/ = (.*)/s)));
};

const set = async (head: string): Promise<string | undefined> => {
  const text = `module "eks" {\n  ${head}\n}\n`;
  const module = await read({ 'main.tf': text });
  const edit = setVersion(callOf(module, 'eks'), '21.19.0');
  return (
    edit &&
    realign(text, applyEdits(text, [edit]))
      .split('\n')
      .slice(1, -2)
      .join('\n')
      .trim()
  );
};

describe('arguments', () => {
  test('19 to 20: names of karpenter that change places', async () => {
    const before = karpenter(`
  irsa_name            = "karpenter"
  iam_role_name        = "karpenter-node" # of the nodes
  irsa_use_name_prefix = false
  create_iam_role      = true
  create_irsa          = true
`);
    const after = karpenter(`
  iam_role_name            = "karpenter"
  node_iam_role_name       = "karpenter-node" # of the nodes
  iam_role_use_name_prefix = false
  create_node_iam_role     = true
  create_iam_role          = true
`);
    expect(await upgradeText(before, 'karpenter', '19.21.0', '20.37.2')).toEqual([after, []]);
  });

  test('20 to 21: a call with comments, groups of lines and values of several lines', async () => {
    const before = eks(`
  cluster_name    = local.name
  cluster_version = "1.32" # tested
  vpc_id          = var.vpc_id

  # addons
  cluster_addons = {
    cluster_name = "not an argument"
  }
  cluster_endpoint_public_access = true
`);
    const after = eks(`
  name               = local.name
  kubernetes_version = "1.32" # tested
  vpc_id             = var.vpc_id

  # addons
  addons = {
    cluster_name = "not an argument"
  }
  endpoint_public_access = true
`);
    expect(await upgradeText(before, 'eks', '20.37.2', '21.19.0')).toEqual([after, []]);
  });

  test('what the new release does not have stays, and is told', async () => {
    const before = eks(`
  cluster_name                  = "a"
  cluster_iam_role_dns_suffix   = "amazonaws.com"
  manage_aws_auth_configmap     = true
  no_such_argument              = 1
  depends_on                    = [module.vpc]
`);
    expect(await upgradeText(before, 'eks', '19.21.0', '20.37.2')).toEqual([
      before,
      ['argument cluster_iam_role_dns_suffix', 'argument manage_aws_auth_configmap', 'argument no_such_argument'],
    ]);
  });

  test('what moves elsewhere is not looked at', async () => {
    const module = await read({ 'main.tf': eks('  manage_aws_auth_configmap = true\n') });
    const except = new Set(['manage_aws_auth_configmap']);
    expect(upgradeCall(callOf(module, 'eks'), '19.21.0', '20.37.2', except)).toEqual({
      edits: [],
      changes: [],
      refused: [],
      findings: [],
    });
  });

  test.each([
    ['bootstrap_self_managed_addons = var.x', true],
    ['enable_efa_support = false', true],
    ['enable_efa_support = true', false],
    ['enable_efa_support = var.efa', false],
    ['eks_managed_node_group_defaults = {}', true],
    ['eks_managed_node_group_defaults = { ami_type = "AL2_x86_64" }', false],
    ['enable_security_groups_for_pods = (false)', true],
    ['enable_security_groups_for_pods = true', false],
  ])('20 to 21: %s goes: %s', async (argument, goes) => {
    const [text, refused] = await upgradeText(eks(`  ${argument}\n`), 'eks', '20.37.2', '21.19.0');
    expect(text === eks('')).toBe(goes);
    expect(refused).toEqual(goes ? [] : [`argument ${argument.split(' ')[0]}`]);
  });

  test('a call that has both names is refused', async () => {
    const both = eks('  cluster_name = "a"\n  name         = "b"\n');
    expect(await upgradeText(both, 'eks', '20.37.2', '21.19.0')).toEqual([both, ['argument cluster_name']]);
  });

  test('a release that does not have a name yet is not given it', async () => {
    const text = eks('  cluster_compute_config = { enabled = true }\n');
    expect(await upgradeText(text, 'eks', '20.37.2', '20.13.1')).toEqual([text, ['argument cluster_compute_config']]);
  });

  test('a submodule that is gone', async () => {
    const text = karpenter('').replace('modules/karpenter', 'modules/aws-auth');
    expect(await upgradeText(text, 'karpenter', '20.37.2', '21.19.0')).toEqual([text, ['submodule modules/aws-auth']]);
  });

  test('CRLF and a byte order mark stay', async () => {
    const before = `\ufeff${eks('\n  cluster_name = "a"\n')}`.replaceAll('\n', '\r\n');
    const [after] = await upgradeText(before, 'eks', '20.37.2', '21.19.0');
    expect(after).toBe(`\ufeff${eks('\n  name = "a"\n')}`.replaceAll('\n', '\r\n'));
  });
});

describe('references', () => {
  test.each([
    ['module.karpenter.role_arn', 'module.karpenter.node_iam_role_arn'],
    ['module.karpenter.irsa_arn', 'module.karpenter.iam_role_arn'],
    ['module.karpenter[0].role_arn', 'module.karpenter[0].node_iam_role_arn'],
    ['module.karpenter[*].role_arn', 'module.karpenter[*].node_iam_role_arn'],
    ['module.karpenter.*.role_arn', 'module.karpenter.*.node_iam_role_arn'],
    ['module.karpenter["role_arn"]', 'module.karpenter["node_iam_role_arn"]'],
    ['"a/${module.karpenter.role_name}/b"', '"a/${module.karpenter.node_iam_role_name}/b"'],
    [
      '"%{ if true }${module.karpenter.role_name}%{ endif }"',
      '"%{ if true }${module.karpenter.node_iam_role_name}%{ endif }"',
    ],
    ['[for k in module.karpenter.role_arn : k]', '[for k in module.karpenter.node_iam_role_arn : k]'],
    ['[for module in [{}] : module.karpenter.role_arn]', '[for module in [{}] : module.karpenter.role_arn]'],
    ['local.a[module.karpenter.role_arn]', 'local.a[module.karpenter.node_iam_role_arn]'],
    ['module.other.role_arn', 'module.other.role_arn'],
    ['module.karpenter.queue_arn', 'module.karpenter.queue_arn'],
    ['other.module.karpenter.role_arn', 'other.module.karpenter.role_arn'],
  ])('%s', async (before, after) => {
    expect(await upgraded(before)).toEqual([after, []]);
  });

  test('of a call with for_each a string is an instance', async () => {
    const each = '  for_each = var.clusters\n';
    expect(await upgraded('module.karpenter["role_arn"].role_arn', each)).toEqual([
      'module.karpenter["role_arn"].node_iam_role_arn',
      [],
    ]);
  });

  test.each([
    'values(module.karpenter)[*].role_arn',
    'merge(module.karpenter, {})',
    '[for m in module.karpenter : m.role_arn]',
  ])('%s is read as a whole', async expression => {
    const [after, refused] = await upgraded(expression);
    expect(after).toBe(expression);
    expect(refused).toEqual([expect.stringMatching(/^whole .*role_arn/)]);
  });

  test('an output that is gone', async () => {
    const text = `${eks('')}output "config_map" {\n  value = module.eks.aws_auth_configmap_yaml\n}\n`;
    const module = await read({ 'main.tf': text });
    const found = upgradeReferences(module, callOf(module, 'eks'), '19.21.0', '20.37.2');
    expect([found.edits, refusals(found)]).toEqual([[], ['output aws_auth_configmap_yaml']]);
  });

  test('an output of a node group that is gone', async () => {
    const text = `${eks('')}locals {
  a = module.eks.eks_managed_node_groups["blue"].platform
  b = [for g in module.eks.self_managed_node_groups : g.autoscaling_group_name]
  c = module.eks.eks_managed_node_groups["blue"].iam_role_arn
}
`;
    const module = await read({ 'main.tf': text });
    const found = upgradeReferences(module, callOf(module, 'eks'), '20.37.2', '21.19.0');
    expect([found.edits, refusals(found)]).toEqual([[], ['output platform']]);
  });

  test('waiting for a call and moving what is in it is no reading', async () => {
    const text = `${karpenter('')}resource "null_resource" "a" {
  depends_on = [module.karpenter]

  lifecycle {
    replace_triggered_by = [module.karpenter]
  }
}

moved {
  from = module.old
  to   = module.karpenter
}
`;
    const module = await read({ 'main.tf': text });
    const found = upgradeReferences(module, callOf(module, 'karpenter'), '19.21.0', '20.37.2');
    expect([found.edits, found.refused]).toEqual([[], []]);
  });

  test('in files that are not edited', async () => {
    const module = await read({
      'main.tf': karpenter(''),
      'a_override.tf': 'locals {\n  x = module.karpenter.role_arn\n}\n',
      'b.tf.json': '{"locals": {"y": "${module.karpenter.irsa_arn}", "z": "${module.karpenter.queue_arn}"}}',
    });
    const found = upgradeReferences(module, callOf(module, 'karpenter'), '19.21.0', '20.37.2');
    expect(found.edits).toEqual([]);
    expect(found.refused).toEqual([
      expect.objectContaining({ kind: 'output', name: 'role_arn', advice: 'It is called node_iam_role_arn now.' }),
      expect.objectContaining({ kind: 'json', name: 'irsa_arn', file: 'b.tf.json' }),
    ]);
  });

  test('JSON files, of a group of the root module', async () => {
    const module = await read({
      'main.tf': 'module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "20.37.2"\n}\n',
      'b.tf.json': JSON.stringify({
        locals: {
          x: '${module.eks.eks_managed_node_groups["blue"].platform}',
          y: '${module.eks.self_managed_node_groups.blue.autoscaling_group_schedule_arns}',
          z: '${module.eks.eks_managed_node_groups["blue"].iam_role_arn}',
        },
      }),
    });
    expect(upgradeReferences(module, callOf(module, 'eks'), '20.37.2', '21.19.0').refused).toEqual([
      expect.objectContaining({ kind: 'json', name: 'platform', file: 'b.tf.json' }),
      expect.objectContaining({ kind: 'json', name: 'autoscaling_group_schedule_arns', file: 'b.tf.json' }),
    ]);
  });
});

describe('pins', () => {
  test('of a karpenter call of version 19', async () => {
    expect(
      await pins(karpenter('  cluster_name = module.eks.cluster_name\n'), 'karpenter', '19.21.0', '20.37.2'),
    ).toEqual({
      enable_irsa: 'true',
      enable_pod_identity: 'false',
      create_instance_profile: 'true',
      iam_role_name: '"KarpenterIRSA-${module.eks.cluster_name}"',
      iam_role_description: '"Karpenter IAM role for service account"',
      iam_policy_name: '"KarpenterIRSA-${module.eks.cluster_name}"',
      iam_policy_description: '"Karpenter IAM role for service account"',
    });
  });

  test('what the author wrote decides, also for what followed from it', async () => {
    const body = `  cluster_name            = "prod-\${var.region}"
  irsa_name               = local.irsa
  irsa_path               = "/k/"
  irsa_description        = "Karpenter"
  create_instance_profile = false
`;
    expect(await pins(karpenter(body), 'karpenter', '19.21.0', '20.37.2')).toEqual({
      enable_irsa: 'true',
      enable_pod_identity: 'false',
      iam_policy_name: 'local.irsa',
      iam_policy_path: '"/k/"',
      iam_policy_description: '"Karpenter"',
    });
  });

  test('a name of the nodes is not one of the controller', async () => {
    const body = '  cluster_name  = "prod"\n  iam_role_name = "nodes"\n';
    expect(await pins(karpenter(body), 'karpenter', '19.21.0', '20.37.2')).toMatchObject({
      iam_role_name: '"KarpenterIRSA-prod"',
    });
  });

  test('no release is given what it does not have', async () => {
    const found = await pins(karpenter(''), 'karpenter', '19.21.0', '20.0.0');
    expect(Object.keys(found)).not.toContain('enable_pod_identity');
  });

  test.each([
    ['19.21.0', '20.37.2', { kms_key_enable_default_policy: 'false' }],
    ['20.13.1', '20.37.2', {}],
    ['20.37.2', '21.19.0', {}],
  ])('of the eks module, %s to %s', async (from, to, expected) => {
    expect(await pins(eks(''), 'eks', from, to)).toEqual(expected);
  });

  test('the key policy that was written stays', async () => {
    expect(await pins(eks('  kms_key_enable_default_policy = true\n'), 'eks', '19.21.0', '20.37.2')).toEqual({});
  });
});

describe('version', () => {
  test.each([
    [
      'source  = "terraform-aws-modules/eks/aws"\n  version = "~> 20.0" # pinned',
      'source  = "terraform-aws-modules/eks/aws"\n  version = "21.19.0" # pinned',
    ],
    [
      'source = "terraform-aws-modules/eks/aws" # eks',
      'source  = "terraform-aws-modules/eks/aws" # eks\n  version = "21.19.0"',
    ],
    [
      'source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v20.8.4&depth=1"',
      'source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks.git?ref=v21.19.0&depth=1"',
    ],
    ['source  = "terraform-aws-modules/eks/aws"\n  version = local.version', undefined],
    ['source = "git::https://github.com/terraform-aws-modules/terraform-aws-eks.git"', undefined],
  ])('%s', async (before, after) => {
    expect(await set(before)).toBe(after);
  });
});
