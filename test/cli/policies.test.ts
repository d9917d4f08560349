import { expect, test } from '@jest/globals';
import { policiesReportSchema } from '../../lib/report/command-schemas.ts';
import { command } from './support/command.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const here = directoryWith({});

const ruleTexts = async (policy: string): Promise<readonly string[]> => {
  const { status, stdout } = await runHere(here, ['policies', policy, '--format', 'json']);
  expect(status).toBe(0);
  const { policies } = policiesReportSchema.parse(JSON.parse(stdout));
  expect(policies.map(({ name }) => name)).toEqual([policy]);
  return (policies[0]?.rules ?? []).flatMap(({ apiGroups, resources, nonResourceURLs, verbs }) =>
    [...resources, ...nonResourceURLs].flatMap(what =>
      verbs.map(verb => `${apiGroups.map(group => `${group}/`).join()}${what} ${verb}`),
    ),
  );
};

// Source of the expectations: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
test('the rules are those that AWS publishes', async () => {
  expect(await ruleTexts('AmazonEKSClusterAdminPolicy')).toEqual(['*/* *', '* *']);
  expect(await ruleTexts('AmazonEKSAdminViewPolicy')).toEqual(['*/* get', '*/* list', '*/* watch']);
  expect(await ruleTexts('AmazonEKSSecretReaderPolicy')).toEqual(['/secrets get', '/secrets list', '/secrets watch']);
  const [view, edit, admin] = await Promise.all(
    ['View', 'Edit', 'Admin'].map(async name => ruleTexts(`AmazonEKS${name}Policy`)),
  );
  expect(view).toContain('apps/deployments list');
  expect(view).toContain('/resourcequotas/status get');
  expect(view?.filter(text => text.includes('secrets') || /(?:create|update|delete)$/.test(text))).toEqual([]);
  expect(edit).toEqual(expect.arrayContaining(['/secrets get', '/pods/exec create', '/serviceaccounts impersonate']));
  expect(edit?.filter(text => text.includes('rbac.authorization.k8s.io'))).toEqual([]);
  expect(admin).toEqual(expect.arrayContaining(['rbac.authorization.k8s.io/roles create']));
  // Neither of the three reaches nodes or custom resource definitions.
  for (const rules of [view, edit, admin]) {
    expect(rules?.filter(text => /\/(?:nodes|customresourcedefinitions) /.test(text))).toEqual([]);
  }
});

test('the list says whom a policy is for', async () => {
  const { status, stdout, stderr } = await runHere(here, ['policies']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/AmazonEKSHybridPolicy +service-linked roles of AWS/);
  expect(stdout).toMatch(/AmazonEKSViewPolicy +people/);
  expect(stdout).toMatch(/AmazonEKSEventPolicy +not documented by AWS/);
});

test('the ARN is that of the partition', async () => {
  const { stdout } = await runHere(here, ['policies', 'AmazonEKSViewPolicy', '--partition', 'aws-us-gov']);
  expect(stdout).toContain('arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy');
});

test('an ARN has its own partition', async () => {
  const { stdout } = await runHere(here, ['policies', 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy']);
  expect(stdout).toContain('arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy');
});

test.each([
  [['policies'], 'aws'],
  [['policies', '--partition', 'aws-us-gov'], 'aws-us-gov'],
  [['policies', 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy'], 'aws-cn'],
])('%j: JSON has the partition %s', async (args, partition) => {
  const { stdout } = await runHere(here, [...args, '--format', 'json']);
  expect(policiesReportSchema.parse(JSON.parse(stdout)).partition).toBe(partition);
});

test('an ARN names its policy, and case does not matter', async () => {
  const byName = await runHere(here, ['policies', 'AmazonEKSViewPolicy']);
  for (const name of ['amazoneksviewpolicy', 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy']) {
    expect(await runHere(here, ['policies', name])).toEqual(byName);
  }
});

test.each([
  ['ViewPolicy', 'AmazonEKSViewPolicy'],
  ['AmazonEKSClusterAdmin', 'AmazonEKSClusterAdminPolicy'],
  ['AmazonEKSVeiwPolicy', 'AmazonEKSViewPolicy'],
])('of %s, which is none, the nearest is %s', async (name, nearest) => {
  const { status, stdout, stderr } = await runHere(here, ['policies', name]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('TAE116');
  expect(stderr).toContain(`the nearest is ${nearest}`);
});

test('the built command lists them, too', () => {
  expect(command(here, ['policies']).status).toBe(0);
});
