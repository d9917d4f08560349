import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';
import { changesIn, clusterWith, type Cluster } from './support/cluster.ts';
import {
  adminPolicies,
  adminPolicy,
  creator,
  entryOf,
  type LiveCluster,
  type LiveEntry,
} from './support/live-cluster.ts';
import { convertLive, dataOf, role, scriptOf, type LiveRow } from './support/scripts.ts';

// The script runs for real, against an `aws` and a `kubectl` that keep one cluster and note each call.

const rows: readonly LiveRow[] = [
  { arn: role('platform'), username: 'platform:{{SessionName}}', groups: ['system:masters'] },
  { arn: role('dev'), username: 'dev', groups: ['developers', 'audit'] },
  {
    arn: role('ng-1'),
    username: 'system:node:{{EC2PrivateDNSName}}',
    groups: ['system:bootstrappers', 'system:nodes'],
  },
];
const mapUsers = '- {userarn: "arn:aws:iam::111122223333:user/ops/joe", username: joe, groups: [ops]}\n';
const data = { ...dataOf(rows), mapUsers };

/** A cluster with these rows, and the creator's own beside them. */
const migration = async (more: Partial<LiveCluster> = {}): Promise<Cluster> =>
  clusterWith(scriptOf(await convertLive(data)), {
    configMap: { ...dataOf([...rows, { arn: role('creator') }]), mapUsers },
    ...more,
  });

/** The command that a phase prints for a person to run. */
const printed = (stdout: string): string => {
  const line = stdout.split('\n').find(text => text.startsWith('  kubectl '));
  if (line === undefined) throw new Error(stdout);
  return line.trim();
};

const done = { status: 0, stderr: '' };

test('the phases in the order of the runbook, each first as it is', async () => {
  const { runbook } = await convertLive(data);
  const cluster = await migration();
  const commands = [...runbook.matchAll(/bash access-entries-migration\/(access-entries\.sh [^&\n]*)/g)].map(
    ([, command = '']) => `bash ${command.trim()}`,
  );
  expect(commands).toEqual(
    ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only'].flatMap(phase => [
      `bash access-entries.sh ${phase} --context=demo`,
      `bash access-entries.sh ${phase} --context=demo --apply`,
    ]),
  );
  for (const command of commands) {
    const before = changesIn(cluster).length;
    const ran = await cluster.shell(command);
    expect({ ...ran, command }).toMatchObject({ ...done, command });
    if (!command.endsWith('--apply')) expect(changesIn(cluster)).toHaveLength(before);
    if (command.includes(' remove-aws-auth ') && command.endsWith('--apply')) {
      expect(await cluster.shell(printed(ran.stdout))).toMatchObject(done);
      expect(runbook).toContain(
        'kubectl --context demo patch configmap aws-auth -n kube-system --type merge -p \'{"data":null}\'',
      );
    }
  }
  const { mode, entries, configMap } = cluster.live;
  expect({ mode, configMap }).toEqual({ mode: 'API', configMap: {} });
  expect(entries).toEqual(made);
  expect(readFileSync(join(cluster.directory, 'aws-auth-backup.yaml'), 'utf8')).toContain(role('platform'));
});

test('the runbook names no difference, since none is staged beside a script', async () => {
  const { runbook } = await convertLive(data);
  expect(runbook).toContain('\n4 changes.\n');
  expect(runbook).not.toContain('phase.diff');
});

test('done twice, no phase changes anything', async () => {
  const cluster = await migration();
  for (const phase of ['enable-api', 'add-access-entries']) await cluster.run(`${phase} --apply`);
  await cluster.shell(printed((await cluster.run('remove-aws-auth --apply')).stdout));
  await cluster.run('api-only --apply');
  const [state, changes] = [structuredClone(cluster.live), changesIn(cluster)];
  expect(changes.map(call => call.slice(0, 3).join(' '))).toEqual([
    'aws eks update-cluster-config',
    'aws eks create-access-entry',
    'aws eks associate-access-policy',
    'aws eks create-access-entry',
    'aws eks create-access-entry',
    'aws eks create-access-entry',
    'kubectl patch configmap',
    'aws eks update-cluster-config',
  ]);
  for (const phase of ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only']) {
    expect(await cluster.run(`${phase} --apply`)).toMatchObject(done);
  }
  expect(cluster.live).toEqual(state);
  expect(changesIn(cluster)).toEqual(changes);
});

