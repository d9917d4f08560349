import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const row = (name: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["${name}"] }`;

const platform = (rows: string): string => `variable "env" {
  type = string
}

variable "map_roles" {
  type    = any
  default = []
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.31.6"

  cluster_name        = "core-\${var.env}"
  authentication_mode = "CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.31.6"

  manage_aws_auth_configmap = true

  aws_auth_roles = ${rows}
}
`;

const call = (source: string, more = '', label = 'platform'): string =>
  `module "${label}" {\n  source = "${source}"\n\n  env = "x"\n${more}}\n`;

const handing = (name: string): string => `  map_roles = [${row(name)}]\n`;

type Written = Readonly<Record<'runbook' | 'gates', string>> & { readonly back: (phase: number) => readonly string[] };

/** What is written for modules/p in a repository, and what its gates.sh prints for the way back. */
const converted = async (files: Readonly<Record<string, string>>, rows = 'var.map_roles'): Promise<Written> => {
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/p/main.tf': platform(rows),
    ...files,
  });
  expect((await runHere(directory, ['convert', '.'])).status).toBe(0);
  const at = join(directory, 'modules/p/access-entries-migration');
  return {
    runbook: readFileSync(join(at, 'MIGRATION.md'), 'utf8'),
    gates: readFileSync(join(at, 'gates.sh'), 'utf8'),
    back: phase => {
      const { stdout } = spawnSync('bash', [join(at, 'gates.sh'), String(phase), '--back'], { encoding: 'utf8' });
      return stdout.trimEnd().split('\n');
    },
  };
};

const entry = (prefix: string, key: string): string =>
  `terraform state rm '${prefix}module.eks.aws_eks_access_entry.this["${key}"]'`;

const mapIn = (prefix: string): string => `${prefix}module.aws_auth.kubernetes_config_map.aws_auth[0]`;

// Source: developer.hashicorp.com/terraform/cli/state/resource-addressing (the path of modules, the index of an instance).
describe('addresses of a module that others call', () => {
  test('of its own rows begin with the call of each root module, as those of the rows of callers do', async () => {
    const { back } = await converted(
      {
        'envs/dev/main.tf': call('../../modules/p', handing('dev')),
        'envs/prod/main.tf': call('../../modules/p', handing('prod'), 'cluster'),
      },
      `concat([${row('ci')}], var.map_roles)`,
    );
    expect(back(2)).toEqual([
      '# module.platform of envs/dev:',
      entry('module.platform.', 'ci'),
      entry('module.platform.', 'dev'),
      '# module.cluster of envs/prod:',
      entry('module.cluster.', 'ci'),
      entry('module.cluster.', 'prod'),
    ]);
  });

  test('begin with the call also where no caller hands rows over', async () => {
    const { back } = await converted({ 'envs/dev/main.tf': call('../../modules/p') }, `[${row('ci')}]`);
    expect(back(2)).toEqual([entry('module.platform.', 'ci')]);
    expect(back(3)).toContain(`terraform state rm '${mapIn('module.platform.')}'`);
  });

  test('are there once for each instance of a call whose keys the source tells', async () => {
    const { back, runbook, gates } = await converted({
      'envs/dev/main.tf': call('../../modules/p', `  for_each = toset(["a", "b"])\n${handing('dev')}`),
    });
    expect(back(2)).toEqual([entry('module.platform["a"].', 'dev'), entry('module.platform["b"].', 'dev')]);
    expect(back(3).filter(line => line.includes(' import '))).toEqual(
      ['a', 'b'].map(key => `terraform import '${mapIn(`module.platform["${key}"].`)}' kube-system/aws-auth`),
    );
    expect(runbook).toContain('| `module.platform["a"].module.eks`, `module.platform["b"].module.eks` |');
    expect(gates).toContain('module.platform of envs/dev, in each instance: 1 aws_eks_access_entry created');
  });

  test('are comments where the keys are for a person to fill in', async () => {
    const { back, runbook } = await converted({
      'envs/dev/main.tf': `variable "names" {\n  type = set(string)\n}\n\n${call('../../modules/p', `  for_each = var.names\n${handing('dev')}`)}`,
    });
    expect(back(2)).toEqual([
      '# module.platform of envs/dev; "<key>" is the key of an instance in quotes:',
      `# ${entry('module.platform["<key>"].', 'dev')}`,
    ]);
    expect(back(3).filter(line => !line.startsWith('# '))).toEqual([]);
    expect(runbook).toContain('`module.platform["<key>"].module.eks`; `"<key>"` is the key of an instance in quotes |');
  });

  test('have the index of each instance of a call with a count', async () => {
    const { back } = await converted({
      'envs/dev/main.tf': call('../../modules/p', `  count = 2\n${handing('dev')}`),
    });
    expect(back(2)).toEqual([entry('module.platform[0].', 'dev'), entry('module.platform[1].', 'dev')]);
  });
});

