import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions, type ConvertResult } from '../../lib/convert.ts';
import { hclString, hostileValues } from '../hostile/values.ts';
import { codeBlocks, injectedElements } from '../hostile/markdown.ts';
import { runtime } from '../support/fixture.ts';
import { printedBy, sectionOf } from '../support/runbook.ts';

const run = async (text: string, options: Omit<ConvertOptions, 'runtime'> = {}): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { ...options, runtime: await runtime() });

const module20 = (rows: string, name = 'demo'): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = ${hclString(name)}
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = ${rows}
}
`;

const ops = `[{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["system:masters"] }]`;

const problems = async (text: string, options?: Omit<ConvertOptions, 'runtime'>): Promise<readonly string[]> => {
  const { runbook } = await run(text, options);
  expect(runbook).not.toBe('');
  const steering = runbook
    .split('\n')
    .filter(line => /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}/u.test(line));
  return [...injectedElements(runbook), ...steering];
};

const ci = '{ rolearn = aws_iam_role.ci.arn, username = "ci", groups = ["ci"] }';
const ciRole = 'resource "aws_iam_role" "ci" {\n  name = "ci"\n}\n';

const writingCommands = async (text: string): Promise<readonly string[]> =>
  (await run(text)).runbook
    .split('\n')
    .filter(line => /tool convert .*--phase (?:remove-aws-auth|api-only)/.test(line));

const paired = (text: string, name: string): string =>
  text.replace('aws_auth_roles', `depends_on = [module.${name}]\n  aws_auth_roles`);

describe('the command that writes phases 3 and 4', () => {
  // Their live entries are found by the ARNs of the live rows, which the copy has that the gates make.
  test('has the ConfigMap where a row names its principal by an expression', async () => {
    const found = await writingCommands(module20(`[${ci}]`) + ciRole);
    expect(found.map(line => line.includes(' --aws-auth aws-auth-backup.yaml'))).toEqual([true, true]);
  });

  test('has none where each row has its ARN', async () => {
    const found = await writingCommands(module20(ops));
    expect(found.map(line => line.includes('--aws-auth'))).toEqual([false, false]);
  });

  test('has no snapshot where two clusters have one name, which it does not tell apart', async () => {
    const other = module20(ops).replace('"eks"', '"other"').replace('"aws_auth"', '"aws_auth_other"');
    const found = await writingCommands(paired(module20(ops), 'eks') + paired(other, 'other'));
    expect(found.map(line => [line.includes('--existing'), line.includes('--accept-unverified')])).toEqual([
      [false, true],
      [false, true],
    ]);
  });
});

describe('a value of the input', () => {
  test.each(hostileValues)('%j is escaped where it is printed', async value => {
    const text = hclString(value);
    const guarded = `(var.on == ${text} ? ${ops} : [])`;
    const inline = (repetition: string): string => `module "eks" {
  source   = "terraform-aws-modules/eks/aws"
  version  = "19.21.0"
  for_each = ${repetition}

  cluster_name              = "demo"
  manage_aws_auth_configmap = true
  aws_auth_roles            = ${ops}
}
`;
    const given = {
      variableFiles: new Map([['a.tfvars', `rows = [{ rolearn = ${text}, username = ${text}, groups = [${text}] }]`]]),
    };
    const listed = `${module20('var.rows')}variable "rows" {\n  type = any\n}\n`;
    expect(await problems(module20(ops, value))).toEqual([]);
    expect(await problems(module20(guarded))).toEqual([]);
    expect(await problems(inline(`toset([${text}])`))).toEqual([]);
    expect(await problems(listed, given)).toEqual([]);
    expect(await problems(module20(ops, value), { emit: 'aws-cli' })).toEqual([]);
  });
});

test('the way back of phase 2 forgets no entry by itself: those of this migration are to be destroyed', async () => {
  const result = await run(module20(ops));
  const commands = codeBlocks(result.runbook, 'sh').flatMap(block => block.split('\n'));
  expect(commands.filter(line => line.includes('state rm') || line.includes('--back'))).toEqual([]);
  // An association that the state still has would be destroyed, and the entry that stays would override its row with nothing.
  expect(printedBy(result, 2, '--back')).toBe(
    `terraform state rm 'module.eks.aws_eks_access_entry.this["ops"]'
