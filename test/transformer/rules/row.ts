import { convert, type ConvertResult } from '../../../lib/convert.ts';
import type { Config } from '../../../lib/config/config.ts';
import type { Snapshot } from '../../../lib/parser/index.ts';
import { runtime } from '../../support/fixture.ts';

type More = { ofCluster?: string; beside?: string; config?: Config; snapshot?: Snapshot };

/** A cluster with an aws-auth call of these arguments, converted. All is HCL; `ofCluster` are further arguments of the cluster's call. */
export const convertWith = async (
  ofAwsAuth: string,
  { ofCluster = '', beside = '', config = {}, snapshot }: More = {},
): Promise<ConvertResult> => {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"
  ${ofCluster}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  ${ofAwsAuth}
}
${beside}
`;
  return convert(new Map([['main.tf', text]]), { runtime: await runtime(), config, ...(snapshot && { snapshot }) });
};

/** What becomes of one row, of `aws_auth_roles` where nothing else is said, given as HCL as are further arguments of the cluster's call. */
export const outcomeOf = async (
  row: string,
  { argument = 'aws_auth_roles', ...more }: More & { argument?: string } = {},
): Promise<{ readonly disposition?: string; readonly codes: readonly string[] }> => {
  const { rows } = await convertWith(`manage_aws_auth_configmap = true\n  ${argument} = [${row}]`, more);
  return { ...(rows[0] && { disposition: rows[0].disposition }), codes: rows[0]?.codes ?? [] };
};

/** A row of the role with these groups. */
export const rowOf = (arn: string, ...groups: readonly string[]): string => rowWith(JSON.stringify(arn), ...groups);

/** The same, with the principal as HCL. */
export const rowWith = (principal: string, ...groups: readonly string[]): string =>
  `{ rolearn = ${principal}, username = "x", groups = ${JSON.stringify(groups)} }`;
