import { yamlOf } from '../../hostile/values.ts';
import { convert, type ConvertOptions, type ConvertResult } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';

type Given = Partial<Omit<ConvertOptions, 'runtime' | 'awsAuth' | 'emit'>>;
export type LiveRow = { readonly arn: string; readonly username?: string; readonly groups?: readonly string[] };

export const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

/** The data of a ConfigMap with these roles. */
export const dataOf = (roles: readonly LiveRow[]): Readonly<Record<string, string>> => ({
  mapRoles: yamlOf(roles.map(({ arn, username = 'x', groups = [] }) => ({ rolearn: arn, username, groups }))),
});

const configMap = (data: Readonly<Record<string, string>>): string =>
  JSON.stringify({ kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data });

/** What the live ConfigMap of a cluster made by hand becomes. */
export const convertLive = async (data: Readonly<Record<string, string>>, more: Given = {}): Promise<ConvertResult> =>
  convert(new Map(), {
    config: { clusterName: 'demo' },
    ...more,
    runtime: await runtime(),
    emit: 'aws-cli',
    awsAuth: { file: 'aws-auth.json', text: configMap(data) },
  });

/** What a root module becomes. */
export const convertSource = async (text: string, more: Given = {}): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { ...more, runtime: await runtime(), emit: 'aws-cli' });

export const scriptOf = ({ scripts, diagnostics }: ConvertResult): string => {
  const [script, ...others] = scripts.values();
  if (script === undefined || others.length > 0) throw new Error(JSON.stringify(diagnostics, null, 2));
  return script;
};

export const eks =
  'module "eks" {\n  source  = "terraform-aws-modules/eks/aws"\n  version = "20.24.3"\n\n  cluster_name = "demo"\n}\n';

export const awsAuth = (rows: string, more = ''): string =>
  `\nmodule "aws_auth" {\n  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"\n  version = "~> 20.0"\n\n  manage_aws_auth_configmap = true\n${more}\n  aws_auth_roles = ${rows}\n}\n`;

export const row = (arn: string, username = '"x"', groups = '["x"]'): string =>
  `{ rolearn = ${arn}, username = ${username}, groups = ${groups} }`;
