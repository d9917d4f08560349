import { describe, expect, test } from '@jest/globals';
import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import { verifyPlan } from '../../../lib/verifier/plan/verify-plan.ts';
import { phasePlans, planOf, resource, role, type Resource } from './support/plan-json.ts';

type Values = Readonly<Record<string, unknown>>;

const rows = (name: string): string => `- rolearn: ${role(name)}\n  username: ${name}\n  groups: [developers]\n`;
const metadata = { name: 'aws-auth', namespace: 'kube-system' };
const manifest = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  mapRoles: |\n${rows(name).replaceAll(/^(?=.)/gm, '    ')}`;

/** What the state of each resource has of the rows of a role. */
const writers: readonly (readonly [type: string, values: (name: string) => Values])[] = [
  ['kubernetes_config_map', name => ({ metadata: [metadata], data: { mapRoles: rows(name) } })],
  ['kubernetes_config_map_v1', name => ({ metadata: [metadata], data: { mapRoles: rows(name) } })],
  ['kubernetes_config_map_v1_data', name => ({ metadata: [metadata], data: { mapRoles: rows(name) } })],
  ['kubernetes_manifest', name => ({ manifest: { kind: 'ConfigMap', metadata, data: { mapRoles: rows(name) } } })],
  ['kubectl_manifest', name => ({ kind: 'ConfigMap', ...metadata, yaml_body: manifest(name) })],
];

const codesOf = async (phase: PhaseId, change: Resource): Promise<string[]> => {
  // Of ops nothing is in aws-auth here.
  const others = (phasePlans[phase] ?? []).filter(
    ({ type, address }) => !type.startsWith('kubernetes_') && !address.includes('["ops'),
  );
  return (await verifyPlan(planOf([...others, change]), { phase })).diagnostics.map(({ code }) => code);
};

describe.each(writers)('%s', (type, values) => {
  /** As Terraform plans it where a resource gets a count of 0. */
  const gone = (name: string): Resource =>
    resource(`${type}.legacy[0]`, 'delete', values(name), null, { previous_address: `${type}.legacy` });

  test('goes in phase 3, where its rows have entries', async () => {
    expect(await codesOf('remove-aws-auth', gone('dev'))).toEqual([]);
  });

  test('does not go with the row of somebody without an entry', async () => {
    expect(await codesOf('remove-aws-auth', gone('late'))).toEqual(['TAE503']);
  });

  test.each<PhaseId>(['enable-api', 'add-access-entries'])('does not go in phase %s', async phase => {
    expect(await codesOf(phase, gone('dev'))).toContain('TAE509');
  });

  test('may stay as it is before', async () => {
    const stays = resource(`${type}.legacy`, 'no-op', values('dev'), values('dev'));
    expect(await codesOf('add-access-entries', stays)).toEqual([]);
  });
});

test('the ConfigMap of another namespace is not looked at', async () => {
  const other = { metadata: [{ name: 'aws-auth', namespace: 'team' }], data: { mapRoles: rows('late') } };
  const gone = resource('kubernetes_config_map.legacy', 'delete', other, null);
  const { diagnostics } = await verifyPlan(planOf([...(phasePlans['enable-api'] ?? []), gone]), {
    phase: 'enable-api',
  });
  expect(diagnostics).toEqual([]);
});
