import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertOptions, type ConvertResult } from '../../lib/convert.ts';
import type { Edit } from '../../lib/hcl/index.ts';
import { loadPhases, stage, type Phase, type State } from '../../lib/emitter/index.ts';
import { findings, readState } from '../../lib/read-state.ts';
import { runtime } from '../support/fixture.ts';

const run = async (text: string, options: Omit<ConvertOptions, 'runtime'> = {}): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { ...options, runtime: await runtime() });

const statusOf = ({ report }: ConvertResult): Readonly<Record<string, string>> =>
  Object.fromEntries(report.phases.map(({ id, status }) => [id, status]));

const phasesOf = ({ revisions }: ConvertResult): readonly string[] => revisions.map(({ phase }) => phase);
const codesOf = ({ diagnostics }: ConvertResult): readonly string[] => diagnostics.map(({ code }) => code);

const row = (name: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["system:masters"] },`;

const awsAuth = (lists: string): string => `module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  create_aws_auth_configmap = true
  manage_aws_auth_configmap = true

${lists}
}
`;

const eks = (more = ''): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name = "one"
${more}}
`;

/** The path of these roles is taken off in a way that only a person can turn round. */
const rewritten = `  aws_auth_roles = [for arn in var.teams : {
    rolearn  = replace(arn, "role/teams/", "role/")
    username = "team"
    groups   = ["teams"]
  }]`;

const teams = 'variable "teams" {\n  type = list(string)\n}\n';
const users = 'variable "users" {\n  type = list(any)\n}\n';

describe('rows that are blocked, and nothing else to convert', () => {
  const options = { emit: 'resources', config: { clusterName: 'one' } } as const;

  test('phase 2 of a cluster elsewhere is blocked, not done', async () => {
    const result = await run(`${awsAuth(rewritten)}\n${teams}`, options);
    expect(codesOf(result)).toContain('TAE212');
    expect(statusOf(result)).toMatchObject({ 'add-access-entries': 'blocked', 'remove-aws-auth': 'blocked' });
    expect(result.report.phases.find(({ id }) => id === 'add-access-entries')?.blockedBy).toEqual(['TAE212']);
    expect(result.sourcePhase).toBe(undefined);
    expect(result.blockedFrom).toBe('add-access-entries');
    expect(result.runbook).toMatch(/2 add-access-entries \| blocked by TAE212/);
  });

  test('phase 2 of a cluster whose mode has the API is blocked, not done', async () => {
    const mode = '\n  authentication_mode = "API_AND_CONFIG_MAP"\n';
    const bad = '  aws_auth_roles = [{ rolearn = "admin", username = "a", groups = ["system:masters"] }]';
    const result = await run(`${eks(mode)}\n${awsAuth(bad)}`);
    expect(statusOf(result)).toMatchObject({ 'enable-api': 'done', 'add-access-entries': 'blocked' });
    expect(result.report.phases.find(({ id }) => id === 'add-access-entries')?.blockedBy).toEqual(['TAE304']);
    expect(result.sourcePhase).toBe('enable-api');
  });

  test('what converts beside a blocked row is phase 2, and that is done in its revision', async () => {
    const bad = '{ rolearn = "admin", username = "a", groups = ["system:masters"] },';
    const text = `${eks()}\n${awsAuth(`  aws_auth_roles = [\n    ${row('ops')}\n    ${bad}\n  ]`)}`;
    const result = await run(text);
    expect(phasesOf(result)).toEqual(['enable-api', 'add-access-entries']);
    const again = await run(result.revisions.at(-1)?.files.get('main.tf') ?? '');
    expect(again.sourcePhase).toBe('add-access-entries');
    expect(again.blockedFrom).toBe('remove-aws-auth');
  });
});

