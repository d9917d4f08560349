import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const module = (roles = 'var.roles'): string => `variable "name" {
  type = string
}

variable "roles" {
  type    = any
  default = []
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = var.name
  authentication_mode = "API_AND_CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  manage_aws_auth_configmap = true
  aws_auth_roles            = ${roles}
}
`;

const arn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

const row = `{ rolearn = "${arn('three')}", username = "three", groups = ["three"] }`;

const call = (name: string, roles: string): string => `variable "roles" {
  type    = list(any)
  default = []
}

module "p" {
  source = "../../modules/p"
  name   = "${name}"
  roles  = ${roles}
}
`;

const unit = (name: string, roles: string): string =>
  `terraform {\n  source = "../../modules//p"\n}\n\ninputs = {\n  name  = "${name}"\n  roles = ${roles}\n}\n`;

const entry = (
  principalArn: string,
  username: string,
  groups: readonly string[],
  policies: readonly object[],
): string =>
  `${JSON.stringify({ accessEntry: { clusterName: 'w3', principalArn, type: 'STANDARD', username, kubernetesGroups: groups } })}\n${JSON.stringify({ clusterName: 'w3', principalArn, associatedAccessPolicies: policies })}\n`;

const admin = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  accessScope: { type: 'cluster', namespaces: [] },
};

/** All that is live in w3, and nothing of w4. */
const live = {
  'entries.json': entry(arn('three'), 'three', ['three'], []) + entry(arn('tf'), 'tf', [], [admin]),
  'aws-auth.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n  mapRoles: |\n    - rolearn: ${arn('three')}\n      username: three\n      groups:\n        - three\n`,
};

const callers = {
  'one hands over a variable': {
    'modules/p/main.tf': module(),
    'envs/lit/main.tf': call('w3', `[${row}]`),
    'envs/var/main.tf': call('w4', 'var.roles'),
  },
  'all hand over variables': {
    'modules/p/main.tf': module(),
    'envs/lit/main.tf': call('w3', 'var.roles'),
    'envs/var/main.tf': call('w4', 'var.roles'),
  },
  'the module itself has the rows': {
    'modules/p/main.tf': module(`[${row}]`),
    'envs/lit/main.tf': call('w3', '[]'),
    'envs/var/main.tf': call('w4', '[]'),
  },
  'they are units of Terragrunt': {
    'modules/p/main.tf': module(),
    'envs/lit/terragrunt.hcl': unit('w3', `[${row}]`),
    'envs/var/terragrunt.hcl': unit('w4', 'yamldecode(file("roles.yaml"))'),
  },
  'one is in JSON syntax': {
    'modules/p/main.tf': module(),
    'envs/lit/main.tf': call('w3', `[${row}]`),
    'envs/var/main.tf.json': JSON.stringify({ module: { p: { source: '../../modules/p', name: 'w4' } } }),
  },
};

const config = 'modules/p/tf-access-entries.config.json';

const write = (path: string, phase: string, ...flags: readonly string[]): readonly string[] => [
  'convert',
  path,
  '--write',
  '--phase',
  phase,
  ...flags,
];

const proof = ['--existing', 'entries.json', '--aws-auth', 'aws-auth.yaml', '--runner', arn('tf')];

const runbookIn = (directory: string): string =>
  readFileSync(join(directory, 'modules/p/access-entries-migration/MIGRATION.md'), 'utf8');

describe('a snapshot of the cluster of one caller', () => {
  test.each(Object.entries(callers))('is no proof for the others: %s', async (_, files) => {
    const directory = directoryWith({ '.git/HEAD': '', ...files, ...live });
    expect((await runHere(directory, write('envs/lit', 'add-access-entries'))).status).toBe(0);
    writeFileSync(join(directory, config), '{"clusterName":"w3"}');
    for (const phase of ['remove-aws-auth', 'api-only']) {
      const before = contentOf(directory);
      for (const path of ['envs/lit', 'envs/var', 'modules/p']) {
        const { status, stderr } = await runHere(directory, write(path, phase, ...proof));
        expect([path, phase, status, stderr]).toEqual([
          path,
          phase,
          1,
          expect.stringMatching(/error TAE272: --existing is of one cluster.* of envs\/lit, .* of envs\/var\.$/m),
        ]);
        expect(stderr).toContain('--per-environment');
        expect(contentOf(directory)).toEqual(before);
      }
      expect((await runHere(directory, write('envs/lit', phase, '--accept-unverified'))).status).toBe(0);
    }
  });

  /** Its rows would become entries of the module, and so of all. */
  const withoutRows = {
    'modules/p/main.tf': module().replace(/\nmodule "aws_auth" [^]*/, ''),
    'envs/lit/main.tf': call('w3', '[]'),
    'envs/var/main.tf': call('w4', '[]'),
  };

  test.each([...Object.entries(callers), ['no rows are in Terraform', withoutRows] as const])(
    'nor is its ConfigMap alone: %s',
    async (_, files) => {
      const directory = directoryWith({ '.git/HEAD': '', ...files, ...live });
      for (const command of ['status', 'convert']) {
        for (const path of ['envs/lit', 'envs/var', 'modules/p']) {
          const { status, stdout, stderr } = await runHere(directory, [command, path, '--aws-auth', 'aws-auth.yaml']);
          expect([path, status, stdout, stderr]).toEqual([
            path,
            1,
            '',
            expect.stringMatching(/error TAE272: --aws-auth is of one cluster.* of envs\/lit, .* of envs\/var\.$/m),
          ]);
        }
      }
    },
  );

  test('is one where there is one caller', async () => {
    const { 'envs/var/main.tf': _, ...files } = callers['all hand over variables'];
    const directory = directoryWith({ '.git/HEAD': '', ...files, ...live });
    expect((await runHere(directory, write('envs/lit', 'add-access-entries'))).status).toBe(0);
    writeFileSync(join(directory, config), '{"clusterName":"w3"}');
    const { status, stderr } = await runHere(directory, write('envs/lit', 'remove-aws-auth', ...proof));
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('TAE272')]);
  });
});

describe('the runbook of a module with several callers', () => {
  test.each(['enable-api', 'add-access-entries'])(
    'lists those whose rows a plan knows, and has no command that is refused (after %s)',
    async phase => {
      const directory = directoryWith({ '.git/HEAD': '', ...callers['one hands over a variable'] });
      await runHere(directory, write('envs/lit', phase));
      expect((await runHere(directory, ['convert', 'envs/lit'])).status).toBe(0);
      const runbook = runbookIn(directory);
      expect(runbook).toContain('## The root modules that call this one\n');
      expect(runbook).toContain('| `envs/lit` | `module.p` | w3 | `module.p.module.eks` |\n');
      expect(runbook).toContain('| `envs/var` | `module.p` | w4 | `module.p.module.eks` |\n');
      expect(runbook).toContain('`roles`');
      const commands = runbook.split('\n').filter(line => line.includes('tool convert '));
      expect(commands.join('\n')).not.toMatch(/--existing|--aws-auth|--runner/);
      for (const removing of ['remove-aws-auth', 'api-only'])
        expect(commands.find(line => line.includes(removing))).toContain('--accept-unverified');
      expect(runbook).toContain('tool verify-access --aws-auth aws-auth-backup.yaml --existing entries.json');
      expect(runbook).toContain('gates() { bash ../../modules/p/access-entries-migration/gates.sh "$@"; }');
    },
  );
});
