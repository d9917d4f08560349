import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { codeBlocks } from '../hostile/markdown.ts';
import { fixturesOf, runtime, themes } from '../support/fixture.ts';
import { runGates } from './support/gates.ts';

/*
 * The set-up of every fixture's runbook is pasted with its own gates.sh, where AWS and Terraform answer what they answer on a bad day.
 * The shell goes on, since it is somebody's terminal; no gate passes with a variable that is empty or holds no value.
 */

const account = '111122223333';

/** What `aws` and `terraform` print, as a script of sh. */
const answers = {
  'the value': undefined,
  'an error': 'echo "an error of the service" >&2; exit 254',
  nothing: 'exit 0',
  None: 'echo None',
  null: 'echo null',
  'two lines': `echo arn:aws:iam::${account}:role/a; echo arn:aws:iam::${account}:role/b`,
  'what only an apply tells': 'echo "(known after apply)"',
} as const;

const tools = (answer: string | undefined): Readonly<Record<string, string>> => ({
  aws: `case "$1 $2" in 'eks update-kubeconfig') exit 0 ;; esac
${
  answer ??
  `case "$1 $2" in
  'configure get') echo eu-west-1 ;;
  'sts get-caller-identity') echo arn:aws:sts::${account}:assumed-role/ci/1 ;;
  *) echo arn:aws:iam::${account}:role/a/path/found ;;
esac`
}`,
  terraform: `asked=$(cat)
${answer ?? `case "$1 $asked" in 'console '*name) echo '"told"' ;; *) echo '"arn:aws:iam::${account}:role/told"' ;; esac`}`,
  terragrunt: answer ?? 'echo told',
  npx: 'exit 0',
});

const shells = ['bash', 'zsh'].filter(name => spawnSync(name, ['-c', ':']).error === undefined);

type Pasted = { readonly stdout: string; readonly stderr: string; readonly held: ReadonlyMap<string, string> };