terraform state rm 'module.eks.aws_eks_access_policy_association.this["ops_cluster_admin"]'
`,
  );
  const standalone = await run(module20(ops), { emit: 'resources' });
  expect(printedBy(standalone, 2, '--back')).toBe(
    'terraform state rm aws_eks_access_entry.ops\nterraform state rm aws_eks_access_policy_association.ops_cluster_admin\n',
  );
});

// Terraform: `state rm` of a resource takes all its instances, and `import` wants the address that the source has. The import ids:
// registry.terraform.io/providers/hashicorp/kubernetes, resources config_map, config_map_v1 and manifest.
test.each([
  ['kubernetes_config_map', '', 'kubernetes_config_map.auth', 'kube-system/aws-auth'],
  ['kubernetes_config_map_v1', '', 'kubernetes_config_map_v1.auth', 'kube-system/aws-auth'],
  ['kubernetes_config_map', '  count = var.on ? 1 : 0\n', "'kubernetes_config_map.auth[0]'", 'kube-system/aws-auth'],
  ['kubernetes_config_map_v1_data', '  force = true\n', 'kubernetes_config_map_v1_data.auth', undefined],
])('the way back of phase 3 names a %s by its address of phase 2: %j', async (type, more, address, id) => {
  const [eks] = module20('[]').split('module "aws_auth"');
  const result = await run(`${eks}
variable "on" {}

