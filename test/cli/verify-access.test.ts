import { expect, test } from '@jest/globals';
import { accessReportSchema } from '../../lib/report/command-schemas.ts';
import { bindings, role, rolesMap, snapshot } from '../verifier/access/support/inputs.ts';
import { command } from './support/command.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const ops = { arn: role('ops'), username: 'ops', groups: ['system:masters'] };
const dev = { arn: role('dev'), username: 'dev', groups: ['developers'] };
const files = {
  'ops.json': rolesMap(ops),
  'both.json': rolesMap(ops, dev),
  'other.json': rolesMap({ ...ops, groups: ['developers'] }),
  'entries.json': snapshot({ arn: role('ops'), username: 'ops', policies: ['ClusterAdmin'] }),
  'rbac.json': bindings(),
};
const args = (awsAuth: string, ...more: readonly string[]): string[] => [
  'verify-access',
  '--aws-auth',
  awsAuth,
  '--existing',
  'entries.json',
  ...more,
];

test.each([
  ['ops.json', [], 0, 'aws-auth can go: 1 keep what they have, 0 lose, 0 gain, 0 change.\n'],
  ['both.json', [], 1, 'aws-auth cannot go yet: 1 keep what they have, 1 lose, 0 gain, 0 change.\n'],
  [
    'other.json',
    [],
    0,
    'aws-auth can go: 0 keep what they have, 0 lose, 0 gain, 1 change, of which 1 lose and gain.\n',
  ],
  ['both.json', ['--rbac', 'rbac.json'], 0, 'aws-auth can go: 1 keep what they have, 1 lose'],
  ['entries.json', [], 3, 'Access was not compared.\n'],
  ['none.yaml', [], 3, 'Access was not compared.\n'],
] as const)('%s %j ends with status %d', async (awsAuth, more, status, headline) => {
  const outcome = await runHere(directoryWith(files), args(awsAuth, ...more));
  expect(outcome.status).toBe(status);
  expect(outcome.stdout.startsWith(headline)).toBe(true);
});

test('the table has everybody, and stderr who loses', async () => {
  const { stdout, stderr } = await runHere(directoryWith(files), args('both.json'));
  expect(stdout.replaceAll(/ +/g, ' ')).toContain(`\n ${role('dev')} loses dev; developers nothing\n`);
  expect(stdout.replaceAll(/ +/g, ' ')).toContain(
    `\n ${role('ops')} keeps ops; system:masters ops; AmazonEKSClusterAdminPolicy\n`,
  );
  expect(stderr).toMatch(/^error TAE601: .*role\/dev loses access, the username dev, the group developers/);
});

test('of a row with sso it is not said that it has no effect', async () => {
  const row =
    '- sso:\n    permissionSetName: Admin\n    accountID: "111122223333"\n  username: x\n  groups: [system:masters]';
  const configMap = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n${row.replaceAll(/^/gm, '    ')}\n`;
  const { stderr, stdout } = await runHere(directoryWith({ ...files, 'sso.yaml': configMap }), args('sso.yaml'));
  expect(stdout).toMatch(/^aws-auth can go if EKS does not read mapRoles\[0\] \(TAE606\): 0 keep/);
  expect(stderr).toContain('TAE606: mapRoles[0]: it has sso, and it is not known whether EKS reads such a row');
  expect(stderr).toContain(
    '  fix: Nobody is known to have what is written there: an entry for it may grant new access.',
  );
});

test.each(['ops.json', 'both.json', 'none.yaml'])('--format json of %s fits its schema', async awsAuth => {
  const { stdout, stderr, status } = await runHere(
    directoryWith(files),
    args(awsAuth, '--format', 'json', '--rbac', 'rbac.json'),
  );
  const report = accessReportSchema.parse(JSON.parse(stdout));
  expect([stderr, report.keepsAccess]).toEqual(['', status === 0]);
});

test('--format markdown and github', async () => {
  const markdown = await runHere(directoryWith(files), args('both.json', '--format', 'markdown'));
  expect(markdown.stdout).toContain(`| \`${role('dev')}\` | \`loses\` | \`dev; developers\` | \`nothing\` |`);
  const github = await runHere(directoryWith(files), args('both.json', '--format', 'github'));
  expect(github.stdout).toMatch(/^::error title=TAE601::/);
});

test('the built command reads YAML from stdin', () => {
  const yaml = `kind: ConfigMap\nmetadata:\n  name: aws-auth\ndata:\n  mapRoles: |\n    - rolearn: ${role('ops')}\n      username: ops\n      groups: [system:masters]\n`;
  expect(command(directoryWith(files), args('-'), { input: yaml })).toMatchObject({ status: 0, stderr: '' });
});
