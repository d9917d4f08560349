import { describe, expect, test } from '@jest/globals';
import { parse } from '@cdktf/hcl2json';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { runtime, type RunOptions } from '../support/fixture.ts';

const run = async (text: string, options: RunOptions = {}): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { ...options, runtime: await runtime() });

/** The text of main.tf at the end of a phase. */
const after = ({ revisions }: ConvertResult, phase: string): string => {
  const found = revisions.find(revision => revision.phase === phase)?.files.get('main.tf');
  if (found === undefined) throw new Error(`no revision ${phase}`);
  return found;
};

/** The calls of a text by HashiCorp's parser, by label. */
const calls = async (text: string): Promise<Readonly<Record<string, Record<string, unknown>[]>>> => {
  const { module: found } = (await parse('main.tf', text)) as { module: Record<string, Record<string, unknown>[]> };
  return found;
};

const allPhases = [
  'split-aws-auth',
  'enable-api',
  'add-access-entries',
  'remove-aws-auth',
  'api-only',
  'clean-up',
] as const;

const rows = `
  manage_aws_auth_configmap = true
  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/admins"
      username = "admins"
      groups   = ["system:masters"]
    },
  ]`;

/** A call of version 19 with aws-auth in it. */
const inline = (more: string, end = '\n}\n'): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name = "prod"
${more}${end}`;

/** A call of version 20 and one of its submodule. */
const split = (eks: string, auth = rows): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.0"

  cluster_name        = "prod"
  authentication_mode = "CONFIG_MAP"
${eks}}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.0"
${auth}
}
`;

test.each([
  ['/* multi\n line */', ''],
  ['/* one */ /* multi\n line */ # end', '\n'],
  [' # end', '\n'],
  ['/* multi\n line */', '\n\nlocals {\n}\n'],
])('aws-auth goes behind the comments %j behind the call', async (comment, rest) => {
  for (const newline of ['\n', '\r\n']) {
    const text = inline(rows, `\n}${comment}${rest}`).replaceAll('\n', newline);
    const result = await run(text);
    expect(result.revisions.map(({ phase }) => phase)).toEqual(allPhases);
    const written = after(result, 'split-aws-auth');
    expect(Object.keys(await calls(written))).toEqual(['eks', 'eks_aws_auth']);
    expect(written).toContain(`}${comment.replaceAll('\n', newline)}${newline}${newline}module "eks_aws_auth"`);
  }
});

test('a comment shares the line of the closing brace', async () => {
  const result = await run(inline(rows, '\n/* c */}\n'));
  expect(result.revisions.map(({ phase }) => phase)).toEqual(allPhases);
  expect(after(result, 'split-aws-auth')).toContain('  cluster_name = "prod"\n\n/* c */\n\n  authentication_mode');
});

test.each([
  ['  access_entries = { # by hand\n  }\n', { keys: ['admins'] }],
  ['  access_entries = { # by hand\n    # none yet\n  }\n', { keys: ['admins'] }],
  ['  access_entries = { a = { # by hand\n    principal_arn = "x"\n  } }\n', { keys: undefined }],
])('the comments in %j stay', async (entries, { keys }) => {
  const written = after(await run(split(entries)), 'add-access-entries');
  expect(written).toContain('# by hand\n');
  const found = (await calls(written))['eks']?.[0]?.['access_entries'];
  if (keys) expect(Object.keys(found ?? {})).toEqual(keys);
  else expect(found).toEqual({ a: { principal_arn: 'x' } });
});

/** The codes of what was found, without the notes about what stays for clean-up. */
const codesOf = ({ diagnostics }: ConvertResult): readonly string[] =>
  diagnostics.map(({ code }) => code).filter(code => code !== 'TAE218');

test('a source in parentheses', async () => {
  const text = inline(rows).replace('"terraform-aws-modules/eks/aws"', '( "terraform-aws-modules/eks/aws" )');
  const result = await run(text);
  expect(result.revisions.map(({ phase }) => phase)).toEqual(allPhases);
  expect((await calls(after(result, 'split-aws-auth')))['eks_aws_auth']?.[0]?.['source']).toBe(
    'terraform-aws-modules/eks/aws//modules/aws-auth',
  );
});

