import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { readSnapshot } from '../../lib/parser/entries/read-snapshot.ts';
import { codeBlocks } from '../hostile/markdown.ts';
import { runtime } from '../support/fixture.ts';
import { printedBy } from '../support/runbook.ts';

// Two clusters of one root module: what is asked, kept and undone is asked, kept and undone in each.

const fixtures = fileURLToPath(new URL('../fixtures/clusters/', import.meta.url));
const convertedFrom = async (text: string): Promise<ConvertResult> =>
  convert(new Map([['main.tf', text]]), { runtime: await runtime() });
const resultOf = (name: string): Promise<ConvertResult> =>
  convertedFrom(readFileSync(join(fixtures, name, 'input/main.tf'), 'utf8'));
const commandsOf = (book: string): readonly string[] => codeBlocks(book, 'sh').flatMap(block => block.split('\n'));
const result = await resultOf('two-in-one-snapshot');
const two = result.runbook;

/** What gates.sh asks of one cluster, by the number of its function. */
const askedOf = (number: number): readonly string[] => {
  let at = 0;
  return result.gates.split('\n').flatMap(line => {
    at = Number(/^ {2}cluster_(\d)$/.exec(line)?.[1] ?? at);
    return at === number && /^ {2}(gate|look) /.test(line) ? [line] : [];
  });
};

test('each command of kubectl says which cluster answers, and both are reached', () => {
  expect(two.match(/^aws eks update-kubeconfig .*$/gm)).toEqual([
    'aws eks update-kubeconfig --name blue --alias blue',
    'aws eks update-kubeconfig --name green --alias green',
  ]);
  // Text as well: the way back of phase 3 names both copies.
  expect(`${two}${result.gates.replaceAll(/^#.*$/gm, '')}`).not.toMatch(/(?<!with_)kubectl (apply|get|patch|config) /);
  for (const name of ['blue', 'green'])
    expect(two).toContain(`kubectl --context ${name} apply -f aws-auth-backup-${name}.yaml`);
});

