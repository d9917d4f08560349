import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { role, rolesMap } from '../verifier/access/support/inputs.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule, runner } from './support/modules.ts';

const rows = rolesMap({ arn: role('admin'), username: 'admin', groups: ['system:masters'] });
const files = {
  'infra/prod a/main.tf': rootModule(),
  "values/it's.tfvars": '',
  'live/aws-auth.json': rows,
  'other.json': '{}',
};

const given = {
  '--config': 'other.json',
  '--aws-auth': 'live/aws-auth.json',
  '--sso-region': 'eu-west-1',
  '--var-file': "values/it's.tfvars",
  '--runner': runner,
  '--emit': 'resources',
  '--to': 'v21',
};
const flags = Object.entries(given).flat();

const book = (directory: string): string =>
  contentOf(join(directory, 'infra/prod a/access-entries-migration'))['MIGRATION.md'] ?? '';

test('the runbook writes a phase with all that the root module was read with, as the root module calls it', async () => {
  const directory = directoryWith(files);
  await runHere(directory, ['convert', 'infra/prod a', ...flags]);
  expect(book(directory)).toContain(
    `tool convert . --write --phase enable-api --emit resources --config ../../other.json --to v21 --sso-region eu-west-1 --var-file '../../values/it'\\''s.tfvars' --aws-auth ../../live/aws-auth.json\n`,
  );
});

test('a ConfigMap that came through a pipe comes through one again', async () => {
  const directory = directoryWith(files);
  await runHere(directory, ['convert', 'infra/prod a', '--aws-auth', '-'], { stdin: rows });
  expect(book(directory)).toContain(
    'kubectl --context demo get configmap aws-auth -n kube-system -o yaml | tool convert . --write --phase enable-api --aws-auth -\n',
  );
});

test('status of stdin names a command that takes stdin', async () => {
  const { stdout } = await runHere(directoryWith(), ['status', '-'], { stdin: rootModule() });
  expect(stdout).toContain('Next: tf-access-entries convert - --phase enable-api\n');
});

test('a write names the command of the phase after it, with the flags that were given', async () => {
  const directory = directoryWith(files);
  const args = ['convert', 'infra/prod a', ...flags, '--cluster-creator-admin'];
  const { stderr } = await runHere(directory, [...args, '--write', '--phase', 'enable-api']);
  expect(stderr).toContain('Next: plan and apply phase 1 (enable-api).\n');
  expect(stderr).toContain(
    `Then phase 2 (add-access-entries): tf-access-entries convert 'infra/prod a' --write --phase add-access-entries --config other.json --aws-auth live/aws-auth.json --sso-region eu-west-1 --runner ${runner} --var-file 'values/it'\\''s.tfvars' --emit resources --to v21 --cluster-creator-admin\n`,
  );
});

test('a path that begins like an option is no option of the command that is named', async () => {
  const directory = directoryWith({ '-dash/main.tf': rootModule() });
  const status = await runHere(directory, ['status', '--', '-dash']);
  expect(status.stdout).toContain('Next: tf-access-entries convert ./-dash\n');
  const written = await runHere(directory, ['convert', '--write', '--phase', 'enable-api', '--', '-dash']);
  expect(written.stderr).toContain('tf-access-entries convert ./-dash --write --phase add-access-entries\n');
});
