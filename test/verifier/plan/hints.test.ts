import { expect, test } from '@jest/globals';
import { verifyPlan, type PlanOptions } from '../../../lib/verifier/plan/verify-plan.ts';
import * as plans from './support/plan-json.ts';

const { cluster, entry, phasePlans, planOf, resource, role } = plans;
type Changes = Parameters<typeof planOf>[0];

const phase = 'add-access-entries';
const base = (...changes: Changes): Changes => [
  ...(phasePlans[phase] ?? []).filter(({ address }) => !changes.some(change => change.address === address)),
  ...changes,
];

/** What the findings of a code say is to be done. */
const hintsOf = async (code: string, changes: Changes, options: PlanOptions = { phase }): Promise<string> => {
  const { diagnostics } = await verifyPlan(planOf(changes), { phase, ...options });
  return diagnostics.flatMap(found => (found.code === code ? [found.hint ?? ''] : [])).join('\n');
};

const liveEntry = (principalArn: string): string =>
  JSON.stringify({ accessEntry: { clusterName: 'demo', principalArn, type: 'STANDARD' } });

// Two addresses of one entry: what removes either of them destroys it. Only what is not in the state is imported.
test('an entry that the plan has under another key is not to be imported', async () => {
  const second = base(entry('dev', role('dev')), entry('again', role('dev'), 'create'));
  expect(await hintsOf('TAE505', second)).toMatch(/^Take the key out of access_entries, without an import/);
  const live = base(entry('dev', role('dev'), 'create'));
  expect(await hintsOf('TAE505', live, { existing: liveEntry(role('dev')) })).toMatch(/^Import the entry/);
  const left = [
    ...base(entry('dev', role('dev'), 'create')),
    resource('aws_eks_access_entry.old', 'forget', { cluster_name: 'demo', principal_arn: role('dev') }, null),
  ];
  expect(await hintsOf('TAE505', left)).toMatch(/^Import the entry/);
});

// EKS may not have made it yet, and then an import fails; imported with another type, the plan replaces it under its nodes.
test('an entry that EKS makes for a node group is not to be imported', async () => {
  const values = { node_role_arn: role('node') };
  const group = resource('module.eks.aws_eks_node_group.this[0]', 'no-op', values, values);
  const made = base(entry('node', role('node'), 'create'), group);
  expect(await hintsOf('TAE505', made)).toMatch(/^Take the key out of access_entries: EKS makes .*--existing/);
});

test('an entry that is in the state is not imported at a second address', async () => {
  const imported = (name: string) => entry('again', role(name), 'no-op', { importing: { id: `demo:${role(name)}` } });
  const { diagnostics } = await verifyPlan(planOf(base(entry('dev', role('dev')), imported('dev'))), { phase });
  expect(diagnostics.find(({ code }) => code === 'TAE505')?.message).toMatch(
    /\["again"\] imports the entry .*\["dev"\] already/,
  );
  expect(await hintsOf('TAE505', base(imported('creator')))).toBe('');
});

// DeleteAccessEntry takes the policies with it: EKS API reference. Keys of the associations hold the key of their entry: main.tf of the module.
test('who moves or replaces an entry is told of its associations', async () => {
  const moved = base(entry('dev', role('dev'), 'delete'), entry('developers', role('dev'), 'create'));
  expect(await hintsOf('TAE504', moved)).toMatch(/moved block.*one for each of its policy associations/);
  const values = { cluster_name: 'demo', principal_arn: role('dev'), type: 'STANDARD' };
  const replaced = base(resource(entry('dev', '').address, 'delete/create', values, { ...values, type: 'EC2_LINUX' }));
  expect(await hintsOf('TAE504', replaced)).toMatch(/-replace.*associations/);
});