const throughMid = {
  'modules/mid/main.tf': call('../p', handing('mid')),
  'envs/dev/main.tf': call('../../modules/mid', '', 'mid'),
  'envs/prod/main.tf': call('../../modules/mid', '', 'core'),
};

describe('a module between the root modules and the one that makes the cluster', () => {
  test('is no root module: addresses begin with calls of it, which a person fills in', async () => {
    const { back, runbook } = await converted(throughMid);
    expect(runbook).toContain(
      '| `envs/dev`, `envs/prod` | `module.platform` of `modules/mid` | not told by the source | `<call>.module.platform.module.eks`; `<call>` is the address of the call of modules/mid there |',
    );
    const heading =
      '# module.platform of modules/mid, in envs/dev, envs/prod; <call> is the address of the call of modules/mid there:';
    expect(back(2)).toEqual([heading, `# ${entry('<call>.module.platform.', 'mid')}`]);
    expect(back(3).filter(line => !line.startsWith('# '))).toEqual([]);
    expect(back(3)).toContain(`# terraform state rm '${mapIn('<call>.module.platform.')}'`);
  });

  test('is not where commands run: ways lead from the root modules', async () => {
    const { runbook } = await converted(throughMid);
    expect(runbook).toContain('gates() { bash ../../modules/p/access-entries-migration/gates.sh');
    // From a root module `convert .` goes to what that calls itself.
    expect(runbook).toContain('tool convert ../../modules/p --write --phase enable-api');
    expect(runbook).not.toMatch(/convert \. |may be run in any of them/);
  });

  test('is found behind another one', async () => {
    const { runbook } = await converted({
      ...throughMid,
      'modules/outer/main.tf': call('../mid', '', 'mid'),
      'envs/dev/main.tf': call('../../modules/outer'),
    });
    expect(runbook).toContain('| `envs/dev`, `envs/prod` | `module.platform` of `modules/mid` |');
  });

  test('has a cluster for each of them: a snapshot proves one', async () => {
    const directory = directoryWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'modules/p/main.tf': platform('var.map_roles'),
      ...throughMid,
      'entries.json':
        '{"accessEntry":{"clusterName":"core-x","principalArn":"arn:aws:iam::111122223333:role/mid","kubernetesGroups":["mid"],"username":"mid","type":"STANDARD"}}',
    });
    const { status, stderr } = await runHere(directory, ['convert', '.', '--existing', 'entries.json']);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        'each caller of this module has one of its own: module.platform of modules/mid in envs/dev, module.platform of modules/mid in envs/prod.',
      ),
    ]);
  });

  test('gets no import blocks: they belong in the root modules', async () => {
    const directory = directoryWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'modules/p/main.tf': platform('var.map_roles'),
      ...throughMid,
      'entries.json':
        '{"accessEntry":{"clusterName":"core-x","principalArn":"arn:aws:iam::111122223333:role/mid","kubernetesGroups":["mid"],"username":"mid","type":"STANDARD"}}',
    });
    const args = ['import-blocks', 'modules/mid', '--cluster-name', 'core-x', '--existing', 'entries.json'];
    const { status, stdout, stderr } = await runHere(directory, args);
    expect([status, stdout, stderr]).toEqual([
      1,
      '',
      expect.stringContaining(
        'TAE224: The addresses of the entries of module.platform are not known: it stands in modules/mid, which is no root module: envs/dev, envs/prod call it.',
      ),
    ]);
  });
});