describe('a call that is off, with a row of which it is not known whether it is in force', () => {
  const mode = '\n  authentication_mode = "API_AND_CONFIG_MAP"\n';
  const text = `${eks(mode)}\n${awsAuth(`  aws_auth_roles = [\n    ${row('ops')}\n  ]`).replaceAll('true', 'false')}`;
  const principal = 'arn:aws:iam::111122223333:role/ops';
  const accepted = { accept: [{ principal, code: 'TAE310', reason: 'a test' }] } as const;
  const bad = '{ rolearn = "admin", username = "a", groups = ["system:masters"] },';

  test('phase 3 is blocked, since somebody else writes the ConfigMap', async () => {
    const result = await run(text);
    expect(statusOf(result)).toMatchObject({ 'add-access-entries': 'blocked', 'remove-aws-auth': 'blocked' });
  });

  test('phase 3 is blocked beside a row that is converted', async () => {
    const result = await run(text.replace('  ]', `    ${bad}\n  ]`), { config: accepted });
    expect(statusOf(result)).toMatchObject({ 'add-access-entries': 'ready', 'remove-aws-auth': 'blocked' });
    const again = await run(result.revisions.at(-1)?.files.get('main.tf') ?? '', { config: accepted });
    expect(again.sourcePhase).toBe('add-access-entries');
    expect(again.blockedFrom).toBe('remove-aws-auth');
  });

  test('phase 3 has nothing to change once each row has its entry', async () => {
    const result = await run(text, { config: accepted });
    expect(statusOf(result)).toMatchObject({ 'add-access-entries': 'ready', 'remove-aws-auth': 'nothing-to-change' });
    const again = await run(result.revisions.at(0)?.files.get('main.tf') ?? '');
    expect(again.sourcePhase).toBe('remove-aws-auth');
  });
});

describe('one list that only a plan knows and that cannot be converted', () => {
  const text = `${eks()}\n${awsAuth(`${rewritten}\n\n  aws_auth_users = var.users`)}\n${teams}\n${users}`;

  test('the other lists of the mapping are converted', async () => {
    const result = await run(text);
    expect(codesOf(result)).toEqual(expect.arrayContaining(['TAE212', 'TAE420']));
    expect(result.report.lists.map(({ list, disposition }) => [list, disposition])).toEqual([
      ['roles', 'blocked'],
      ['users', 'converted'],
    ]);
    expect(phasesOf(result)).toEqual(['enable-api', 'add-access-entries']);
    const written = result.revisions.at(-1)?.files.get('main.tf') ?? '';
    expect(written).toMatch(/^ {2}users += var\.users$/m);
    expect(written.split('replace(arn').length - 1).toBe(1);
    expect(result.blockedFrom).toBe('remove-aws-auth');
  });

  test('its revision is found at phase 2 and leads no further', async () => {
    const result = await run(text);
    const again = await run(result.revisions.at(-1)?.files.get('main.tf') ?? '');
    expect(again.sourcePhase).toBe('add-access-entries');
    expect(again.revisions).toEqual([]);
    expect(again.blockedFrom).toBe('remove-aws-auth');
  });
});

describe('without revisions', () => {
  const text = `data "aws_caller_identity" "current" {}

${eks()}
${awsAuth(`  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::\${data.aws_caller_identity.current.account_id}:role/ops"
      username = "ops"
      groups   = ["system:masters"]
    },
  ]`)}`;

  test('the report is the one of the staged run', async () => {
    const [staged, told] = [await run(text), await run(text, { revisions: false })];
    expect(told.revisions).toEqual([]);
    expect(told.report).toEqual(staged.report);
    expect(staged.report.phases.find(({ id }) => id === 'clean-up')?.changes).toEqual(['module.aws_auth: removed']);
  });
});

