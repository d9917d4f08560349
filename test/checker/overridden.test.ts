import { expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { runtime } from '../support/fixture.ts';

const overridesIn = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { diagnostics } = await check(new Map(Object.entries(files)), { runtime: await runtime() });
  return diagnostics.flatMap(({ code, range }) => (code === 'TAE031' ? `${range?.file}:${range?.start}` : []));
};

const row = `{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }`;

const configMap = `resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
  data = { mapRoles = yamlencode([${row}]) }
}
`;

const command = `resource "terraform_data" "aws_auth" {
  provisioner "local-exec" {
    command = "eksctl create iamidentitymapping --cluster demo --arn arn:aws:iam::111122223333:role/ops"
  }
}
`;

const cloudposse = (body: string): string =>
  `module "cluster" {\n  source  = "cloudposse/eks-cluster/aws"\n  version = "2.9.0"\n${body}}\n`;

const awsAuth = `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  aws_auth_roles = [${row}]
}
`;

// Terraform merges an override file into the block of its address. Source: developer.hashicorp.com/terraform/language/files/override
test.each([
  ['a call with rows', cloudposse(`  map_additional_iam_roles = [${row}]\n`), 'module "cluster"'],
  ['a call that has its rows from there', cloudposse(''), 'module "cluster"'],
  ['the ConfigMap', configMap, 'resource "kubernetes_config_map_v1_data" "aws_auth"'],
  ['a second writer', awsAuth + configMap, 'resource "kubernetes_config_map_v1_data" "aws_auth"'],
  ['a command', command, 'resource "terraform_data" "aws_auth"'],
])('an override of %s is named once', async (_, main, header) => {
  const files = { 'main.tf': main, 'staging_override.tf': `${header} {\n  map_additional_iam_roles = []\n}\n` };
  expect(await overridesIn({ 'main.tf': main })).toEqual([]);
  expect(await overridesIn(files)).toEqual(['staging_override.tf:0']);
});

test('an override in JSON syntax is named as well, whatever it changes', async () => {
  const json = JSON.stringify({ module: { cluster: { tags: {} } } });
  const main = cloudposse(`  map_additional_iam_roles = [${row}]\n`);
  expect(await overridesIn({ 'main.tf': main, 'override.tf.json': json })).toEqual(['override.tf.json:0']);
});

test('an override of another block is none of it', async () => {
  const files = { 'main.tf': awsAuth + configMap, 'override.tf': 'module "vpc" {\n  name = "x"\n}\n' };
  expect(await overridesIn(files)).toEqual([]);
});
