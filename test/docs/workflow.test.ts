import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../architecture/project.ts';
import { command } from '../cli/support/command.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { rootModule } from '../cli/support/modules.ts';
import { runStep, yamlOf, type Step, type StepOutcome } from './actions.ts';

type Hook = Readonly<Record<'id' | 'entry' | 'language' | 'files' | 'exclude', string>> & {
  readonly require_serial: boolean;
};

type Workflow = {
  readonly on: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly permissions: object; readonly if?: string; readonly steps: readonly Step[] }>
  >;
};

const workflow = yamlOf('docs/github-workflow.yml') as Workflow;
const steps = Object.values(workflow.jobs).flatMap(job => job.steps);

test('commands of the workflow have flags that are there', async () => {
  const lines = steps.flatMap(({ run = '' }) => run.match(/-- tf-access-entries [^|>\n]*|\bcheck "[^|>\n]*/g) ?? []);
  const called = lines.map(line => line.replace(/^-- tf-access-entries /, ''));
  expect(called.map(line => line.split(' ')[0])).toEqual(['check', 'check', 'check', 'verify-plan']);
  for (const line of called.filter(call => call.includes(' --'))) {
    const [name = '', ...words] = line.trim().split(' ');
    const { stdout } = await runHere(root, [name, '--help']);
    const flags = words.filter(word => word.startsWith('--'));
    expect(flags.length).toBeGreaterThan(0);
    expect(flags.filter(flag => !stdout.includes(` ${flag} `))).toEqual([]);
  }
});

test('hooks have commands and flags that are there, and go no further than phase 2', async () => {
  const hooks = yamlOf('.pre-commit-hooks.yaml') as Hook[];
  expect(hooks.map(({ id }) => id)).toEqual(['tf-access-entries-check', 'tf-access-entries-convert']);
  for (const { entry, language, files, exclude, require_serial: isSerial } of hooks) {
    expect([language, files, exclude, isSerial]).toEqual(['node', '\\.(tf|tofu)$', '(^|/)\\.terraform/', true]);
    const [, name = '', ...words] = entry.split(' ');
    const { stdout } = await runHere(root, [name, '--help']);
    expect(words.filter(word => word.startsWith('--') && !stdout.includes(` ${word} `))).toEqual([]);
    if (name === 'convert') expect(entry).toContain('--phase add-access-entries --where-due');
  }
});

test('what is written by a step that fails is uploaded and commented', () => {
  const after = steps.filter(
    ({ uses = '', run = '' }) => uses.includes('upload-sarif') || run.includes('gh pr comment'),
  );
  expect(after).toHaveLength(2);
  for (const step of after) expect(step.if).toContain('success() || failure()');
});

test('no job may do more than it needs', () => {
  expect(workflow.jobs['check']?.permissions).toEqual({
    contents: 'read',
    actions: 'read',
    'security-events': 'write',
  });
  expect(workflow.jobs['plan']?.permissions).toEqual({
    contents: 'read',
    'id-token': 'write',
    'pull-requests': 'write',
  });
});

const sarif = (directory: string): string => readFileSync(join(directory, 'access-entries.sarif'), 'utf8');

describe('the check of the workflow', () => {
  const script = steps.find(({ name }) => name === 'Check')?.run ?? '';
  const check = (directory: string): StepOutcome => runStep(script, directory, workflow.env);

  test('shows what is found on the first day, and fails nothing', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    const { status, log, summary, calls } = check(directory);
    expect([status, log]).toEqual([0, expect.stringMatching(/^::notice::.*--write-baseline\n$/)]);
    expect(sarif(directory)).toContain('"ruleId": "TAE702"');
    expect(summary).toContain('TAE702');
    expect(calls[0]).toBe(`--yes --package ${workflow.env['PACKAGE']} -- tf-access-entries check . --format sarif`);
  });

  test('fails for what is new once there is a baseline, and for nothing else', () => {
    const directory = directoryWith({ 'main.tf': rootModule() });
    command(directory, ['check', '.', '--baseline', 'access-baseline.json', '--write-baseline']);
    expect(check(directory)).toMatchObject({ status: 0, log: '' });
    const more = directoryWith({
      'main.tf': rootModule(),
      'new/main.tf': rootModule(),
      'access-baseline.json': readFileSync(join(directory, 'access-baseline.json')),
    });
    expect(check(more)).toMatchObject({ status: 1, log: '', summary: expect.stringContaining('new/main.tf') });
  });

  test('passes where nothing is found', () => {
    const directory = directoryWith({ 'main.tf': '' });
    expect(check(directory)).toMatchObject({ status: 0, log: '' });
    expect(existsSync(join(directory, 'access-entries.sarif'))).toBe(true);
  });

  test('fails for what cannot be read, baseline or not', () => {
    expect(check(directoryWith({ 'main.tf': `${rootModule()}module "b" {` })).status).toBe(3);
    expect(
      check(directoryWith({ 'main.tf': rootModule(), 'tf-access-entries.config.json': '{ "a": 1 }' })).status,
    ).toBe(2);
  });
});

test('the plan waits until somebody has said by which role', () => {
  expect(workflow.jobs['check']?.if).toBeUndefined();
  expect(workflow.jobs['plan']?.if).toBe("github.event_name == 'pull_request' && vars.ACCESS_ENTRIES_ROLE != ''");
});

// A tag can be moved to other code.
test.each(['docs/github-workflow.yml', '.github/workflows/ci.yml', '.github/workflows/release.yml', 'action.yml'])(
  'actions in %s are pinned by commit, with their release beside it',
  path => {
    const uses = readFileSync(join(root, path), 'utf8').match(/(?<=\buses: ).*/g) ?? [];
    expect(uses.filter(use => !/^[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
  },
);