resource "${type}" "auth" {
${more}
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode(${ops})
  }
}
`);
  const lines = printedBy(result, 3, '--back').trim().split('\n');
  expect([lines[0], lines.slice(2)]).toEqual([
    `terraform state rm ${address}`,
    id === undefined ? [] : [`terraform import ${address} ${id}`],
  ]);
  expect(lines[1]).toMatch(/^kubectl .*apply -f /);
});

test('each phase is written by the tool, with what was given to it, and no file is copied over the source', async () => {
  const rows = ops.replace('role/ops', 'role/AWSReservedSSO_Ops_0123456789abcdef');
  const { runbook } = await run(module20(rows), {
    ssoRegion: 'eu-west-1',
    runner: 'arn:aws:iam::111122223333:role/ci',
  });
  expect(runbook).not.toContain('copy the files');
  const written = runbook.split('\n').filter(line => line.includes('tool convert'));
  expect(written.map(line => /--phase (\S+)/.exec(line)?.[1])).toEqual([
    'enable-api',
    'add-access-entries',
    'remove-aws-auth',
    'api-only',
    'clean-up',
  ]);
  for (const line of written) expect(line).toContain('--write');
  for (const line of written) expect(line).toContain('--sso-region eu-west-1');
  expect(written[2]).toContain('--existing entries.json --runner arn:aws:iam::111122223333:role/ci');
});

test('what is looked for in the plan comes after the plan is made', async () => {
  const text = `${module20('var.rows')}variable "rows" {\n  type = any\n}\n`;
  const phase2 = sectionOf((await run(text)).runbook, 2);
  const places = [
    'terraform init',
    'terraform plan -out=2.tfplan',
    'gates 2 --plan=2.tfplan',
    'terraform apply 2.tfplan',
  ];
  const found = places.map(place => phase2.indexOf(place));
  expect(found).toEqual(found.filter(place => place > 0).toSorted((a, b) => a - b));
});

test('a cluster whose name the source does not tell is to be named in the config', async () => {
  const text = module20(ops).replace('"demo"', 'var.name');
  expect((await run(text)).runbook).toContain('"clusterName"');
  expect((await run(module20(ops))).runbook).not.toContain('"clusterName"');
});

test('a call of several instances has the cluster of each asked, and phases 3 and 4 go without a snapshot', async () => {
  const each = '  for_each = toset(["blue", "green"])\n';
  const text = module20(ops)
    .replace('"demo"', 'each.key')
    .replaceAll(/^module .*\n/gm, head => head + each);
  const { runbook, revisions } = await run(text);
  expect(revisions).toHaveLength(5);
  expect(runbook).toContain('`module.eks` has `for_each`: each instance is a cluster');
  expect(runbook).not.toContain('"clusterName"');
  for (const phase of [3, 4]) {
    expect(sectionOf(runbook, phase)).toContain(' --accept-unverified\n');
    expect(sectionOf(runbook, phase)).not.toContain('--runner');
  }
});

const commands = (runbook: string, command: string): readonly string[] =>
  runbook.split('\n').filter(line => line.includes(`tool ${command}`));

describe('what the config decides about rows', () => {
  const viewers = `[{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]`;
  const config = { groups: { ops: { policy: 'AmazonEKSViewPolicy' } } } as const;

  test('is told to what judges a plan and the live cluster, from phase 2 on', async () => {
    const { runbook } = await run(module20(viewers), { config });
    const flag = '--config tf-access-entries.config.json';
    const judged = commands(runbook, 'verify-plan');
    expect(judged.filter(line => line.includes(flag))).toHaveLength(judged.length - 1);
    expect(judged[0]).not.toContain(flag);
    expect(commands(runbook, 'verify-access').every(line => line.includes(flag))).toBe(true);
    // The command that writes finds it by itself.
    expect(commands(runbook, 'convert').filter(line => line.includes('--config'))).toEqual([]);
  });

  test('stands where the command line said', async () => {
    const { runbook } = await run(module20(viewers), { config, configFile: '../shared config.json' });
    for (const command of ['convert', 'verify-access']) {
      const lines = commands(runbook, command);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.filter(line => !line.includes("--config '../shared config.json'"))).toEqual([]);
    }
  });

  test('is nothing to them where it decides about none', async () => {
    const { runbook } = await run(module20(ops), { config: { clusterName: 'demo' } });
    expect(runbook).not.toContain('--config');
  });
});

const adoptionIn = async (text: string): Promise<string> =>
  codeBlocks(sectionOf((await run(text)).runbook, 2), 'sh').at(-1) ?? '';

describe('after a killed apply', () => {
  const provider = 'provider "aws" {\n  region = "eu-west-1"\n}\n';

  test('entries that the source tells are adopted by import blocks, from a snapshot taken then', async () => {
    expect(await adoptionIn(module20(ops))).toBe(
      'gates snapshot\ntool import-blocks . --cluster-name demo --existing entries.json > adopt-entries.tf',
    );
    expect((await run(module20(ops))).runbook).toContain('`rm adopt-entries.tf` after it');
  });

  test.each([
    ['rows that only a plan knows', `${module20('var.rows')}variable "rows" {\n  type = any\n}\n${provider}`],
    ['an ARN that only a plan knows', module20(ops.replace(/"arn:[^"]*"/, 'aws_iam_role.ops.arn'))],
    ['a directory that other modules call', `${module20(ops)}variable "name" {\n  type = string\n}\n`],
  ])('of %s the plan tells the address', async (_name, text) => {
    expect(await adoptionIn(text)).toBe('gates adopt | bash\ngates snapshot');
  });
});

const made = (rows: string, more = ''): string =>
  `${module20(rows)}locals {\n  team = module.team.rows\n}\nmodule "team" {\n  source = "./team"\n}\nvariable "rows" {\n  type = any\n}\n${more}`;

describe('principals that the same apply makes', () => {
  const warned = '"Invalid for_each argument"';

  test.each([
    ['a module', 'local.team', ['module.team']],
    [
      'a role',
      '[for role in aws_iam_role.x : { rolearn = role.arn, username = "x", groups = ["x"] }]',
      ['aws_iam_role.x'],
    ],
    [
      'both',
      'concat(local.team, [for r in aws_iam_role.x : { rolearn = r.arn, username = "x", groups = ["x"] }])',
      ['module.team', 'aws_iam_role.x'],
    ],
  ])('are made first: by %s', async (_name, rows, makers) => {
    const { gates, diagnostics } = await run(made(rows, 'resource "aws_iam_role" "x" {\n  for_each = var.rows\n}\n'));
    const notes = diagnostics.filter(({ code }) => code === 'TAE420').map(({ message }) => message);
    for (const maker of makers) {
      expect(notes.filter(note => note.includes(warned) && note.includes(maker))).toHaveLength(1);
      expect(gates).toMatch(new RegExp(`terraform plan .*-target=${maker.replace('.', String.raw`\.`)}`));
    }
  });

  test('are asked for in words where only the caller knows what makes them', async () => {
    const { gates, diagnostics } = await run(made('var.rows'));
    expect(diagnostics.filter(({ message }) => message.includes(warned))).toEqual([]);
    expect(gates).not.toContain('-target=');
    expect(gates).toContain('Invalid for_each argument');
  });

  test('are none where all rows stand in the source', async () => {
    expect((await run(module20(ops))).gates).not.toContain('Invalid for_each');
  });
});

// In mode CONFIG_MAP there are no entries to list, and the revision for all environments comes before any phase.
test('the gates of what changes nothing anywhere ask for no live entries', async () => {
  const { gates } = await run(module20(ops), { perEnvironment: true });
  expect(gates).toMatch(/^ {4}snapshot-before \|.* add-access-entries-before /m);
  expect(gates).not.toContain('per-environment-before |');
  expect(gates).not.toContain('per-environment-after |');
});