test.each([
  ['"CONFIG_MAP"', '"CONFIG_MAP"\n'],
  ['"API"', '"CONFIG_MAP" # was "API"\n'],
  ['var.mode', '"CONFIG_MAP" # was var.mode\n'],
])('the mode of version 19 stays where the call says %s, which version 19 refuses', async (given, written) => {
  const result = await run(inline(`${rows}\n  authentication_mode = ${given}`));
  expect(after(result, 'split-aws-auth')).toContain(`authentication_mode = ${written}`);
  expect((await calls(after(result, 'split-aws-auth')))['eks']?.[0]?.['authentication_mode']).toBe('CONFIG_MAP');
});

/** Of each comment of a text whether a revision has it: a comment is a letter and a number here. */
const missing = (text: string, written: string): readonly string[] =>
  (text.match(/\bC\d+\b/g) ?? []).filter(comment => !new RegExp(String.raw`\b${comment}\b`).test(written));

test.each([
  `
  aws_auth_node_iam_role_arns_non_windows = concat( # C1
    # C2
    ["arn:aws:iam::111122223333:role/n1"], /* C3
    C4 */
    # C5
    ["arn:aws:iam::111122223333:role/n2" /* C6 */, # C7
    ], # C8
    # C9
  ) # C10
  # C11
  aws_auth_node_iam_role_arns_windows = [ # C12
  ]`,
  `
  aws_auth_fargate_profile_pod_execution_role_arns = ["arn:aws:iam::111122223333:role/f"]
  aws_auth_roles = [ # C1
    # C2
  ] # C3`,
  `
  providers = { # C1
    # C2
    /* C3
    C4 */ kubernetes = kubernetes.eks # C5
    # C6
  } # C7`,
  `
  providers = { /* C1 */
    /* C2
    C3 */
    kubernetes = kubernetes.eks /* C4 */
    aws        = aws /* C5 */
  }`,
  `
  providers = { /* C1 */ kubernetes = kubernetes.eks /* C2 */, /* C3 */ aws = aws /* C4 */ }`,
])('phase 0 keeps the comments of %j', async more => {
  const text = inline(`${more.includes('aws_auth_roles') ? '\n  manage_aws_auth_configmap = true' : rows}${more}`);
  const result = await run(text);
  expect(result.revisions.length).toBeGreaterThan(0);
  expect(missing(text, after(result, 'split-aws-auth'))).toEqual([]);
  const noted = result.diagnostics.filter(({ code }) => code === 'TAE219');
  expect(noted.filter(({ message }) => message.includes('split-aws-auth'))).toEqual([]);
});

test('a comment in text that is replaced is reported with its place', async () => {
  const text = split('').replace('= "CONFIG_MAP"', '= ( # until\n    "CONFIG_MAP" # again\n  )');
  const { diagnostics } = await run(text);
  const found = diagnostics.filter(({ code }) => code === 'TAE219');
  expect(found.map(({ range }) => text.slice(range?.start, range?.end))).toEqual(['# until', '# again']);
});

const configMap = (data: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.0"

  cluster_name        = "prod"
  authentication_mode = "CONFIG_MAP"
}

resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }
${data}}
`;

test.each(['', '  data = {}\n', '  data = {\n    mapRoles = yamlencode([])\n  }\n', '  data = null\n'])(
  'a resource without rows, %j, goes all the way',
  async data => {
    const result = await run(configMap(data));
    expect(result.diagnostics).toEqual([]);
    expect(result.revisions.map(({ phase }) => phase)).toEqual([
      'enable-api',
      'remove-aws-auth',
      'api-only',
      'clean-up',
    ]);
    expect(after(result, 'remove-aws-auth')).toContain('count = 0');
  },
);

test.each(['', '  yaml_body = ""\n'])('a manifest that is off, with the body %j', async body => {
  const text = `${configMap('').slice(0, configMap('').indexOf('resource'))}resource "kubectl_manifest" "aws_auth" {
  count = 0
${body}}
`;
  const result = await run(text);
  expect(codesOf(result).filter(code => code !== 'TAE012')).toEqual([]);
});

const reserved = split('', rows.replace('"arn:aws:iam::111122223333:role/admins"', 'local.admin')).concat(`
locals {
  admin = "arn:aws:iam::\${var.account}:role/AWSReservedSSO_Admin_8f3b1c2d4e5f6a7b"
}
`);

test.each<[RunOptions, string]>([
  [{ ssoRegion: 'eu-west-1' }, 'replace(local.admin, ":role/", ":role/aws-reserved/sso.amazonaws.com/eu-west-1/")'],
  [
    { ssoRegion: 'eu-west-1', emit: 'resources' },
    'replace(local.admin, ":role/", ":role/aws-reserved/sso.amazonaws.com/eu-west-1/")',
  ],
  [{ emit: 'resources' }, 'one(data.aws_iam_roles.admins.arns)'],
  [{}, 'one(data.aws_iam_roles.admins.arns)'],
])('a role of Identity Center that a local names, with %j', async (options, principal) => {
  const result = await run(reserved, options);
  expect(result.revisions.map(({ phase }) => phase)).toEqual(allPhases.slice(1));
  expect(after(result, 'add-access-entries').replace(/\s+/g, ' ')).toContain(`principal_arn = ${principal}`);
});

test('the entry of the creator cannot be asked for where the cluster is elsewhere', async () => {
  const text = split('').slice(split('').indexOf('module "aws_auth"'));
  const options = { emit: 'resources', clusterCreatorAdmin: true, config: { clusterName: 'prod' } } as const;
  const result = await run(text, options);
  expect(codesOf(result)).toContain('TAE243');
  expect(after(result, 'add-access-entries')).not.toContain('creator');
});

test('the ARN of a node role goes on over several lines', async () => {
  const arns =
    '\n  aws_auth_node_iam_role_arns_non_windows = [\n    module.nodes.\n    role_arn, var.x ? # which\n    var.a : var.b,\n  ]';
  const result = await run(inline(`${rows}${arns}`));
  expect(codesOf(result)).not.toContain('TAE006');
  expect(Object.keys(await calls(after(result, 'split-aws-auth')))).toEqual(['eks', 'eks_aws_auth']);
});

test('a heredoc among the groups of a row', async () => {
  const groups = 'groups   = [<<-EOT\n        viewers\n        EOT\n      , "x"]';
  const given = rows.replace('groups   = ["system:masters"]', groups);
  for (const text of [inline(given), split('', given)]) {
    const result = await run(text);
    const [eks] = (await calls(after(result, 'add-access-entries')))['eks'] ?? [];
    expect(eks?.['access_entries']).toMatchObject({ admins: { kubernetes_groups: ['viewers\n', 'x'] } });
  }
});

// An authenticator leaves out a row without an ARN: kubernetes-sigs/aws-iam-authenticator, pkg/config/mapper.go.
test.each(['null', '(null)', 'local.none'])('a row whose principal is %s has none', async principal => {
  const text = `${split('', rows.replace('"arn:aws:iam::111122223333:role/admins"', principal))}\nlocals {\n  none = null\n}\n`;
  const result = await run(text);
  expect(result.rows).toMatchObject([{ disposition: 'blocked', codes: ['TAE306'] }]);
  expect(codesOf(result)).not.toContain('TAE006');
});

test.each(['var /* which */\n.rows', 'var.x ? # which\n var.rows : []', 'var.\nrows'])(
  'a list over several lines that only a plan knows: %s',
  async source => {
    for (const guard of ['', '  count = var.create ? 1 : 0\n']) {
      const text = split('', `\n${guard}  aws_auth_roles = concat(${source})`);
      expect(await calls(after(await run(text), 'add-access-entries'))).toHaveProperty('eks');
    }
  },
);

test('a heredoc alone among the groups of a row, in a file with CRLF', async () => {
  const groups = 'groups   = [<<-EOT\n        viewers\n        EOT\n      ]';
  const given = rows.replace('groups   = ["system:masters"]', groups);
  for (const text of [inline(given), split('', given)]) {
    const result = await run(text.replaceAll('\n', '\r\n'));
    const [eks] = (await calls(after(result, 'add-access-entries')))['eks'] ?? [];
    expect(eks?.['access_entries']).toMatchObject({ admins: { kubernetes_groups: ['viewers\r\n'] } });
  }
});

test('a principal over two lines, whose path was taken off, goes into parentheses', async () => {
  const auth = rows.replace(
    '"arn:aws:iam::111122223333:role/admins"',
    'replace(module.sso\n        .viewer_arn, "aws-reserved/sso.amazonaws.com/eu-west-1/", "")',
  );
  const result = await run(split('', auth));
  expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { eks } = await calls(after(result, 'add-access-entries'));
  // The second line stays as far to the right as the author had it.
  expect(JSON.stringify(eks?.[0]?.['access_entries'])).toMatch(/module\.sso\\n\s+\.viewer_arn\)/);
});

// Source: hclsyntax.ValidIdentifier, which Terraform asks of these names (internal/configs, "Invalid module instance name").
test.each([
  ['module', (name: string) => `module "${name}" {\n  source = "./x"\n}\n`],
  ['resource', (name: string) => `resource "aws_iam_role" "${name}" {\n}\n`],
  ['variable', (name: string) => `variable "${name}" {\n}\n`],
])('a name that Terraform refuses: %s', async (_type, block) => {
  const eks = `module "eks" {\n  source = "terraform-aws-modules/eks/aws"\n  version = "20.24.3"\n}\n\n`;
  for (const name of ['line\\nbreak', '$(>x)', 'a b', '1st', '']) {
    const { revisions, diagnostics } = await run(eks + block(name));
    expect(revisions).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['TAE005']);
    expect(diagnostics[0]?.range?.start).toBe(eks.length);
  }
  for (const name of ['_a', 'a-1', 'größe']) {
    const { diagnostics } = await run(eks + block(name));
    expect(diagnostics.map(({ code }) => code)).not.toContain('TAE005');
  }
});

// Source: hashicorp/terraform, internal/configs/parser_config.go (configFileSchema).
test.each([
  ['module', 'module {\n}\n'],
  ['module', 'module "a" "b" {\n}\n'],
  ['resource', 'resource "aws_iam_role" {\n}\n'],
  ['data', 'data {\n}\n'],
  ['variable', 'variable {\n}\n'],
  ['output', 'output "a" "b" {\n}\n'],
  ['provider', 'provider {\n}\n'],
])('a %s with too few or too many labels: %j', async (type, block) => {
  for (const [above, below] of [
    ['', split('')],
    [split(''), ''],
  ] as const) {
    const { revisions, diagnostics } = await run(`${above}\n${block}\n${below}`);
    expect(revisions).toEqual([]);
    expect(diagnostics.map(({ code, range }) => [code, range?.start])).toEqual([['TAE005', above.length + 1]]);
    expect(diagnostics[0]?.message).toContain(`a block of the type ${type} has`);
  }
});

/** The comments that a note says are gone, of a module that goes through all phases. */
const lost = async (text: string, to?: 'v21'): Promise<readonly string[]> => {
  const { diagnostics, revisions } = await run(text, to ? { to } : {});
  expect(revisions.at(-1)?.phase).toBe(to ? 'upgrade-to-v21' : 'clean-up');
  return diagnostics.filter(({ code }) => code === 'TAE219').map(({ range }) => text.slice(range?.start, range?.end));
};

describe('comments that no revision has any more', () => {
  test('in what clean-up removes', async () => {
    const text = split('').replace(
      'module "aws_auth" {',
      '# Keep in sync with the wiki\nmodule "aws_auth" {\n  # see OPS-12\n',
    );
    expect(await lost(text)).toEqual(['# Keep in sync with the wiki', '# see OPS-12']);
  });

  test('on a value that is replaced, also where a longer comment has the same words', async () => {
    const text = split('', rows)
      .replace('"CONFIG_MAP"', '( # on\n    "CONFIG_MAP"\n  )')
      .replace('cluster_name ', '# on and off\n  cluster_name ');
    expect(await lost(text)).toEqual(['# on']);
  });

  test('in a conditional that is kept as a comment, once that goes', async () => {
    const flag = 'manage_aws_auth_configmap = true';
    const text = split(
      '',
      rows.replace(flag, `create_aws_auth_configmap = var.on /* by hand */ ? true : false\n  ${flag}`),
    );
    expect(await lost(text)).toEqual(['/* by hand */']);
  });

  test('on an argument that version 21 does not have, and on none that it calls otherwise', async () => {
    const text = split(
      '  cluster_version = "1.30" # from PLAT-1\n\n  # until ESC-4\n  enable_efa_support = false # not yet\n',
    );
    expect(await lost(text, 'v21')).toEqual(['# until ESC-4', '# not yet']);
  });

  const yaml = `<<-YAML
      # kept
      - rolearn: arn:aws:iam::111122223333:role/dev
        username: dev
        groups: [dev] # kept, too
      # nobody else,
      # says OPS-1
    YAML
