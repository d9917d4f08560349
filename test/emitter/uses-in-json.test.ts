import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const cluster = `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}
`;

const call = `module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "~> 20.0"
  aws_auth_roles = [{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]
}
`;

const resource = `resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = {
    mapRoles = yamlencode([{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }])
  }
}
`;

const said = async (writer: string, json: object): Promise<readonly string[]> => {
  const files = new Map([
    ['main.tf', cluster + writer],
    ['more.tf.json', JSON.stringify(json)],
  ]);
  const { diagnostics } = await convert(files, { runtime: await runtime() });
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, range }) => `${code} ${range?.file}: ${message}`);
};

// A reference that stays makes the module invalid, in whichever syntax it is written.
test('what refers to the call from JSON stops the last phase', async () => {
  const json = { resource: { null_resource: { x: { depends_on: ['module.aws_auth'] } } } };
  expect(await said(call, json)).toEqual([
    'TAE211 more.tf.json: module.aws_auth cannot be removed: resource "null_resource" "x" refers to it.',
  ]);
  for (const value of ['${module.aws_auth}', 'a $${b} ${1} %{ if module.aws_auth != null }c%{ endif }'])
    expect(await said(call, { output: { x: { value } } })).toEqual([
      'TAE211 more.tf.json: module.aws_auth cannot be removed: output "x" refers to it.',
    ]);
  const lifecycle = { replace_triggered_by: ['module.aws_auth'] };
  for (const one of [{ import: [{ to: 'module.aws_auth', id: 'x' }] }, { resource: { a: { b: { lifecycle } } } }])
    expect(await said(call, one)).toEqual([expect.stringMatching(/^TAE211 more\.tf\.json/)]);
});

test('what needs an instance of the resource stops phase 3, and what waits for it the last one', async () => {
  const needs = { output: [{ x: { value: '${kubernetes_config_map.aws_auth.id}' } }] };
  expect(await said(resource, needs)).toEqual([
    'TAE230 more.tf.json: kubernetes_config_map.aws_auth cannot be given count = 0: output "x" refers to it, and there is no instance then.',
  ]);
  const waits = { resource: { null_resource: { x: { depends_on: ['kubernetes_config_map.aws_auth'] } } } };
  expect(await said(resource, waits)).toEqual([
    'TAE211 more.tf.json: kubernetes_config_map.aws_auth cannot be removed: resource "null_resource" "x" refers to it.',
  ]);
});

test.each([
  { output: { x: { value: '${module.aws_auth_2.id} ${module.aws_auth-2.id}' } } },
  { moved: [{ from: 'module.old', to: 'module.aws_auth' }] },
  { '//': 'module.aws_auth waits', output: { x: { value: '${1}', description: 'Without module.aws_auth' } } },
  { output: { x: { value: 'as $${module.aws_auth} is written' } } },
])('another name, words, or what has moved in the state, stop nothing', async json => {
  expect(await said(call, json)).toEqual([]);
});