test('before the mode has the API the entries are shown and not made', async () => {
  const cluster = await migration();
  const { status, stdout } = await cluster.run('add-access-entries');
  expect(status).toBe(0);
  expect(stdout).toContain(
    'aws eks associate-access-policy --cluster-name=demo --principal-arn=arn:aws:iam::111122223333:role/platform',
  );
  const applied = await cluster.run('add-access-entries --apply');
  expect(applied).toMatchObject({ status: 1, stderr: expect.stringContaining('enable-api comes first') });
  expect(changesIn(cluster)).toEqual([]);
});

test('what is printed is what runs', async () => {
  const [one, two] = [await migration({ mode: 'API_AND_CONFIG_MAP' }), await migration({ mode: 'API_AND_CONFIG_MAP' })];
  const { stdout } = await one.run('add-access-entries');
  const commands = stdout.split('\n').filter(line => line.startsWith('  aws '));
  expect(commands).toHaveLength(5);
  for (const command of commands) expect(await one.shell(command)).toMatchObject(done);
  await two.run('add-access-entries --apply');
  expect(one.live).toEqual(two.live);
});

describe('the mode', () => {
  test.each(['API_AND_CONFIG_MAP', 'API'])('%s is never set back', async mode => {
    const cluster = await migration({ mode });
    expect(await cluster.run('enable-api --apply')).toMatchObject({
      ...done,
      stdout: expect.stringContaining('Nothing to do.'),
    });
    expect(changesIn(cluster)).toEqual([]);
  });

  test('whose update ends as Failed ends the phase', async () => {
    const cluster = await migration({ updateFails: true });
    const { status, stderr } = await cluster.run('enable-api --apply');
    expect(status).toBe(1);
    expect(stderr).toContain('Unknown\tno reason');
    expect(stderr).toContain('the update u-1 of the mode is Failed');
  });

  test.each([
    [{ mode: null }, 'enable-api', 'the mode None is not known'],
    [{ status: 'UPDATING' }, 'enable-api', 'the cluster is UPDATING'],
    [{ mode: 'CONFIG_MAP' }, 'remove-aws-auth', 'enable-api comes first'],
    [{ mode: 'CONFIG_MAP' }, 'api-only', 'enable-api comes first'],
  ])('%j refuses %s', async (more, phase, words) => {
    const cluster = await migration(more);
    expect(await cluster.run(`${phase} --apply`)).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
    expect(changesIn(cluster)).toEqual([]);
  });
});

describe('an entry that is there', () => {
  const platform = entryOf(role('platform'), { username: 'platform:{{SessionName}}', policies: adminPolicies });
  const dev = entryOf(role('dev'), { username: 'dev', kubernetesGroups: ['audit', 'developers'] });

  test('with its groups in another order is the same', async () => {
    const cluster = await migration({ mode: 'API_AND_CONFIG_MAP', entries: { [role('dev')]: dev } });
    expect(await cluster.run('add-access-entries --apply')).toMatchObject({
      ...done,
      stdout: expect.stringContaining(`${role('dev')} has its entry.`),
    });
    expect(cluster.live.entries[role('dev')]).toEqual(dev);
  });

  test.each([
    ['another username', { ...platform, username: 'other' }],
    ['another type', { ...platform, type: 'EC2_LINUX' }],
    ['another group', { ...platform, kubernetesGroups: ['a'] }],
    [
      'its policy for a namespace only',
      {
        ...platform,
        policies: [{ policyArn: adminPolicy, accessScope: { type: 'namespace', namespaces: ['a'] } }],
      },
    ],
  ])('with %s is left as it is, and the others are made', async (_name, entry) => {
    const cluster = await migration({ mode: 'API_AND_CONFIG_MAP', entries: { [entry.principalArn]: entry } });
    const { status, stderr } = await cluster.run('add-access-entries --apply');
    expect(status).toBe(1);
    expect(stderr).toContain('it is left as it is');
    expect(cluster.live.entries[entry.principalArn]).toEqual(entry);
    expect(Object.keys(cluster.live.entries)).toHaveLength(4);
  });

  test('without its policy gets it', async () => {
    const cluster = await migration({
      mode: 'API_AND_CONFIG_MAP',
      entries: { [platform.principalArn]: { ...platform, policies: [] } },
    });
    expect(await cluster.run('add-access-entries --apply')).toMatchObject(done);
    expect(cluster.live.entries[platform.principalArn]).toEqual(platform);
  });
});

