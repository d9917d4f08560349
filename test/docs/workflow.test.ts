import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../architecture/project.ts';
import { runHere } from '../cli/support/host.ts';

type Step = { readonly run?: string; readonly uses?: string; readonly if?: string; readonly with?: object };
type Hook = Readonly<Record<'id' | 'entry' | 'language' | 'files' | 'exclude', string>> & {
  readonly require_serial: boolean;
};

type Workflow = {
  readonly jobs: Readonly<Record<string, { readonly permissions: object; readonly steps: readonly Step[] }>>;
};

const workflow = parse(readFileSync(join(root, 'docs/github-workflow.yml'), 'utf8')) as Workflow;
const steps = Object.values(workflow.jobs).flatMap(job => job.steps);

test('commands of the workflow have flags that are there', async () => {
  const lines = steps.flatMap(({ run = '' }) => run.match(/tf-access-entries [^|>\n]*/g) ?? []);
  expect(lines.map(line => line.split(' ')[1])).toEqual(['check', 'verify-plan']);
  for (const line of lines) {
    const [, name = '', ...words] = line.trim().split(' ');
    const { stdout } = await runHere(root, [name, '--help']);
    const flags = words.filter(word => word.startsWith('--'));
    expect(flags.length).toBeGreaterThan(0);
    expect(flags.filter(flag => !stdout.includes(` ${flag} `))).toEqual([]);
  }
});

test('hooks have commands and flags that are there, and go no further than phase 2', async () => {
  const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as Hook[];
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
