import { describe, expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime, type RunOptions } from '../support/fixture.ts';

const module = (roles: string, more = ''): string => `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.37.2"
  cluster_name = "orders"
}

module "aws_auth" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "~> 20.0"
  manage_aws_auth_configmap = true
  aws_auth_roles            = ${roles}
}

variable "open" {}

variable "hidden" {
  sensitive = true
}

locals {
  rows   = [{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }]
  hidden = sensitive(local.rows)
}
${more}`;

type Outcome = { readonly codes: readonly string[]; readonly places: readonly string[]; readonly last?: string };

const outcome = async (text: string, options: RunOptions = {}): Promise<Outcome> => {
  const { diagnostics, revisions } = await convert(new Map([['main.tf', text]]), {
    ...options,
    runtime: await runtime(),
  });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const last = revisions.at(-1)?.phase;
  return {
    codes: errors.map(({ code }) => code),
    places: errors.map(({ range }) => text.slice(range?.start, range?.end)),
    ...(last === undefined ? {} : { last }),
  };
};

const row = '{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }';

// Terraform refuses a sensitive value, and what is derived from one, as for_each; the module has all entries in one.
// Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each, limitations on values used in for_each.
describe('rows that are sensitive are refused where they stand', () => {
  test.each([
    ['by the function', 'sensitive(local.rows)'],
    ['by the function, written out', `sensitive([${row}])`],
    ['by a local', 'local.hidden'],
    ['by a variable', 'var.hidden'],
    ['by a variable inside a function', 'jsondecode(var.hidden)'],
    [
      'by a variable that a for goes through',
      '[for one in var.hidden : { rolearn = one, username = "x", groups = [] }]',
    ],
    ['by a parameter', 'jsondecode(data.aws_ssm_parameter.rows.value)'],
    ['by a parameter that the source makes', 'jsondecode(aws_ssm_parameter.rows.value)'],
    ['by a secret that the source makes', 'jsondecode(aws_secretsmanager_secret_version.rows["a"].secret_string)'],
    ['by a secret', 'yamldecode(data.aws_secretsmanager_secret_version.rows[0].secret_string)'],
    ['by a file that is encrypted', 'yamldecode(data.sops_file.rows.raw)'],
    ['by a part of one', 'yamldecode(data.sops_file.rows.data["rows"])'],
    ['by a file that is sensitive', 'yamldecode(data.local_sensitive_file.rows.content)'],
    ['by Vault', 'jsondecode(data.vault_kv_secret_v2.rows.data["rows"])'],
  ])('%s', async (_, roles) => {
    expect(await outcome(module(roles))).toEqual({ codes: ['TAE231'], places: [roles], last: 'enable-api' });
  });

  // The mark goes with the value: developer.hashicorp.com/terraform/language/block/output, sensitive.
  test.each([
    ['is declared sensitive', 'value = var.rows\n  sensitive = true', ''],
    ['reads a parameter', 'value = jsondecode(data.aws_ssm_parameter.rows.value)', ''],
    ['reads a variable that is declared sensitive', 'value = var.rows', 'sensitive = true'],
    ['reads a variable that gets something sensitive', 'value = concat(var.given, [])', ''],
  ])('by an output of a local module that %s', async (_, value, variable) => {
    const call = 'module "team" {\n  source = "./team"\n  rows   = []\n  given  = var.hidden\n}\n';
    const team = `variable "given" {}\n\nvariable "rows" {\n  ${variable}\n}\n\noutput "rows" {\n  ${value}\n}\n\noutput "open" {\n  value = []\n}\n`;
    const codesOf = async (rows: string): Promise<readonly string[]> => {
      const files = new Map([
        ['main.tf', module(rows, call)],
        ['team/main.tf', team],
      ]);
      const { diagnostics } = await convert(files, { runtime: await runtime() });
      return diagnostics.map(({ code }) => code);
    };
    expect(await codesOf('module.team.rows')).toContain('TAE231');
    expect(await codesOf('module.team.open')).not.toContain('TAE231');
    expect(await codesOf('nonsensitive(module.team.rows)')).not.toContain('TAE231');
  });

  test('beside others', async () => {
    const found = await outcome(module(`concat([${row}], var.hidden)`));
    expect(found).toEqual({ codes: ['TAE231'], places: ['var.hidden'], last: 'enable-api' });
  });

  test('by a condition of a row', async () => {
    const found = await outcome(module(`concat(var.hidden ? [${row}] : [], local.rows)`));
    expect(found).toEqual({ codes: ['TAE231'], places: [row], last: 'enable-api' });
  });

  test('by a variable in JSON', async () => {
    const text = module('var.json');
    const files = new Map([
      ['main.tf', text],
      ['more.tf.json', '{"variable": {"json": {"sensitive": true}}}'],
    ]);
    const { diagnostics } = await convert(files, { runtime: await runtime() });
    expect(diagnostics.map(({ code }) => code)).toContain('TAE231');
  });
});

describe('rows that are not sensitive are converted', () => {
  test.each([
    ['a variable', 'var.open'],
    ['nonsensitive', 'nonsensitive(var.hidden)'],
    ['nonsensitive, inside', 'jsondecode(nonsensitive(data.aws_ssm_parameter.rows.value))'],
    ['another attribute', 'jsondecode(data.aws_ssm_parameter.rows.insecure_value)'],
    ['a sensitive username of a row that is written out', `[${row.replace('"ops", g', 'var.hidden, g')}]`],
  ])('%s', async (_, roles) => {
    const { codes } = await outcome(module(roles));
    expect(codes).not.toContain('TAE231');
  });

  // Terraform takes a sensitive count.
  // Source: hashicorp/terraform, internal/terraform/eval_count.go.
  test('a condition of a row whose entry is a resource', async () => {
    const { codes } = await outcome(module(`var.hidden ? [${row}] : []`), { emit: 'resources' });
    expect(codes).not.toContain('TAE231');
  });
});