describe('a command that fails', () => {
  test.each([
    ['create-access-entry', 'principal-arn=arn:aws:iam::111122223333:role/dev --type', 1],
    ['associate-access-policy', 'associate-access-policy', 1],
    [
      'describe-access-entry',
      'describe-access-entry --cluster-name=demo --principal-arn=arn:aws:iam::111122223333:role/dev',
      1,
    ],
  ])('%s ends the run there, and the next run goes on', async (operation, failing, made) => {
    const cluster = await migration({ mode: 'API_AND_CONFIG_MAP', entries: {}, failing });
    const { status, stderr } = await cluster.run('add-access-entries --apply');
    delete cluster.live.failing;
    expect(status).toBe(1);
    expect(stderr).toContain('An error occurred (ServerException)');
    expect(cluster.called.at(-1)?.[2]).toBe(operation);
    expect(Object.keys(cluster.live.entries)).toHaveLength(made);
    expect(await cluster.run('add-access-entries --apply')).toMatchObject(done);
    expect(Object.keys(cluster.live.entries)).toHaveLength(4);
    expect(cluster.live.entries[role('platform')]?.policies).toEqual(adminPolicies);
  });

  test('for a principal that IAM does not know stops before the next', async () => {
    const cluster = await migration({ mode: 'API_AND_CONFIG_MAP', entries: {}, missing: [role('platform')] });
    expect(await cluster.run('add-access-entries --apply')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('invalid principal'),
    });
    expect(cluster.live.entries).toEqual({});
  });
});

/** What phase 2 makes. */
const made: Readonly<Record<string, LiveEntry>> = Object.fromEntries(
  [
    entryOf(creator, { policies: adminPolicies }),
    entryOf(role('platform'), { username: 'platform:{{SessionName}}', policies: adminPolicies }),
    entryOf(role('dev'), { username: 'dev', kubernetesGroups: ['developers', 'audit'] }),
    entryOf(role('ng-1'), {
      type: 'EC2_LINUX',
      username: 'system:node:{{EC2PrivateDNSName}}',
      kubernetesGroups: ['system:nodes'],
    }),
    entryOf('arn:aws:iam::111122223333:user/ops/joe', { username: 'joe', kubernetesGroups: ['ops'] }),
  ].map(entry => [entry.principalArn, entry]),
);

const ready = async (more: Partial<LiveCluster> = {}): Promise<Cluster> =>
  migration({ mode: 'API_AND_CONFIG_MAP', entries: made, ...more });

