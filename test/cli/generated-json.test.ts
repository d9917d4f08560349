import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

/** As `cdktf synth` writes it: one file, with the places of the constructs in comments. */
const cdktf = JSON.stringify(
  {
    '//': { metadata: { backend: 'local', stackName: 'eks', version: '0.20.0' }, outputs: {} },
    module: {
      eks: {
        '//': { metadata: { path: 'eks/eks', uniqueId: 'eks' } },
        cluster_name: 'demo',
        source: 'terraform-aws-modules/eks/aws',
        version: '20.24.3',
      },
      'aws-auth': {
        '//': { metadata: { path: 'eks/aws-auth', uniqueId: 'aws-auth' } },
        aws_auth_roles: [
          { groups: ['system:masters'], rolearn: 'arn:aws:iam::111122223333:role/platform', username: 'platform' },
        ],
        manage_aws_auth_configmap: true,
        source: 'terraform-aws-modules/eks/aws//modules/aws-auth',
        version: '~> 20.0',
      },
    },
    provider: { aws: [{ region: 'eu-west-1' }] },
    terraform: { required_providers: { aws: { source: 'aws', version: '5.60.0' } } },
  },
  null,
  2,
);

const live = `apiVersion: v1
kind: ConfigMap
metadata: { name: aws-auth, namespace: kube-system }
data:
  mapRoles: |
    - rolearn: arn:aws:iam::111122223333:role/platform
      username: platform
      groups: ["system:masters"]
`;

const config = { 'tf-access-entries.config.json': '{ "clusterName": "demo" }' };
const files = { 'cdk.tf.json': cdktf, 'aws-auth.yaml': live };
const script = ['--aws-auth', 'aws-auth.yaml', '--emit', 'aws-cli'];
const staged = 'access-entries-migration';

const saidBeside = async (json: string): Promise<string> =>
  (await runHere(directoryWith({ ...files, ...config, 'cdk.tf.json': json }), ['convert', '.', ...script])).stderr;

describe('a root module that a generator writes', () => {
  test.each([['status'], ['convert']])('is not edited by %s, and the ways that work are named', async command => {
    const directory = directoryWith(files);
    const { status, stderr } = await runHere(directory, [command, '.']);
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('error TAE009: The migration reads or changes what cdk.tf.json says'),
    ]);
    expect(stderr).toContain('tf-access-entries convert . --aws-auth aws-auth.yaml --emit aws-cli');
    expect(stderr).toContain('"clusterName"');
    expect(stderr).toContain('CDKTF');
    expect(stderr).not.toContain('TAE008');
  });

  test('a script of aws eks commands changes no source', async () => {
    const directory = directoryWith({ ...files, ...config });
    const { status, stdout, stderr } = await runHere(directory, ['convert', '.', ...script]);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('warning TAE032: cdk.tf.json');
    const written = contentOf(join(directory, staged));
    expect(Object.keys(written)).toEqual(expect.arrayContaining(['access-entries.sh', 'MIGRATION.md', 'report.json']));
    expect(written['access-entries.sh']).toContain('arn:aws:iam::111122223333:role/platform');
    expect(written['access-entries.sh']).toContain('AmazonEKSClusterAdminPolicy');
    expect(written['MIGRATION.md']).toContain('TAE032');
    expect(contentOf(directory)['cdk.tf.json']).toBe(cdktf);
  });

  // The mode may not go back: EKS refuses the next apply of this file after phase 1.
  test('a cluster without the module keeps the mode that the script changes', async () => {
    const access = { authentication_mode: 'CONFIG_MAP' };
    const cluster = JSON.stringify({
      resource: { aws_eks_cluster: { this: { name: 'demo', access_config: access } } },
    });
    expect(await saidBeside(cluster)).toContain('warning TAE032: cdk.tf.json');
    const cache = { aws_elasticache_user: { this: { user_id: 'a', authentication_mode: [{ type: 'iam' }] } } };
    expect(await saidBeside(JSON.stringify({ resource: cache }))).not.toContain('TAE032');
  });

  test('beside plain files without a cluster it is the same', async () => {
    const directory = directoryWith({ ...files, ...config, 'extra.tf': 'locals {\n  a = 1\n}\n' });
    expect((await runHere(directory, ['convert', '.', ...script])).status).toBe(0);
    expect((await runHere(directory, ['status', '.', ...script])).status).toBe(0);
  });

  test('without the name of the cluster, or the ConfigMap, there is no script', async () => {
    const nameless = await runHere(directoryWith(files), ['convert', '.', ...script]);
    expect([nameless.status, nameless.stderr]).toEqual([3, expect.stringContaining('clusterName in the config')]);
    const { status } = await runHere(directoryWith({ ...files, ...config }), ['convert', '.', '--emit', 'aws-cli']);
    expect(status).toBe(3);
  });

  test('the other forms would need an edit', async () => {
    for (const emit of ['module', 'resources']) {
      const directory = directoryWith({ ...files, ...config });
      const flags = ['--aws-auth', 'aws-auth.yaml', '--emit', emit];
      const { status, stderr } = await runHere(directory, ['convert', '.', ...flags]);
      expect([status, stderr]).toEqual([3, expect.stringContaining('TAE009')]);
      expect(existsSync(join(directory, staged))).toBe(false);
    }
  });

  test('JSON that changes what plain files say still ends the run', async () => {
    const override = JSON.stringify({ module: { aws_auth: { manage_aws_auth_configmap: false } } });
    const directory = directoryWith({
      'main.tf': rootModule(),
      'x_override.tf.json': override,
      'aws-auth.yaml': live,
      ...config,
    });
    expect(await runHere(directory, ['convert', '.', ...script])).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('TAE009'),
    });
  });
});
