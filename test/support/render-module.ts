import type { RowSpec } from './arbitrary-rows.ts';

/** A root module to generate: what surrounds the rows. */
export type ModuleSpec = {
  readonly rows: readonly RowSpec[];
  readonly entries: 'absent' | 'empty' | 'literal' | 'one-line' | 'merge' | 'variable';
  readonly mode: 'absent' | 'CONFIG_MAP' | 'API_AND_CONFIG_MAP';
  readonly manage: 'true' | '!var.cold_start' | 'absent';
  readonly commentedOut: boolean;
  readonly authFirst: boolean;
  readonly trailingComma: boolean;
  readonly finalNewline: boolean;
  readonly rolesInLocal: boolean;
};

/** Principals that the modules define. */
export const expressions = [
  'aws_iam_role.ci.arn',
  'aws_iam_role.pathed.arn',
  'module.team.role_arn',
  'local.auditors',
  '"${local.prefix}/AWSReservedSSO_Ops_0123456789abcdef"',
  '"arn:aws:iam::${var.account}:role/ops"',
  'replace(module.team.sso_arn, "aws-reserved/sso.amazonaws.com/eu-west-1/", "")',
  'module.eks.eks_managed_node_groups["a"].iam_role_arn',
] as const;

const definitions = `resource "aws_iam_role" "ci" {
  name               = module.eks.cluster_name
  assume_role_policy = "{}"
}

resource "aws_iam_role" "pathed" {
  name               = "pathed"
  path               = "/teams/"
  assume_role_policy = "{}"
}

module "team" {
  source = "./team"
}

locals {
  auditors = "arn:aws:iam::111122223333:role/auditors" # who
  prefix   = "arn:aws:iam::111122223333:role"
}`;

export const renderModule = (spec: ModuleSpec): string => {
  const blocks = spec.authFirst ? [auth(spec), eks(spec)] : [eks(spec), auth(spec)];
  const variables = ['cold_start', 'entries', 'account'].map(name => `variable "${name}" {\n  type = any\n}`);
  const text = ['# Généré — 生成', ...blocks, definitions, ...roles(spec), ...variables].join('\n\n');
  return spec.finalNewline ? `${text}\n` : text;
};

const entries: Readonly<Record<ModuleSpec['entries'], string>> = {
  absent: '',
  empty: '  access_entries = {}\n',
  literal: `  access_entries = {
    # by hand
    backup = {
      principal_arn = "arn:aws:iam::111122223333:role/backup"
    } # keep
  }
`,
  'one-line': '  access_entries = { backup = { principal_arn = "arn:aws:iam::111122223333:role/backup" } }\n',
  merge: '  access_entries = merge(var.entries, {})\n',
  variable: '  access_entries = var.entries\n',
};

const eks = (spec: ModuleSpec): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3" # pinned

  cluster_name = "shop-prod"
${spec.mode === 'absent' ? '' : `\n  authentication_mode = "${spec.mode}"\n`}
${entries[spec.entries]}
  tags = {
    note = <<-EOT
      } $\${not} a reference {
    EOT
  }
}`;

const auth = (spec: ModuleSpec): string => `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"
${spec.manage === 'absent' ? '' : `\n  manage_aws_auth_configmap = ${spec.manage}\n`}
  aws_auth_roles = ${spec.rolesInLocal ? 'local.roles' : `[${list(spec, 'roles')}]`}
  aws_auth_users = [${list(spec, 'users')}]
}`;

const roles = (spec: ModuleSpec): readonly string[] =>
  spec.rolesInLocal ? [`locals {\n  roles = [${list(spec, 'roles')}]\n}`] : [];

const list = (spec: ModuleSpec, name: RowSpec['list']): string => {
  const own = spec.rows.filter(row => row.list === name);
  const items = own.map((row, index) => {
    const comma = index < own.length - 1 || spec.trailingComma ? ',' : '';
    const above = row.above.map(comment => `    ${comment}\n`).join('');
    return `${above}    ${renderRow(row)}${comma}${row.beside === undefined ? '' : ` ${row.beside}`}\n`;
  });
  const off = spec.commentedOut ? '    # {\n    #   rolearn = "arn:aws:iam::111122223333:role/gone"\n    # },\n' : '';
  return items.length === 0 && off === '' ? '' : `\n${items.join('')}${off}  `;
};

const renderRow = (row: RowSpec): string => {
  const fields: readonly (readonly [string, string])[] = [
    [row.list === 'roles' ? 'rolearn' : 'userarn', row.source ?? quote(row.arn)],
    ...optional('username', row.username),
    ['groups', typeof row.groups === 'string' ? quote(row.groups) : `[${row.groups.map(quote).join(', ')}]`],
    ...optional('note', row.extraKey ? 'x' : undefined),
  ];
  if (row.style === 'one-line') return `{ ${fields.map(([key, value]) => `${key} = ${value}`).join(', ')} }`;
  const width = Math.max(...fields.map(([key]) => key.length));
  const line = ([key, value]: readonly [string, string]): string => {
    if (row.style === 'quoted') return `"${key}"${' '.repeat(width - key.length)} = ${value}`;
    if (row.style === 'colon') return `"${key}" : ${value}`;
    if (row.style === 'ragged') return `${key}=${value}`;
    return `${key.padEnd(width)} = ${value}`;
  };
  return `{\n${fields.map(field => `      ${line(field)}\n`).join('')}    }`;
};

const optional = (key: string, value: string | undefined): readonly (readonly [string, string])[] =>
  value === undefined ? [] : [[key, quote(value)]];

const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('${', '$${').replaceAll('%{', '%%{')}"`;
