import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { role } from '../verifier/access/support/inputs.ts';
import { documents, verify } from './support/cluster.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const moduleWith = (groups: string): string => `module "eks" {
source       = "terraform-aws-modules/eks/aws"
version      = "20.24.3"
cluster_name = "demo"
}

module "aws_auth" {
source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
version = "20.24.3"

aws_auth_roles = [
  { rolearn = "${role('ops')}", username = "ops", groups = ["${groups}"] },
  { rolearn = "${role('lead')}", username = "lead", groups = ["${groups}"] },
]
}
`;
/** What gates.sh asks before phase 2. */
const gate = 'but the FlowSchema exempt names the group system:masters';

const gatesOf = async (groups: string): Promise<string> => {
  const directory = directoryWith({ 'main.tf': moduleWith(groups) });
  await runHere(directory, ['convert', '.']);
  return contentOf(directory)['access-entries-migration/gates.sh'] ?? '';
};

/** A cluster with these resources: it refuses what it does not know, and gives all of the objects otherwise. */
const kubectl = (resources: readonly string[], objects: readonly unknown[]) => ({
  'bin/kubectl': `#!/bin/sh
shift
case "$1" in
api-resources) printf '%s\\n' ${resources.join(' ')} ;;
get)
  echo "$2" > asked
  for one in $(echo "$2" | tr , ' '); do
    case " ${resources.join(' ')} " in *" $one "*) ;; *) echo "error: the server doesn't have a resource type \\"$one\\"" >&2; exit 1 ;; esac
  done
  cat objects.json ;;