describe('a call that is declared twice', () => {
  const inline = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name = "one"

  manage_aws_auth_configmap = true
  aws_auth_roles            = [${row('ops').slice(0, -1)}]
}
`;
  const plain = inline.replace(/\n {2}manage[\s\S]*\]\n/, '');

  const mapping = awsAuth(`  aws_auth_roles = [${row('ops')}]`);

  test.each([
    ['both with rows', `${inline}\n`, inline],
    ['one with rows', `${plain}\n`, inline],
    ['of version 20', `${mapping}\n${eks()}\n`, eks()],
    ['the aws-auth call', `${eks()}\n${mapping}`, mapping],
  ])('%s: no phase is written', async (_, first, second) => {
    const result = await run(first + second);
    expect(codesOf(result)).toContain('TAE244');
    expect(result.revisions).toEqual([]);
    expect(result.blockedFrom).toBe(result.report.phases[0]?.id);
    const [said] = result.diagnostics.filter(({ code }) => code === 'TAE244');
    expect(said?.range?.start).toBe(first.length);
  });

  test('an override file is no second declaration', async () => {
    const files = new Map([
      ['main.tf', `${eks()}\n${awsAuth(`  aws_auth_roles = [${row('ops')}]`)}`],
      ['main_override.tf', 'module "eks" {\n  cluster_name = "two"\n}\n'],
    ]);
    const result = await convert(files, { runtime: await runtime() });
    expect(codesOf(result)).not.toContain('TAE244');
  });
});

type Spoil = (edits: readonly Edit[], text: string) => readonly Edit[];

/** Stages a module where the edits of one phase are not what they should be. */
const stagedWith = async (text: string, id: string, spoil: Spoil): Promise<unknown> => {
  const files = new Map([['main.tf', text]]);
  const options = { config: {}, runtime: await runtime() };
  const read = (revision: ReadonlyMap<string, string>): Promise<State> => readState(revision, options);
  const start = await read(files);
  const spoilt = (phase: Phase): Phase['plan'] => {
    return state => {
      const plan = phase.plan(state);
      return { ...plan, edits: spoil(plan.edits, state.source.module.files[0]?.text ?? '') };
    };
  };
  const phases = (await loadPhases(start)).map(phase => (phase.id === id ? { ...phase, plan: spoilt(phase) } : phase));
  return stage(phases, start, files, findings(start, phases), read);
};

/** What the phase writes, and a comment around a piece of the text. */
const swallow =
  (piece: string): Spoil =>
  (edits, text) => {
    const start = text.indexOf(piece);
    const end = start + piece.length;
    return [
      ...edits,
      { file: 'main.tf', start, end: start, text: '/* ' },
      { file: 'main.tf', start: end, end, text: ' */' },
    ];
  };

const words = (problem: string): string =>
  `No phase is written: what phase ${problem} when it is read back. Somebody could lose access.`;

/** All that the phase writes, in comments. */
const inComments: Spoil = edits => edits.map(edit => ({ ...edit, text: edit.text.replace(/^(?=.)/gm, '# ') }));

/** A comment in place of each edit. */
const aside: Spoil = edits => edits.map(edit => ({ ...edit, text: '  # nothing\n' }));

describe('a revision that does not read back as it was planned', () => {
  const text = `${eks()}
locals {
  team = "a"
}

${awsAuth(`  aws_auth_roles = [\n    ${row('ops')}\n    ${row('dev')}\n  ]`)}`;
  const header = text.indexOf('module "aws_auth"');

  const refusal = async (id: string, spoil: Spoil): Promise<unknown> =>
    stagedWith(text, id, spoil).catch((error: Error & { diagnostics?: ConvertResult['diagnostics'] }) => {
      const [said] = error.diagnostics ?? [];
      return said ? [said.code, said.message, said.range?.start] : error.message;
    });

  test.each([
    ['a row', row('dev'), 'enable-api would write has 1 of 2 rows of aws-auth'],
    ['a local', 'locals {\n  team = "a"\n}', 'enable-api would write has no local.team'],
    ['the call of the rows', text.slice(header).trimEnd(), 'enable-api would write has no module.aws_auth'],
  ])('%s in a comment', async (_, piece, problem) => {
    expect(await refusal('enable-api', swallow(piece))).toEqual(['TAE245', words(problem), header]);
  });

  test('entries in a comment', async () => {
    const problem =
      'add-access-entries would write has no module.eks.access_entries.ops, module.eks.access_entries.dev';
    expect(await refusal('add-access-entries', inComments)).toEqual(['TAE245', words(problem), 0]);
  });

  test('a phase that leaves something to do', async () => {
    const problem = 'enable-api would write still lacks "module.eks: authentication_mode = "API_AND_CONFIG_MAP""';
    expect(await refusal('enable-api', aside)).toEqual(['TAE245', words(problem), header]);
  });

  test('a phase without edits that is not done is a fault of ours', async () => {
    expect(await refusal('enable-api', () => [])).toBe('phase enable-api is not done after its own edits');
  });
});

describe('phases that take access away', () => {
  const text = `${eks()}\n${awsAuth(`  aws_auth_roles = [${row('ops')}]`)}`;

  test.each(['remove-aws-auth', 'api-only'])('%s is refused where a row has no entry', async id => {
    const files = new Map([['main.tf', text]]);
    const options = { config: {}, runtime: await runtime() };
    const read = (own: ReadonlyMap<string, string>): Promise<State> => readState(own, options);
    const start = await read(files);
    const all = await loadPhases(start);
    const phases = all.filter(phase => ['enable-api', id].includes(phase.id));
    await expect(stage(phases, start, files, findings(start, phases), read)).rejects.toMatchObject({
      diagnostics: [
        {
          code: 'TAE245',
          message: `No phase is written: before phase ${id}, arn:aws:iam::111122223333:role/ops has no access entry. Somebody could lose access.`,
          range: { start: text.indexOf('module "aws_auth"') },
        },
      ],
    });
  });
});
