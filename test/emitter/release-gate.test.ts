import { expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

// What is said of a release is to be done as it is written: each way out has to lead out.

const row = '{ rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] }';

type Calls = { readonly eks?: string; readonly awsAuth?: string; readonly name?: string };

const converted = async ({
  eks = '20.24.3',
  awsAuth = '~> 20.0',
  name = 'cluster_name',
}: Calls): Promise<ConvertResult> =>
  convert(
    new Map([
      [
        'main.tf',
        `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "${eks}"
  ${name} = "demo"
}

module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "${awsAuth}"
  aws_auth_roles = [${row}]
}
`,
      ],
    ]),
    { runtime: await runtime() },
  );

const hintsOf = async (code: string, calls: Calls): Promise<readonly string[]> =>
  (await converted(calls)).diagnostics.filter(found => found.code === code).map(({ hint = '' }) => hint);

const messagesOf = async (code: string, calls: Calls): Promise<readonly string[]> =>
  (await converted(calls)).diagnostics.filter(found => found.code === code).map(({ message }) => message);

// Source: docs/UPGRADE-21.0.md of terraform-aws-modules/eks: the submodule ended with version 20.
test('an aws-auth call of version 21 is sent back to version 20, not to a newer release', async () => {
  const [hint, ...others] = await hintsOf('TAE202', { awsAuth: '~> 21.0' });
  expect(others).toEqual([]);
  expect(hint).toContain('"~> 20.0"');
  expect(hint).not.toContain('or newer');
});

// `version` goes with a registry source alone. Source: developer.hashicorp.com/terraform/language/modules/configuration.
test('an aws-auth call of a git source gets another ref, not a version', async () => {
  const eks = 'git::https://github.com/terraform-aws-modules/terraform-aws-eks.git';
  const text = `module "eks" {
  source       = "${eks}?ref=v21.1.0"
  name         = "demo"
}

module "aws_auth" {
  source         = "${eks}//modules/aws-auth?ref=v21.1.0"
  aws_auth_roles = [${row}]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const [found] = diagnostics.filter(({ code }) => code === 'TAE202');
  expect(found?.hint).toMatch(/^Set the ref of its source to v20\.37\.2\. The call of the cluster/);
  const next = text.replace('aws-auth?ref=v21.1.0', 'aws-auth?ref=v20.37.2');
  const after = await convert(new Map([['main.tf', next]]), { runtime: await runtime() });
  expect(after.diagnostics.map(({ code }) => code)).not.toContain('TAE202');
});

// modules/aws-auth is in no tag before v20.0.0 of terraform-aws-modules/eks: `terraform init` fails.
test.each([
  ['19.0.0', 'module.aws_auth is at 19.0.0'],
  ['~> 19.0', 'module.aws_auth: "~> 19.0" is read as 19.21.0'],
])('an aws-auth call of version %s is of a release without the submodule', async (awsAuth, said) => {
  const { diagnostics, report } = await converted({ awsAuth });
  const [found, ...others] = diagnostics.filter(({ code }) => code === 'TAE202');
  expect(others).toEqual([]);
  expect(found?.message).toBe(`${said}: before version 20 there is no aws-auth submodule, the first one is in 20.0.0.`);
  expect(found?.hint).toContain('"~> 20.0"');
  expect(report.phases.map(({ blockedBy }) => blockedBy)).toEqual(Array.from({ length: 5 }, () => ['TAE202']));
});

test('the first release with the submodule has it', async () => {
  expect(await messagesOf('TAE202', { awsAuth: '20.0.0' })).toEqual([]);
});

// Source: docs/UPGRADE-18.0.md and UPGRADE-19.0.md of terraform-aws-modules/eks: node groups are made anew on the way.
test('a release before 20 may stay: that comes first', async () => {
  const [hint] = await hintsOf('TAE202', { eks: '18.10.0' });
  expect(hint).toMatch(/^Leave the release as it is, and give --emit resources\./);
});

// aws_auth_configmap_yaml, from which eks-auth has the rows of nodes, is an output of 18.0.0 to 19.21.0, and of no release of version 20.
// Source: outputs.tf of terraform-aws-modules/eks at these tags; main.tf of aidanmelen/terraform-aws-eks-auth v1.0.0.
test.each([
  ['18.10.0', 'after that upgrade they are gone'],
  ['19.21.0', 'after that upgrade they are gone'],
  ['20.5.0', 'Move to 20.13.1 or a newer release of version 20'],
])('beside eks-auth %s is not sent to where the rows of nodes are lost, nor kept where they are', async (eks, said) => {
  const text = `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "${eks}"
  cluster_name = "demo"
}

module "eks_auth" {
  source    = "aidanmelen/eks-auth/aws"
  version   = "1.0.0"
  eks       = module.eks
  map_roles = [${row}]
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  const [hint] = diagnostics.filter(({ code }) => code === 'TAE202').map(one => one.hint);
  expect(hint).toContain(said);
  expect(hint?.includes('20.13.1')).toBe(eks.startsWith('20'));
});

// No release of a later major version is known, so no statement of one helps.
test('of a later major version the config is not said to settle anything', async () => {
  const [hint] = await hintsOf('TAE201', { eks: '22.0.0' });
  expect(hint).toContain('Version 22');
});

// Source: docs/UPGRADE-21.0.md of terraform-aws-modules/eks: cluster_name is name from version 21 on, and name is refused before.
test.each([
  ['>= 20.31', 'cluster_name'],
  ['~> 20.31', 'name'],
])('%s with %s: the newest release does not plan, and is not recommended', async (eks, name) => {
  for (const code of ['TAE209', 'TAE216']) {
    const hints = await hintsOf(code, { eks, name });
    expect(hints.length).toBeGreaterThan(0);
    for (const hint of hints) {
      expect(hint).toContain(`does not know ${name}`);
      expect(hint).not.toContain('init -upgrade');
    }
  }
});

test.each([
  ['~> 20.31', 'cluster_name'],
  ['>= 20.31, < 22.0', 'name'],
])('%s with %s: the newest release plans', async (eks, name) => {
  const [hint] = await hintsOf('TAE216', { eks, name });
  expect(hint).toMatch(/^Run `terraform init -upgrade`/);
});

// Source: docs/UPGRADE-21.0.md: a call with cluster_name is not of version 21, and one with name is not before it.
test.each([
  ['>= 20.14', 'cluster_name', '20.37.2'],
  ['>= 20.31, < 22.0', 'name', '21.19.0'],
  ['>= 20.14', 'name', '21.19.0'],
  ['~> 21.0', 'cluster_name', '21.19.0'],
])('%s with %s is read as a release that takes it, where one fits', async (eks, name, version) => {
  const { report } = await converted({ eks, name });
  expect(report.clusters.map(({ moduleVersion }) => moduleVersion)).toEqual([version]);
  const [message] = await messagesOf('TAE216', { eks, name });
  expect(message).toContain(`is read as ${version}, the newest release that fits`);
});

// `terraform init -upgrade` takes the newest release that fits, and no major version after 21 is known here.
test('a range without an end: no newest release is claimed, and none is to be installed', async () => {
  for (const code of ['TAE209', 'TAE216']) {
    const hints = await hintsOf(code, { eks: '>= 20.31', name: 'name' });
    expect(hints.length).toBeGreaterThan(0);
    for (const hint of hints) expect(hint).toMatch(/ pin |^Pin /);
  }
  const [message] = await messagesOf('TAE216', { eks: '>= 20.31', name: 'name' });
  expect(message).toContain('of those known here');
  expect(message).not.toContain('its newest release');
});

// Source: docs/UPGRADE-21.0.md: cluster_name is refused from version 21 on, so no release of it is in use.
test('faults of releases that refuse the call are not said', async () => {
  const messages = await messagesOf('TAE209', { eks: '>= 20.31', name: 'cluster_name' });
  expect(messages.filter(message => message.includes('21.0.0'))).toEqual([]);
  expect((await messagesOf('TAE209', { eks: '>= 20.31', name: 'name' })).join()).toContain('21.0.0');
});

test.each([
  [{ awsAuth: '>= 20.14' }, /^module\.aws_auth: ">= 20\.14" is read as 21\./],
  [{ awsAuth: '~> 21.22' }, /^module\.aws_auth: "~> 21\.22" is read as 21\./],
  [{ eks: '>= 20.11, < 20.12' }, /^module\.eks: ">= 20\.11, < 20\.12" is read as 20\.11\.1/],
  [{ eks: '20.11.1' }, /^module\.eks is at 20\.11\.1/],
])('no release is said to be in use for a range: %j', async (calls, said) => {
  expect(await messagesOf('TAE202', calls)).toEqual([expect.stringMatching(said)]);
});

test('where no cluster is in the root module, phase 2 waits for that, not for a choice among clusters', async () => {
  const text = `module "aws_auth" {
  source         = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version        = "~> 20.0"
  aws_auth_roles = [${row}]
}
`;
  const { report } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  expect(report.phases.map(({ blockedBy }) => blockedBy)).toEqual(Array.from({ length: 5 }, () => ['TAE205']));
});