// Applied first by itself, a role has its old ARN and a new id: nothing replaces the entry then, and EKS knows the old id.
test('who makes a role again together with its entry is not told to apply the role first', async () => {
  const values = { cluster_name: 'demo', principal_arn: role('dev'), type: 'STANDARD' };
  const unknown = { unknown: { principal_arn: true } };
  const { principal_arn: _known, ...after } = values;
  const replaced = resource(entry('dev', '').address, 'delete/create', values, after, unknown);
  const again = resource('aws_iam_role.dev', 'delete/create', { arn: role('dev'), name: 'dev' }, { name: 'dev' });
  const hint = await hintsOf('TAE504', base(replaced, again));
  expect(hint).toMatch(/^Keep aws_iam_role\.dev\b.*-replace.*Do not apply the role or user by itself first/);
  expect(hint).not.toContain('-target');
  expect(await hintsOf('TAE504', base(replaced))).toContain('-target');
  // With another name or path it has another ARN: applied first, that is known, and the entry goes to it.
  const renamed = [{ name: 'devs' }, { name_prefix: 'dev-' }, { name: 'dev', path: '/team/' }].map(other =>
    resource('aws_iam_role.dev', 'delete/create', { arn: role('dev'), name: 'dev' }, other),
  );
  for (const other of renamed) expect(await hintsOf('TAE504', base(replaced, other))).toContain('-target');
});

// Terraform does not move to an address that is in the state: it destroys what is at the old one. Source: terraform move documentation.
test('an entry that is in the state twice is taken out of it once, and not moved', async () => {
  const both = base(entry('again', role('dev'), 'delete'), entry('dev', role('dev')));
  const hint = await hintsOf('TAE504', both);
  expect(hint).toContain(`terraform state rm '${entry('again', '').address}'`);
  expect(hint).not.toContain('Write a moved block');
  const imported = base(
    entry('again', role('dev'), 'delete'),
    entry('dev', role('dev'), 'no-op', { importing: { id: `demo:${role('dev')}` } }),
  );
  expect(await hintsOf('TAE504', imported)).toContain('Write a moved block');
});

// An entry that EKS or a person made is in no state.
test('an entry that is live only is not replaced by Terraform', async () => {
  const again = resource('aws_iam_role.node', 'delete/create', { arn: role('node'), name: 'node' }, { name: 'node' });
  const only = await hintsOf('TAE506', base(again), { existing: liveEntry(role('node')) });
  expect(only).toMatch(/delete-access-entry/);
  const own = base(entry('node', role('node')), again);
  expect(await hintsOf('TAE506', own)).toMatch(/-replace/);
});

test('nobody is told to apply the destruction of a cluster', async () => {
  const values = { name: 'demo', access_config: [{ authentication_mode: 'API_AND_CONFIG_MAP' }] };
  const address = 'module.eks.aws_eks_cluster.this[0]';
  const lost = base(resource(address, 'delete/create', values, values));
  expect(await hintsOf('TAE508', lost)).toBe('');
  expect(await hintsOf('TAE501', lost)).toMatch(/forces replacement/);
  expect(await hintsOf('TAE501', base(resource(address, 'delete', values, null)))).toMatch(/moved block/);
  expect(await hintsOf('TAE508', base(cluster('API_AND_CONFIG_MAP', 'API')))).toMatch(/^Where it is wanted/);
});

// Entries for its principals leave the account in mapAccounts: only the config says that nobody else of it is to come in.
test('an account is dropped once its principals have entries', async () => {
  const gone = resource(plans.awsAuthAddress, 'delete', plans.dataOf([], ['012345678901']), null);
  const changes = (phasePlans['remove-aws-auth'] ?? []).map(change =>
    change.address === gone.address ? gone : change,
  );
  expect(await hintsOf('TAE513', changes, { phase: 'remove-aws-auth' })).toMatch(/drop the account.*--config/);
  const config = { drop: [{ principal: '012345678901', reason: 'its roles have entries' }] };
  expect(await hintsOf('TAE513', changes, { phase: 'remove-aws-auth', config })).toBe('');
});
