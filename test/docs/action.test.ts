import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../architecture/project.ts';
import { command } from '../cli/support/command.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { rootModule } from '../cli/support/modules.ts';
import { runStep, yamlOf, type Step, type StepOutcome } from './actions.ts';

type Action = {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};

const action = yamlOf('action.yml') as Action;
const [step] = action.runs.steps;

/** The step with these inputs, in a directory. */
const act = (directory: string, inputs: Readonly<Record<string, string>> = {}, checkout = root): StepOutcome => {
  const env = Object.entries(step?.env ?? {}).map(([name, value]) => {
    const [, input = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
    return [name, inputs[input] ?? action.inputs[input]?.default ?? 'no such input'];
  });
  return runStep(step?.run ?? '', directory, { ...Object.fromEntries(env), GITHUB_ACTION_PATH: checkout });
};

const found = (): string => directoryWith({ 'main.tf': rootModule(), 'b/main.tf': '', 'c d/main.tf': rootModule() });
const clean = (): string => directoryWith({ 'main.tf': 'resource "null_resource" "a" {}\n' });

describe('the action', () => {
  test('is one step with a shell, and takes every input as a variable', () => {
    expect([action.name, action.description]).not.toContain('');
    expect(action.runs.using).toBe('composite');
    expect(action.runs.steps.map(({ uses, shell, id }) => [uses, shell, id])).toEqual([[undefined, 'bash', 'check']]);
    expect(step?.run).not.toContain('${{');
    const used = Object.values(step?.env ?? {}).map(value => /inputs\.([\w-]+)/.exec(value)?.[1]);
    expect(used.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
    for (const input of Object.values(action.inputs)) expect(typeof input.default).toBe('string');
    expect(Object.values(action.outputs).map(({ value }) => value)).toEqual(['${{ steps.check.outputs.output }}']);
  });

  test('annotates what is found and fails with the exit status of the command', () => {
    const { status, log, calls, outputs } = act(found());
    expect([status, outputs]).toEqual([1, '']);
    expect(log).toMatch(/^::warning .*TAE702/m);
    // Whoever has the name of the package in a registry is not asked.
    expect(calls).toEqual(['']);
  });

  test('passes where nothing is found', () => {
    expect(act(clean())).toMatchObject({ status: 0, outputs: '' });
  });

  test('fails with the exit status of a file that cannot be read, and of wrong usage', () => {
    expect(act(directoryWith({ 'main.tf': `${rootModule()}module "b" {` })).status).toBe(3);
    expect(act(clean(), { format: 'xml' }).status).toBe(2);
    expect(act(clean(), { baseline: 'nowhere.json' }).status).toBe(2);
  });

  test('takes several paths, one a line, and none of them as a flag', () => {
    const directory = found();
    expect(act(directory, { paths: 'b\nc d\n' }).log).toContain('file=c d/main.tf');
    expect(act(directory, { paths: 'b' }).status).toBe(0);
    expect(act(directory, { paths: '--help' }).status).toBe(3);
  });

  test('shows what is severe enough', () => {
    expect(act(found(), { 'min-severity': 'error' }).status).toBe(0);
  });

  test('leaves out what is in the baseline', () => {
    const directory = found();
    const baseline = 'access-baseline.json';
    command(directory, ['check', '.', '--baseline', baseline, '--write-baseline']);
    expect(act(directory, { baseline }).status).toBe(0);
    writeFileSync(join(directory, baseline), '{ "version": 1, "findings": [] }');
    expect(act(directory, { baseline }).status).toBe(1);
  });

  test('writes SARIF into a file, which it names', () => {
    const directory = found();
    const { status, log, outputs } = act(directory, { format: 'sarif' });
    expect([status, log, outputs]).toEqual([1, '', 'output=access-entries.sarif\n']);
    const sarif = JSON.parse(readFileSync(join(directory, 'access-entries.sarif'), 'utf8')) as { version: string };
    expect(sarif.version).toBe('2.1.0');
  });

  test('writes another format into the file that is named', () => {
    const directory = clean();
    expect(act(directory, { format: 'json', output: 'report.json' })).toMatchObject({
      status: 0,
      outputs: 'output=report.json\n',
    });
    expect(JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8'))).toMatchObject({ clean: true });
  });

  test('runs the package that is named', () => {
    expect(act(clean(), { package: './a.tgz' }).calls).toEqual([
      '--yes --package ./a.tgz -- tf-access-entries check --min-severity warning --format github -- .',
    ]);
  });

  test('is built once in its checkout, from the lock file', () => {
    const built = "mkdir -p dist/bundle && echo 'console.log(process.argv[2])' >dist/bundle/main.js && echo 1 >>times";
    const of = { name: 'a', version: '1.0.0' };
    const checkout = directoryWith({
      'package.json': JSON.stringify({ ...of, scripts: { prepare: built } }),
      'package-lock.json': JSON.stringify({ ...of, lockfileVersion: 3, packages: { '': of } }),
    });
    for (const _ of [1, 2]) expect(act(clean(), {}, checkout)).toMatchObject({ status: 0, log: 'check\n' });
    expect(readFileSync(join(checkout, 'times'), 'utf8')).toBe('1\n');
    expect(act(clean(), {}, directoryWith({ 'package.json': '{}' })).status).toBe(3);
  });

  test('says what it lacks where there is no Node', () => {
    const bare = runStep(`PATH=\n${step?.run}`, clean(), {});
    expect([bare.status, bare.log]).toEqual([3, expect.stringMatching(/^::error::.*setup-node/)]);
  });

  test('has a row in the guide for each input', () => {
    const guide = readFileSync(join(root, 'docs/how-to/check-in-ci.md'), 'utf8');
    const [, section = ''] = /^## GitHub$(.*?)^## /ms.exec(guide) ?? [];
    expect([...section.matchAll(/^\| `([\w-]+)`/gm)].map(([, input]) => input)).toEqual(Object.keys(action.inputs));
  });
});
