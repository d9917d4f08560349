import { convert, type Runtime } from '../../../lib/convert.ts';
import { ssoRegion } from './static-entries.ts';

/** Locals that the product writes for rows that only a plan knows: `entries` and `refused` are expressions of them. */
export type PlanTimeLocals = (index: number) => { locals: string; entries: string; refused: string };

/**
 * What the product writes for two variables, with the names made fit for many cases in one module: `local.roles_<n>` and
 * `local.users_<n>` in place of the variables, and a cluster without nodes in place of the module.
 */
export async function productLocals(runtime: Runtime): Promise<PlanTimeLocals> {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "shop"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = var.roles
  aws_auth_users = var.users
}
`;
  const result = await convert(new Map([['main.tf', text]]), { runtime, ssoRegion });
  const written = result.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf') ?? '';
  const [, body] = /^locals \{\n([\s\S]*?)^\}\n/m.exec(written) ?? [];
  if (body === undefined) throw new Error(`no locals in:\n${written}`);
  return index => ({
    locals: `\n${body
      .replaceAll('aws_auth_', `case_${index}_`)
      .replaceAll('var.roles', `local.roles_${index}`)
      .replaceAll('var.users', `local.users_${index}`)
      .replaceAll(/module\.eks\.\w+/g, '{}')}`,
    entries: `local.case_${index}_entries`,
    refused: `local.case_${index}_refused`,
  });
}
