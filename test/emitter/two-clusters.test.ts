import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { readSnapshot } from '../../lib/parser/entries/read-snapshot.ts';
import { codeBlocks } from '../hostile/markdown.ts';
import { runtime } from '../support/fixture.ts';

// Two clusters of one root module: what is asked, kept and undone is asked, kept and undone in each.

const fixtures = fileURLToPath(new URL('../fixtures/clusters/', import.meta.url));
const bookOf = async (name: string): Promise<string> => {
  const text = readFileSync(join(fixtures, name, 'input/main.tf'), 'utf8');
  return (await convert(new Map([['main.tf', text]]), { runtime: await runtime() })).runbook;
};
const commandsOf = (book: string): readonly string[] => codeBlocks(book, 'sh').flatMap(block => block.split('\n'));
const two = await bookOf('two-in-one-snapshot');

test('each command of kubectl says which cluster answers, and both are asked the same', () => {
  const kubectl = commandsOf(two).filter(line => line.trim().startsWith('kubectl'));
  const asked = (name: string): readonly string[] =>
    kubectl.filter(line => line.includes(`--context ${name} `)).map(line => line.replaceAll(name, '<name>'));
  expect(asked('blue')).toEqual(asked('green'));
  expect(asked('blue').length * 2).toBe(kubectl.length);
  expect(kubectl.length).toBeGreaterThan(6);
  expect(two.match(/^aws eks update-kubeconfig .*$/gm)).toEqual([
    'aws eks update-kubeconfig --name blue --alias blue',
    'aws eks update-kubeconfig --name green --alias green',
  ]);
  // Text as well: the way back of phase 3 names both copies.
  expect(two).not.toMatch(/kubectl (apply|get|patch|config)/);
});

test('each command of the AWS CLI that names a cluster is there for both', () => {
  const named = commandsOf(two).filter(line => /--(cluster-)?name (blue|green)\b|\/eks\/(blue|green)\//.test(line));
  const of = (name: string): readonly string[] =>
    named.filter(line => line.includes(name)).map(line => line.replaceAll(name, '<name>').replace('>>', '>'));
  expect(of('blue').toSorted()).toEqual(of('green').toSorted());
});

test('the entries that are counted are those of each cluster', () => {
  expect(two.match(/Expected: \d+ more than before/g)).toEqual([
    'Expected: 3 more than before',
    'Expected: 2 more than before',
  ]);
  expect(two).toContain('5 aws_eks_access_entry resources created: 3 of module.blue, 2 of module.green');
});

test('no file of one cluster is overwritten by that of the other', () => {
  const blocks = codeBlocks(two, 'sh');
  const written = blocks.map(block => [...block.matchAll(/ > (\S+)$/gm)].map(([, file]) => file));
  expect(written.filter(files => files.length > new Set(files).size)).toEqual([]);
  expect(written.flat().filter(file => file?.includes('aws-auth'))).toEqual([
    'aws-auth-backup-blue.yaml',
    'aws-auth-backup-green.yaml',
  ]);
});

test('of two clusters of one name no command that gives access runs as it is pasted', async () => {
  const text = readFileSync(join(fixtures, 'two-in-one-snapshot/input/main.tf'), 'utf8');
  const twins = new Map([
    ['main.tf', text.replaceAll(/cluster_name( *)= "(?:blue|green)"/g, 'cluster_name$1= "prod"')],
  ]);
  const { runbook } = await convert(twins, { runtime: await runtime() });
  expect(runbook).toContain('Two of them have the same name');
  const giving = commandsOf(runbook).filter(line => line.includes('associate-access-policy') && !line.includes('<'));
  expect(giving.length).toBeGreaterThan(1);
  expect(giving.filter(line => !line.startsWith('# '))).toEqual([]);
  expect(two).not.toContain('the same name');
});

/** Stands for the AWS CLI: two entries in blue, one in green, of which one principal is in both. */
const standIn = `#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in
    list-access-entries | describe-access-entry | list-associated-access-policies) task=$1 ;;
    --cluster-name) cluster=$2 ;;
    --principal-arn) arn=$2 ;;
  esac
  shift
done
alice=arn:aws:iam::111122223333:user/alice
case $task in
  list-access-entries) [ "$cluster" = green ] && echo "$alice" || printf '%s\\t%s\\n' "$alice" arn:aws:iam::111122223333:role/ci ;;
  describe-access-entry) printf '{"accessEntry":{"clusterName":"%s","principalArn":"%s","type":"STANDARD","username":"x","kubernetesGroups":["%s"]}}\\n' "$cluster" "$arn" "$cluster" ;;
  *) printf '{"clusterName":"%s","principalArn":"%s","associatedAccessPolicies":[]}\\n' "$cluster" "$arn" ;;
esac
`;

test.each([
  ['two-in-one-snapshot', ['blue', 'blue', 'green']],
  ['two-with-provider-aliases', ['blue', 'blue', 'green']],
])('the loop of %s, run twice, collects a snapshot of both', async (name, clusters) => {
  const directory = mkdtempSync(join(tmpdir(), 'two-clusters-'));
  try {
    writeFileSync(join(directory, 'aws'), standIn);
    chmodSync(join(directory, 'aws'), 0o755);
    const loop = codeBlocks(await bookOf(name), 'sh').find(block => block.includes('done > entries.json')) ?? '';
    for (const shell of ['bash', 'bash']) {
      const { status, stderr } = spawnSync(shell, ['-euo', 'pipefail', '-c', loop], {
        cwd: directory,
        encoding: 'utf8',
        // A pipe of Node is a socket, of which bash may believe that somebody signs in by it, and then it reads their settings.
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, PATH: `${directory}${delimiter}${process.env['PATH']}` },
      });
      expect([status, stderr]).toEqual([0, '']);
    }
    const { entries } = readSnapshot('entries.json', readFileSync(join(directory, 'entries.json'), 'utf8'));
    expect(entries.map(({ clusterName, groups, policies }) => [clusterName, groups, policies])).toEqual(
      clusters.map(cluster => [cluster, [cluster], []]),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('where one of two is migrated, plans are judged for that one, and kubectl reaches it', async () => {
  const text = readFileSync(join(fixtures, 'two-in-one-snapshot/input/main.tf'), 'utf8').replace(
    /module "auth_green"[^]*$/,
    '',
  );
  const { runbook } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const judged = commandsOf(runbook).filter(line => line.includes('verify-plan'));
  expect(judged.length).toBeGreaterThan(4);
  expect(judged.filter(line => !line.includes(' --cluster-name blue'))).toEqual([]);
  expect(runbook).toContain('kubectl --context blue get nodes');
  expect(runbook).not.toContain('green');
});