describe('aws-auth stays', () => {
  test('while an entry of the script is not there', async () => {
    const cluster = await migration({ mode: 'API_AND_CONFIG_MAP' });
    const { status, stdout, stderr } = await cluster.run('remove-aws-auth --apply');
    expect(status).toBe(1);
    expect(stderr).toContain(`${role('platform')} has no entry: add-access-entries comes first`);
    expect(stdout).not.toContain('kubectl');
  });

  test.each([
    [
      'a row in the ConfigMap has no entry',
      { configMap: dataOf([...rows, { arn: role('late') }]) },
      `${role('late')} is in the ConfigMap and has no entry`,
    ],
    [
      'whoever runs it has no entry',
      { caller: 'arn:aws:sts::111122223333:assumed-role/other/me' },
      'who runs this, has no entry of its own',
    ],
    [
      'whoever runs it is no administrator',
      { caller: 'arn:aws:sts::111122223333:assumed-role/dev/me' },
      'has an entry without AmazonEKSClusterAdminPolicy',
    ],
    ['kubectl goes to another cluster', { server: 'https://other' }, 'choose another --context'],
    [
      'an account is let in',
      { configMap: { mapAccounts: '- "444455556666"\n' } },
      '444455556666 is in the ConfigMap and has no entry',
    ],
    [
      'a row cannot be read',
      { configMap: { mapRoles: '- rolearn: >-\n    arn:aws:iam::111122223333:role/folded\n' } },
      'verify-access',
    ],
    ['nothing of the ConfigMap can be read', { configMap: { mapRoles: '{"a": 1}' } }, 'verify-access'],
  ])('while %s', async (_name, more, words) => {
    const cluster = await ready(more);
    for (const phase of ['remove-aws-auth', 'api-only']) {
      const { status, stderr, stdout } = await cluster.run(`${phase} --apply`);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(words) });
      expect(stdout).not.toMatch(/kubectl|update-cluster-config/);
    }
    expect(changesIn(cluster)).toEqual([]);
  });

  test('no more when the principal is given up by name', async () => {
    const cluster = await ready({ configMap: dataOf([...rows, { arn: role('late') }]) });
    expect(await cluster.run(`remove-aws-auth --without=${role('late')}`)).toMatchObject(done);
  });

  test('and the mode too, while the ConfigMap has rows', async () => {
    const cluster = await ready();
    expect(await cluster.run('api-only --apply')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('still has rows'),
    });
  });

  test('while another copy is in the way', async () => {
    const cluster = await ready();
    await cluster.shell('echo other > aws-auth-backup.yaml');
    expect(await cluster.run('remove-aws-auth --apply')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('move it away'),
    });
    expect(readFileSync(join(cluster.directory, 'aws-auth-backup.yaml'), 'utf8')).toBe('other\n');
  });
});

test('the guide shows what the script prints', async () => {
  const guide = readFileSync(new URL('../../docs/how-to/aws-cli.md', import.meta.url), 'utf8');
  const block = (start: string): string => guide.split(`\`\`\`${start}\n`)[1]?.split('```')[0] ?? '';
  const { scripts } = await convert(new Map(), {
    runtime: await runtime(),
    emit: 'aws-cli',
    config: { clusterName: 'demo' },
    awsAuth: { file: 'aws-auth.yaml', text: block('yaml aws-auth.yaml') },
  });
  const cluster = await clusterWith([...scripts.values()].join(''), { mode: 'API_AND_CONFIG_MAP' });
  const { stdout } = await cluster.run('add-access-entries');
  expect(`$ bash access-entries-migration/access-entries.sh add-access-entries\n${stdout}`).toBe(block('text'));
});

describe('the options', () => {
  test('for the AWS CLI go to each of its calls', async () => {
    const cluster = await migration();
    await cluster.run('enable-api --apply --region eu-west-1 --profile=ops');
    expect(cluster.called.length).toBeGreaterThan(3);
    for (const call of cluster.called)
      expect(call).toEqual(expect.arrayContaining(['--region=eu-west-1', '--profile=ops']));
  });

  test.each([
    ['', 'name a phase'],
    ['clean-up', 'there is no phase clean-up'],
    ['enable-api api-only', 'one phase at a time'],
    ['enable-api --cluster-name=other', 'this script is for the cluster demo, not for other'],
    ['enable-api --what=x', 'there is no option --what'],
    ['enable-api --applyy', '--applyy is no option'],
    ['enable-api --region=', '--region is empty'],
  ])('"%s" is wrong usage', async (args, words) => {
    const cluster = await migration();
    expect(await cluster.run(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(words) });
    expect(cluster.called).toEqual([]);
  });

  test('--help is the head of the script', async () => {
    const cluster = await migration();
    const { status, stdout } = await cluster.run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: bash access-entries.sh <phase> [--apply] [options]');
    expect(stdout).not.toContain('shellcheck');
  });
});
