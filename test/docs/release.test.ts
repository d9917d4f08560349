import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { directoryWith } from '../cli/support/directory.ts';
import { runStep, yamlOf, type Step } from './actions.ts';

type Job = {
  readonly needs?: string | readonly string[];
  readonly permissions: object;
  readonly steps: readonly Step[];
};

const workflow = yamlOf('.github/workflows/release.yml') as {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<'test' | 'pack' | 'publish' | 'release', Job>>;
};
const { test: tests, pack, publish, release } = workflow.jobs;
const scripts = (job: Job): string => job.steps.map(({ run = '' }) => run).join('\n');

describe('a release', () => {
  test('is made by a tag, when all tests pass', () => {
    expect(workflow.on).toEqual({ push: { tags: ['v*'] } });
    expect(scripts(tests)).toContain('.ci/run');
    expect([publish.needs, release.needs]).toEqual([['test', 'pack'], 'publish']);
  });

  test('gives each job what it needs and nothing else', () => {
    expect(workflow.permissions).toEqual({});
    const permissions = Object.values(workflow.jobs).map(job => job.permissions);
    expect(permissions).toEqual([
      { contents: 'read' },
      { contents: 'read' },
      { 'id-token': 'write' },
      { contents: 'write' },
    ]);
  });

  test('runs code of other packages where nothing can be published', () => {
    expect(scripts(publish) + scripts(release)).not.toMatch(/npm (ci|install|run|exec)|npx/);
    expect(JSON.stringify(workflow)).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
  });

  test('is published with its provenance', () => {
    expect(scripts(publish)).toMatch(/^npm publish "\.\/release\/.*\.tgz" --provenance --access public$/m);
  });

  test('has an SBOM beside the package', () => {
    expect(scripts(pack)).toMatch(/write-sbom\.mjs > "release\/.*\.cdx\.json"/);
    expect(scripts(release)).toContain(' release/* ');
  });

  test('has the version of its tag', () => {
    const script = pack.steps.find(({ name }) => name?.startsWith('Compare'))?.run ?? '';
    const directory = directoryWith({ 'package.json': '{ "version": "1.2.3" }' });
    expect(runStep(script, directory, { GITHUB_REF_NAME: 'v1.2.3' }).status).toBe(0);
    expect(runStep(script, directory, { GITHUB_REF_NAME: 'v1.2.4' })).toMatchObject({
      status: 1,
      log: expect.stringContaining('v1.2.4'),
    });
  });

  test('has scripts that a shell can read', () => {
    for (const { run } of Object.values(workflow.jobs).flatMap(job => job.steps)) {
      if (run === undefined) continue;
      expect([run, run.includes('${{')]).toEqual([run, false]);
      expect([run, spawnSync('bash', ['-n'], { input: run }).status]).toEqual([run, 0]);
    }
  });
});