`;

  test('behind the last row in YAML', async () => {
    const text = configMap(`  data = {\n    mapRoles = ${yaml}  }\n`);
    expect(await lost(text)).toEqual(['# nobody else,', '# says OPS-1']);
    expect(after(await run(text), 'clean-up')).toMatch(/# kept\n +# kept, too\n/);
  });

  test('in YAML of a local: they stay where it does', async () => {
    const text = `${configMap('  data = {\n    mapRoles = local.rows\n  }\n')}\nlocals {\n  rows = ${yaml}}\n`;
    expect(await lost(text)).toEqual(['# nobody else,', '# says OPS-1']);
    expect(await lost(`${text}\noutput "rows" {\n  value = local.rows\n}\n`)).toEqual([]);
  });

  test('behind a group: it stays above the groups of its entry', async () => {
    const text = split('', rows.replace('["system:masters"]', '[\n        "dev", # the team of DEV-1\n      ]'));
    const written = after(await run(text), 'add-access-entries');
    expect(written).toMatch(/# the team of DEV-1\n +kubernetes_groups += \["dev"\]/);
  });
});

test('a comment that its entry has is not lost with its row, wherever the migration stands', async () => {
  const text = split('', rows.replace('    {\n', '    # keeps the lights on\n    {\n'));
  const first = await run(text);
  const phase2 = after(first, 'add-access-entries');
  expect(phase2.match(/# keeps the lights on/g)).toHaveLength(2);
  for (const result of [first, await run(phase2)]) {
    expect(after(result, 'clean-up')).toContain('# keeps the lights on');
    expect(codesOf(result)).not.toContain('TAE219');
  }
});

// Source: developer.hashicorp.com/terraform/language/files/override.
test.each([
  ['an entry', 'resource "aws_eks_access_entry" "a"', 'principal_arn = "arn:aws:iam::111122223333:role/admins"'],
  ['a call', 'module "eks"', 'cluster_name = "other"'],
])('an override file that changes %s is refused once, at its place', async (_, header, line) => {
  const entry = 'resource "aws_eks_access_entry" "a" {\n  principal_arn = "arn:aws:iam::111122223333:role/a"\n}\n';
  const files = new Map([
    ['main.tf', `${split('')}\n${entry}`],
    ['x_override.tf', `${header} {\n  ${line}\n}\n`],
  ]);
  const { diagnostics, revisions } = await convert(files, { runtime: await runtime() });
  expect(revisions).toEqual([]);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, range }) => [code, range?.file, range?.start])).toEqual([['TAE009', 'x_override.tf', 0]]);
});
