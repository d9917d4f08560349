import { convert, type Runtime } from '../../../lib/convert.ts';
import { renderList, type Row } from './rows.ts';

export const ssoRegion = 'eu-west-1';

/** The text of `access_entries` that the static conversion writes for rows; undefined when it blocks one. */
export const staticEntries = (rows: readonly Row[], runtime: Runtime): Promise<string | undefined> =>
  convertLists(renderList(rows, 'roles'), renderList(rows, 'users'), runtime);

/** The same for the HCL of both lists. */
export async function convertLists(roles: string, users: string, runtime: Runtime): Promise<string | undefined> {
  const text = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "shop"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = ${roles}
  aws_auth_users = ${users}
}
`;
  const result = await convert(new Map([['main.tf', text]]), { runtime, ssoRegion });
  if (result.blockedFrom !== undefined) return undefined;
  // What is left to EKS has no entry.
  if (result.rows.every(({ disposition }) => disposition !== 'converted')) return '{}';
  const written = result.revisions.find(({ phase }) => phase === 'add-access-entries')?.files.get('main.tf');
  const [, entries] = /^ {2}access_entries = (\{\n[\s\S]*?\n {2}\})\n/m.exec(written ?? '') ?? [];
  if (entries === undefined) throw new Error(`no access_entries in:\n${written ?? text}`);
  return entries;
}