test('both clusters are asked the same', () => {
  const both = [askedOf(1), askedOf(2)].map(lines =>
    [...new Set(lines.map(line => /^ {2}(?:gate|look) '([^']*)'/.exec(line)?.[1] ?? ''))]
      .map(what => what.replaceAll(/blue|green/g, 'one'))
      .filter(what => !/arn:|exist/.test(what)),
  );
  expect(both[0]?.length).toBeGreaterThan(10);
  expect(both[0]?.filter(what => !both[1]?.includes(what))).toEqual([]);
  expect(both[1]?.filter(what => !both[0]?.includes(what))).toEqual([]);
  expect(result.gates).toContain("cluster_1() { on 'blue' 'blue' '' 'module.blue: '; }");
});

test('each command of the AWS CLI that names a cluster is there for both', () => {
  const named = commandsOf(two).filter(line => /--(cluster-)?name (blue|green)\b|\/eks\/(blue|green)\//.test(line));
  const of = (name: string): readonly string[] =>
    named.filter(line => line.includes(name)).map(line => line.replaceAll(name, '<name>').replace('>>', '>'));
  expect(of('blue').toSorted()).toEqual(of('green').toSorted());
});

test('the entries that are looked for are those of each cluster', () => {
  const looked = [askedOf(1), askedOf(2)].map(lines => lines.filter(line => line.includes(' entry_is ')).length);
  expect(looked).toEqual([3, 2]);
  expect(result.gates).toContain('5 aws_eks_access_entry resources created: 3 of module.blue, 2 of module.green');
});

test('no file of one cluster is overwritten by that of the other', () => {
  const blocks = codeBlocks(two, 'sh');
  const written = blocks.map(block => [...block.matchAll(/ > (\S+)$/gm)].map(([, file]) => file));
  expect(written.filter(files => files.length > new Set(files).size)).toEqual([]);
  const copies = [...result.gates.matchAll(/ keep_config_map '([^']*)'/g)].map(([, file]) => file);
  expect(copies).toEqual(['aws-auth-backup-blue.yaml', 'aws-auth-backup-green.yaml']);
});

test('of two clusters of one name no command that gives access runs as it is pasted', async () => {
  const text = readFileSync(join(fixtures, 'two-in-one-snapshot/input/main.tf'), 'utf8');
  const twins = await convertedFrom(text.replaceAll(/cluster_name( *)= "(?:blue|green)"/g, 'cluster_name$1= "prod"'));
  expect(twins.runbook).toContain('Two clusters have the same name');
  const giving = printedBy(twins, 2, '--repair')
    .split('\n')
    .filter(line => line.includes('associate-access-policy'));
  expect(giving.length).toBeGreaterThan(1);
  expect(giving.filter(line => !line.startsWith('# '))).toEqual([]);
  expect(two).not.toContain('the same name');
});

test('of two clusters in two regions each command of the AWS CLI goes to the region of its own', async () => {
  const aliased = readFileSync(join(fixtures, 'two-in-one-snapshot/input/main.tf'), 'utf8').replace(
    '  cluster_name = "green"',
    '  cluster_name = "green"\n  providers = { aws = aws.us }',
  );
  const providers =
    'provider "aws" {\n  region = "eu-north-1"\n}\nprovider "aws" {\n  alias  = "us"\n  region = "us-east-1"\n}\n';
  const apart = await convertedFrom(`${providers}${aliased}`);
  const lines = [...commandsOf(apart.runbook), ...printedBy(apart, 2, '--repair').split('\n')];
  for (const [name, region] of [
    ['blue', 'eu-north-1'],
    ['green', 'us-east-1'],
  ] as const) {
    const its = lines.filter(line => new RegExp(`^ *aws eks .*--(?:cluster-)?name ${name}\\b`).test(line));
    // The set-up, the two for somebody who is locked out, and what gives the rights back.
    expect(its.length).toBeGreaterThan(3);
    expect(its.filter(line => !line.includes(` --region ${region}`))).toEqual([]);
  }
  const scripts = await convert(new Map([['main.tf', `${providers}${aliased}`]]), {
    runtime: await runtime(),
    emit: 'aws-cli',
  });
  const run = commandsOf(scripts.runbook).filter(line => / --context=green\b/.test(line));
  expect(run.length).toBeGreaterThan(3);
  expect(run.filter(line => !line.includes(' --region us-east-1'))).toEqual([]);
  // One region is that of the shell.
  expect(two).not.toContain('--region');
});

/** Stands for the AWS CLI: two entries in blue, one in green, of which one principal is in both. */
const standIn = `#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in
    list-access-entries | describe-access-entry | list-associated-access-policies) task=$1 ;;
    --cluster-name=*) cluster=\${1#*=} ;;
    --principal-arn=*) arn=\${1#*=} ;;
  esac
  shift
done
alice=arn:aws:iam::111122223333:user/alice
case $task in
  list-access-entries) [ "$cluster" = green ] && echo "$alice" || printf '%s\\n%s\\n' "$alice" arn:aws:iam::111122223333:role/ci ;;
  describe-access-entry) printf '{"accessEntry":{"clusterName":"%s","principalArn":"%s","type":"STANDARD","username":"x","kubernetesGroups":["%s"]}}\\tSTANDARD\\n' "$cluster" "$arn" "$cluster" ;;
  *) printf '{"clusterName":"%s","principalArn":"%s","associatedAccessPolicies":[]}\\n' "$cluster" "$arn" ;;
esac
`;

test.each([
  ['two-in-one-snapshot', ['blue', 'blue', 'green']],
  ['two-with-provider-aliases', ['blue', 'blue', 'green']],
])('the snapshot of %s, taken twice, is of both', async (name, clusters) => {
  const directory = mkdtempSync(join(tmpdir(), 'two-clusters-'));
  try {
    mkdirSync(join(directory, 'out'));
    writeFileSync(join(directory, 'aws'), standIn);
    writeFileSync(join(directory, 'out/gates.sh'), (await resultOf(name)).gates);
    chmodSync(join(directory, 'aws'), 0o755);
    for (const shell of ['bash', 'bash']) {
      const { status, stderr } = spawnSync(shell, ['out/gates.sh', 'snapshot'], {
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
  const { runbook, gates } = await convertedFrom(text);
  const judged = commandsOf(runbook).filter(line => line.includes('verify-plan'));
  expect(judged.length).toBeGreaterThan(4);
  expect(judged.filter(line => !line.includes(' --cluster-name blue'))).toEqual([]);
  expect(gates).toContain('kubectl --context blue ');
  expect(runbook + gates).not.toContain('green');
});