const paste = (
  { runbook, gates }: Pick<ConvertResult, 'runbook' | 'gates'>,
  answer: string | undefined,
  { env = {}, more = '', shell = 'bash' }: { env?: Record<string, string>; more?: string; shell?: string } = {},
): Pasted => {
  const directory = directoryWith();
  const staged = join(directory, 'access-entries-migration');
  const bin = join(directory, 'bin');
  for (const made of [staged, bin]) mkdirSync(made);
  writeFileSync(join(staged, 'gates.sh'), gates);
  for (const [name, text] of Object.entries(tools(answer))) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const setUp = codeBlocks(runbook.split(/^## Checklist/m)[0] ?? '', 'sh').join('\n');
  const script = `${setUp}\n${more}\necho alive\nexport -p\n`;
  const { stdout, stderr } = spawnSync(shell, [shell === 'bash' ? '--norc' : '-f', '-s'], {
    cwd: directory,
    input: script,
    encoding: 'utf8',
    env: { PATH: `${bin}:/usr/bin:/bin`, HOME: directory, ...env },
  });
  const held = [...stdout.matchAll(/^(?:declare -x |export )(\w+)=["']?([^"'\n]*)["']?$/gm)];
  return { stdout, stderr, held: new Map(held.map(([, name = '', value = '']) => [name, value])) };
};

/** The variables of the set-up, in its order. */
const asked = ({ runbook }: Pick<ConvertResult, 'runbook'>): readonly string[] =>
  [...runbook.matchAll(/^export (\w+)="\$\{\1:-\$\(gates value \1\)\}"$/gm)].map(([, name = '']) => name);

/** Those that this script can look up. */
const known = ({ gates }: Pick<ConvertResult, 'gates'>, names: readonly string[]): readonly string[] =>
  names.filter(name => new RegExp(`^    ${name}\\) .* ;;$`, 'm').test(gates));

/** Those that gates go by. */
const usedBy = ({ gates }: Pick<ConvertResult, 'gates'>): readonly string[] =>
  [...gates.matchAll(/"\$\{(ARN_OF_\w+|CLUSTER_NAME\w*)-\}"/g)].map(([, name = '']) => name);

const valueOf = (name: string): string => {
  if (name === 'AWS_REGION') return 'eu-north-1';
  return name.startsWith('CLUSTER_NAME') ? 'mine' : `arn:aws:iam::${account}:role/mine`;
};

describe.each(themes)('%s', theme => {
  test.each(fixturesOf(theme).map(fixture => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const book = await convert(fixture.files, { ...fixture.options, runtime: await runtime() });
    if (book.runbook === '') return;
    const names = asked(book);
    expect(names).toEqual(expect.arrayContaining([...usedBy(book)]));

    // Those of every runbook are below.
    if (names.every(name => name === 'AWS_REGION' || name === 'RUNNER_ARN')) return;
    const pasted = paste(book, undefined);
    expect(pasted.stdout).toMatch(/^alive$/m);
    const found = known(book, names);
    expect(names.filter(name => (pasted.held.get(name) ?? '') !== '')).toEqual(found);
    // What nobody can look up is asked for by its name.
    for (const name of names)
      expect([name, pasted.stderr.includes(`${name} is not set`)]).toEqual([name, !found.includes(name)]);
  });
});

/** Each kind of what is looked up: the region, the name of the cluster, ARNs by IAM and from the state, who runs it. */
const source = `terraform {
  backend "s3" {}
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = var.name
}

variable "name" {
  type = string
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = [
    { rolearn = aws_iam_role.by_name.arn, username = "by_name", groups = ["system:masters"] },
    { rolearn = module.other.role_arn, username = "other", groups = ["b"] },
  ]
}

resource "aws_iam_role" "by_name" {
  name = "by-name"
}

module "other" {
  source = "./other"
}
`;
const bookOf = async (): Promise<ConvertResult> =>
  convert(new Map([['main.tf', source]]), { runtime: await runtime() });
const all = ['AWS_REGION', 'CLUSTER_NAME', 'ARN_OF_BY_NAME', 'ARN_OF_OTHER', 'RUNNER_ARN'];

describe.each(shells)('in %s', shell => {
  test('the set-up exports what AWS and Terraform tell', async () => {
    const { held, stderr } = paste(await bookOf(), undefined, { shell });
    expect([all.map(name => held.get(name)), stderr]).toEqual([
      [
        'eu-west-1',
        'told',
        `arn:aws:iam::${account}:role/a/path/found`,
        `arn:aws:iam::${account}:role/told`,
        `arn:aws:iam::${account}:role/ci`,
      ],
      '',
    ]);
  });

  test.each(Object.entries(answers).filter(([, answer]) => answer !== undefined))(
    'where the answer is %s, each variable is empty, and a sentence says so',
    async (_name, answer) => {
      const { held, stderr, stdout } = paste(await bookOf(), answer, { shell });
      expect(all.map(name => [name, held.get(name)])).toEqual(all.map(name => [name, '']));
      for (const name of all)
        expect(stderr).toMatch(new RegExp(`^gates.sh: ${name} is not set: the look-up .* by export ${name}=`, 'm'));
      expect(stdout).toMatch(/^alive$/m);
    },
  );

  test('what is exported stays, also where nothing answers and where gates.sh is not there', async () => {
    const book = await bookOf();
    const env = Object.fromEntries(all.map(name => [name, valueOf(name)]));
    for (const gates of [book.gates, 'exit 127']) {
      const { held, stderr } = paste({ ...book, gates }, answers['an error'], { shell, env });
      expect([all.map(name => held.get(name)), stderr]).toEqual([all.map(valueOf), '']);
    }
  });

  test('the region is that of AWS_DEFAULT_REGION where there is one', async () => {
    const { held } = paste(await bookOf(), undefined, { shell, env: { AWS_DEFAULT_REGION: 'us-east-2' } });
    expect(held.get('AWS_REGION')).toBe('us-east-2');
  });
});

describe('without a variable', () => {
  const arn = `arn:aws:iam::${account}:role/found`;
  const values = { CLUSTER_NAME: 'demo', ARN_OF_BY_NAME: arn, ARN_OF_OTHER: arn };

  test.each(['2', '2 --after'])('gates %s ends, and leaves no snapshot', async args => {
    const { gates } = await bookOf();
    for (const empty of ['', 'None', `${arn} ${arn}`, 'arn:aws:sts::111122223333:assumed-role/found/1']) {
      const variables = { ...values, ARN_OF_OTHER: empty };
      const { status, stderr, file } = await runGates(gates, args, { variables, roles: { found: arn } });
      expect([status, file('entries.json')]).toEqual([1, undefined]);
      expect(stderr).toMatch(/In the way: ARN_OF_OTHER holds .* export ARN_OF_OTHER=/);
      expect(stderr).not.toContain('ARN_OF_BY_NAME');
    }
    const { stderr } = await runGates(gates, args, { variables: values, roles: { found: arn } });
    expect(stderr).not.toContain('In the way');
  });

  test('gates 2 --repair prints all commands, and says which one has no principal', async () => {
    const { gates } = await bookOf();
    const { status, stdout, stderr } = await runGates(gates, '2 --repair', { variables: { CLUSTER_NAME: 'demo' } });
    expect([status, stdout, stderr]).toEqual([
      0,
      expect.stringContaining('--principal-arn "$ARN_OF_BY_NAME"'),
      expect.stringContaining('ARN_OF_BY_NAME holds nothing'),
    ]);
  });

  test.each(['value', 'value HOME', 'value AWS_REGION AWS_REGION'])('gates %s is wrong usage', async args => {
    const { gates } = await bookOf();
    expect(await runGates(gates, args, {})).toMatchObject({ status: 2, stdout: '' });
  });
});