esac
`,
  'objects.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
});
const own = [
  'configmaps',
  'secrets',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'flowschemas.flowcontrol.apiserver.k8s.io',
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io',
  'networkpolicies.networking.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
];
const ofKyverno = [
  'ephemeralreports.reports.kyverno.io',
  'clusterpolicies.kyverno.io',
  'policies.kyverno.io',
  'policyexceptions.kyverno.io',
  'updaterequests.kyverno.io',
  'namespacedmutatingpolicies.policies.kyverno.io',
  'validatingpolicies.policies.kyverno.io',
  'policyreports.wgpolicyk8s.io',
];
/** Ends the script with its one check, which prints what it finds. */
const checkAlone = (gates: string): string =>
  gates.replace(
    /\nmain "\$@"\n$/,
    '\nscratch=. context=demo\nmasters_named rbac.json || exit "$(($? == 3 ? 0 : 1))"\n',
  );
const pasted = async (resources: readonly string[], objects: readonly unknown[]) => {
  const directory = directoryWith({
    ...kubectl(resources, objects),
    'gates.sh': checkAlone(await gatesOf('system:masters')),
  });
  chmodSync(join(directory, 'bin/kubectl'), 0o755);
  const { PATH = '' } = process.env;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', 'gates.sh'], {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: `${join(directory, 'bin')}:${PATH}` },
  });
  const { asked = '', 'rbac.json': rbac = '' } = contentOf(directory);
  return { status, stderr, found: stdout.trim().split('\n'), asked: asked.trim().split(','), rbac };
};
const items = documents('bindings').flatMap(list => (list as { items: unknown[] }).items);

test('collects what a cluster without Kyverno has', async () => {
  const objects = [...items, ...documents('flow-schemas', 'validating-admission-policy', 'webhooks')];
  const { status, stderr, found, asked, rbac } = await pasted(own, objects);
  expect([status, stderr]).toEqual([0, '']);
  expect(asked).toEqual([own[2], own[3], own[5], own[6], own[9], own[11]]);
  expect(found).toEqual([
    'FlowSchema exempt',
    'FlowSchema operators-first',
    'ValidatingAdmissionPolicy keep-quotas',
    'ValidatingWebhookConfiguration change-freeze',
    'MutatingWebhookConfiguration sidecar',
  ]);
  expect((await verify(rbac)).findings).toHaveLength(found.length);
});

test('and the policies of Kyverno where it is there, without its reports', async () => {
  const { found, asked, rbac } = await pasted([...own, ...ofKyverno], [...items, ...documents('kyverno')]);
  expect(asked.filter(name => name.includes('kyverno'))).toEqual(
    ofKyverno.filter(name => !/report|updaterequest/.test(name)),
  );
  expect(found).toContain('Policy team keep-secrets');
  expect((await verify(rbac)).findings).toHaveLength(found.length);
});

test('says it once, where somebody leaves the group', async () => {
  expect((await gatesOf('system:masters')).split(gate).length).toBe(2);
  expect(await gatesOf('developers')).not.toContain(gate);
});

test('looks for what the guide looks for', async () => {
  const guide = readFileSync(new URL('../../docs/how-to/verify-access.md', import.meta.url), 'utf8');
  const [, resources = '-'] = /grep -E '([^']*kyverno[^']*)'/.exec(await gatesOf('system:masters')) ?? [];
  expect(guide).toContain(`grep -E '${resources}'`);
});

test('of a script says it, too', async () => {
  const directory = directoryWith({ 'main.tf': moduleWith('system:masters') });
  await runHere(directory, ['convert', '.', '--emit', 'aws-cli']);
  const text = Object.entries(contentOf(directory)).find(([path]) => path.endsWith('gates.sh'))?.[1] ?? '';
  expect(text.split(gate).length).toBe(2);
});

const codes = (stderr: string): readonly string[] => stderr.match(/TAE428/g) ?? [];

describe('convert says who leaves the group', () => {
  const both = `With phase 2 ${role('ops')}, ${role('lead')} leave the group system:masters`;

  test.each([
    ['staged', ['.']],
    ['with --diff', ['.', '--diff']],
    ['written', ['.', '--write', '--phase', 'add-access-entries']],
    ['as a script', ['.', '--emit', 'aws-cli']],
    ['as resources', ['.', '--emit', 'resources']],
  ])('once, %s', async (_name, args) => {
    const start = moduleWith('system:masters').replace(
      'cluster_name',
      'authentication_mode = "API_AND_CONFIG_MAP"\n  cluster_name',
    );
    const { stderr } = await runHere(directoryWith({ 'main.tf': start }), ['convert', ...args]);
    expect(stderr).toContain(`note TAE428: ${both}`);
    expect(codes(stderr)).toHaveLength(1);
  });

  test('once for two clusters', async () => {
    const [, cluster = '', mapping = ''] = /^(.*?)\n(module "aws_auth".*)$/s.exec(moduleWith('system:masters')) ?? [];
    const two = ['blue', 'green'].map(color =>
      [
        cluster.replace('"eks"', `"eks_${color}"`).replace('"demo"', `"${color}"`),
        mapping.replace('"aws_auth"', `"aws_auth_${color}"`),
      ].join('\n'),
    );
    const config = JSON.stringify({
      pair: { 'module.aws_auth_blue': 'module.eks_blue', 'module.aws_auth_green': 'module.eks_green' },
    });
    const files = { 'main.tf': two.join('\n'), 'tf-access-entries.config.json': config };
    const { stderr } = await runHere(directoryWith(files), ['convert', '.']);
    expect(stderr).toContain(both);
    expect(codes(stderr)).toHaveLength(1);
  });

  test('in the report and in the runbook, too', async () => {
    const directory = directoryWith({ 'main.tf': moduleWith('system:masters') });
    await runHere(directory, ['convert', '.']);
    const files = contentOf(directory);
    const report = JSON.parse(files['access-entries-migration/report.json'] ?? '') as {
      diagnostics: { code: string }[];
    };
    expect(report.diagnostics.filter(({ code }) => code === 'TAE428')).toHaveLength(1);
    expect((files['access-entries-migration/MIGRATION.md'] ?? '').split('TAE428').length).toBe(2);
  });

  test('not where nobody does, and not once phase 2 is written', async () => {
    const without = await runHere(directoryWith({ 'main.tf': moduleWith('developers') }), ['convert', '.']);
    expect(codes(without.stderr)).toEqual([]);
    const config = JSON.stringify({
      principals: Object.fromEntries(['ops', 'lead'].map(name => [role(name), { policies: ['AmazonEKSViewPolicy'] }])),
    });
    const files = { 'main.tf': moduleWith('system:masters'), 'tf-access-entries.config.json': config };
    expect(codes((await runHere(directoryWith(files), ['convert', '.'])).stderr)).toEqual([]);
    const directory = directoryWith({ 'main.tf': moduleWith('system:masters') });
    await runHere(directory, ['convert', '.', '--write', '--phase', 'enable-api']);
    await runHere(directory, ['convert', '.', '--write', '--phase', 'add-access-entries']);
    const later = await runHere(directory, ['status', '.']);
    expect([later.stdout.includes('2 add-access-entries  done'), codes(later.stderr)]).toEqual([true, []]);
  });

  test('check says it of what is there alone', async () => {
    const { stdout } = await runHere(directoryWith({ 'main.tf': moduleWith('system:masters') }), [
      'check',
      '.',
      '--min-severity',
      'note',
    ]);
    expect(codes(stdout)).toEqual([]);
  });
});
