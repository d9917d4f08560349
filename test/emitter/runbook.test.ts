import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions, type ConvertResult } from '../../lib/convert.ts';
import { hclString, hostileValues } from '../hostile/values.ts';
import { codeBlocks, injectedElements } from '../hostile/markdown.ts';
import { runtime } from '../support/fixture.ts';

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
  const { runbook } = await run(module20(ops));
  const commands = codeBlocks(runbook, 'sh').flatMap(block => block.split('\n'));
  expect(commands.filter(line => /^terraform state rm .*aws_eks_access_/.test(line))).toEqual([]);
});

test('each phase is written by the tool, with what was given to it, and no file is copied over the source', async () => {
  const rows = ops.replace('role/ops', 'role/AWSReservedSSO_Ops_0123456789abcdef');
  const { runbook } = await run(module20(rows), {
    ssoRegion: 'eu-west-1',
    runner: 'arn:aws:iam::111122223333:role/ci',
  });
  expect(runbook).not.toContain('copy the files');
  const written = runbook.split('\n').filter(line => line.startsWith('npx tf-access-entries convert'));
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

/** Programs that say what they were called with; `verdict` is what verify-plan ends with. */
const pasted = (commands: string, verdict: number): readonly string[] => {
  const directory = mkdtempSync(join(tmpdir(), 'pasted-'));
  const program = (name: string, text: string): void =>
    writeFileSync(join(directory, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  program(
    'npx',
    `test "$2" != verify-plan || cat > /dev/null; echo "npx $2" >> log; test "$2" != verify-plan || exit ${verdict}`,
  );
  program(
    'terraform',
    'echo "terraform $1" >> log; case "$1" in plan) touch "${2#-out=}";; show) echo "{}";; apply) test -f "$2" && echo applied >> log;; esac',
  );
  for (const name of ['aws', 'kubectl', 'jq']) program(name, 'exit 0');
  try {
    spawnSync('bash', { cwd: directory, input: commands, env: { PATH: `${directory}:/usr/bin:/bin` } });
    return readFileSync(join(directory, 'log'), 'utf8').trim().split('\n');
  } finally {
    rmSync(directory, { recursive: true });
  }
};

describe('a phase that is pasted as a whole', () => {
  test.each(['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'])(
    '%s is applied where verify-plan passes, and not where it refuses the plan',
    async phase => {
      const { runbook } = await run(module20(ops));
      const section =
        runbook.split(/^## /m).find(part => part.startsWith('Phase') && part.includes(`: ${phase}\n`)) ?? '';
      // Up to what a killed apply needs, and the way back, which are no part of it.
      const commands = codeBlocks(section.split(/^(?:Verify:|If the apply was killed)/m)[0] ?? '', 'sh')
        .filter(block => !block.includes('create-access-entry') && !block.includes('-refresh=false'))
        .join('\n');
      const written = ['npx convert', 'terraform plan', 'terraform show', 'npx verify-plan'];
      const checks = phase === 'remove-aws-auth' ? ['npx verify-access'] : [];
      expect(pasted(commands, 0)).toEqual([...checks, ...written, 'terraform apply', 'applied']);
      expect(pasted(commands, 1)).toEqual([...checks, ...written, 'terraform apply']);
    },
  );
});

test('what is looked for in the plan comes after the plan is made', async () => {
  const text = `${module20('var.rows')}variable "rows" {\n  type = any\n}\n`;
  const { runbook } = await run(text);
  const phase2 = runbook.slice(runbook.indexOf('## Phase 2'), runbook.indexOf('## Phase 3'));
  const plan = phase2.indexOf('terraform plan -out=phase-2.tfplan');
  expect(plan).toBeGreaterThan(phase2.indexOf('terraform init'));
  expect(phase2.indexOf('.principal_arn')).toBeGreaterThan(plan);
  expect(phase2.indexOf('terraform apply phase-2.tfplan')).toBeGreaterThan(phase2.indexOf('.principal_arn'));
});

test('a cluster whose name the source does not tell is to be named in the config', async () => {
  const text = module20(ops).replace('"demo"', 'var.name');
  expect((await run(text)).runbook).toContain('"clusterName"');
  expect((await run(module20(ops))).runbook).not.toContain('"clusterName"');
});

const commands = (runbook: string, command: string): readonly string[] =>
  runbook.split('\n').filter(line => line.includes(`tf-access-entries ${command}`));

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

const adoptionIn = async (text: string): Promise<readonly string[]> => {
  const { runbook } = await run(text);
  return codeBlocks(/^If the apply was killed[\s\S]*?^Verify:/m.exec(runbook)?.[0] ?? '', 'sh');
};

describe('after a killed apply', () => {
  const provider = 'provider "aws" {\n  region = "eu-west-1"\n}\n';

  test('entries that the source tells are adopted by import blocks, from a snapshot taken then', async () => {
    const [adopt = '', apply = ''] = await adoptionIn(module20(ops));
    const [loop, blocks, plan, judged] = [
      'for arn in',
      'import-blocks . --cluster-name demo',
      'terraform plan',
      'verify-plan -',
    ].map(part => adopt.indexOf(part));
    expect([loop, blocks, plan, judged].toSorted((a = 0, b = 0) => a - b)).toEqual([0, blocks, plan, judged]);
    expect(apply).toContain('terraform apply phase-2.tfplan && rm adopt-entries.tf');
  });

  test.each([
    ['rows that only a plan knows', `${module20('var.rows')}variable "rows" {\n  type = any\n}\n${provider}`],
    ['an ARN that only a plan knows', module20(ops.replace(/"arn:[^"]*"/, 'aws_iam_role.ops.arn'))],
    ['a directory that other modules call', `${module20(ops)}variable "name" {\n  type = string\n}\n`],
  ])('of %s the plan tells the address', async (_name, text) => {
    const [adopt = ''] = await adoptionIn(text);
    expect(adopt).toContain('terraform import "$address" "$cluster:$arn"');
    expect(adopt).not.toContain('import-blocks');
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
    const { runbook, diagnostics } = await run(made(rows, 'resource "aws_iam_role" "x" {\n  for_each = var.rows\n}\n'));
    const notes = diagnostics.filter(({ code }) => code === 'TAE420').map(({ message }) => message);
    for (const maker of makers) {
      expect(notes.filter(note => note.includes(warned) && note.includes(maker))).toHaveLength(1);
      expect(runbook).toMatch(new RegExp(`terraform plan .*-target=${maker.replace('.', String.raw`\.`)}`));
    }
    // Before the plan, not after it.
    expect(runbook.indexOf('-target=')).toBeLessThan(runbook.indexOf('terraform plan -out=phase-2.tfplan'));
  });

  test('are asked for in words where only the caller knows what makes them', async () => {
    const { runbook, diagnostics } = await run(made('var.rows'));
    expect(diagnostics.filter(({ message }) => message.includes(warned))).toEqual([]);
    expect(runbook).not.toContain('-target=');
    expect(runbook).toContain('Invalid for_each argument');
  });

  test('are none where all rows stand in the source', async () => {
    expect((await run(module20(ops))).runbook).not.toContain('Invalid for_each');
  });
});
