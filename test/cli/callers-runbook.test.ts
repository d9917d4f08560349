import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit } from './support/callers.ts';
import { runHere } from './support/host.ts';

const configName = 'tf-access-entries.config.json';

/** What is written for the module and all that is said, where a config at the root of the repository says so much. */
const converted = async (
  config: object,
  edits: (directory: string) => void = () => undefined,
  path = 'envs/dev',
): Promise<Readonly<Record<'runbook' | 'gates' | 'said', string>>> => {
  const directory = callers(root => {
    writeFileSync(join(root, configName), JSON.stringify(config));
    edits(root);
  });
  const { status, stderr: said } = await runHere(directory, ['convert', path]);
  expect(status).toBe(0);
  const staged = (name: string): string =>
    readFileSync(join(directory, 'modules/eks/access-entries-migration', name), 'utf8');
  return { runbook: staged('MIGRATION.md'), gates: staged('gates.sh'), said };
};

describe('several callers, of which each has a cluster of its own', () => {
  test('are asked for the cluster of each: no one name in a config is that of all', async () => {
    const { runbook, gates, said } = await converted({ clusterName: 'prod' });
    expect(gates).toContain('cluster_1() { on "${CLUSTER_NAME-}" ');
    expect(runbook).toContain('aws eks update-kubeconfig --name "$CLUSTER_NAME" ');
    expect(runbook).toContain('create-access-entry --cluster-name "$CLUSTER_NAME" ');
    expect(runbook).not.toContain('--name prod');
    expect(said.match(/TAE459/g)).toHaveLength(1);
    expect(said).toContain(`${configName}:1:16: note TAE459: `);
  });

  test('are not told to write one name for all into the config', async () => {
    const { runbook, said } = await converted({});
    expect(runbook).toContain(
      'Set `CLUSTER_NAME` to the cluster of the one you are in; where it\nmakes several, run each gate in a shell for each.',
    );
    expect(runbook).not.toContain('"clusterName"');
    expect(said).not.toContain('clusterName');
  });

  test('are so also where the rows of one are known to a plan alone', async () => {
    const { gates, said } = await converted({ clusterName: 'prod' }, root =>
      edit(root, 'envs/staging/main.tf', 'map_roles = local.staging_roles', 'map_roles = data.x.y.rows'),
    );
    expect(gates).toContain('cluster_1() { on "${CLUSTER_NAME-}" ');
    expect(said).toContain('note TAE459: ');
  });

  test('have one name where the module itself writes it', async () => {
    const { gates } = await converted({ clusterName: 'prod' }, root =>
      edit(root, 'modules/eks/main.tf', '= var.cluster_name', '= "demo"'),
    );
    expect(gates).toContain("cluster_1() { on 'demo' ");
  });
});

/** Decides about rows, so that commands need it. */
const deciding = { groups: { release: { group: 'releases' } } };

const configsIn = (runbook: string): readonly string[] => [
  ...new Set([...runbook.matchAll(/ --config (\S+)/g)].map(([, path = '']) => path)),
];

describe('commands that are run in each caller', () => {
  test.each(['envs', 'live/eu'])('name files by the way from there (%s)', async place => {
    let directory = '';
    const { runbook } = await converted(
      deciding,
      root => {
        directory = root;
        mkdirSync(join(root, 'live'), { recursive: true });
        if (place !== 'envs') renameSync(join(root, 'envs'), join(root, place));
        for (const name of ['dev', 'prod', 'staging'])
          if (place !== 'envs') edit(root, `${place}/${name}/main.tf`, '../../modules/eks', '../../../modules/eks');
      },
      `${place}/dev`,
    );
    const gates = /gates\(\) \{ bash (\S+) /.exec(runbook)?.[1] ?? '';
    const [config = '', ...others] = configsIn(runbook);
    expect([config.endsWith(configName), others]).toEqual([true, []]);
    for (const name of ['dev', 'prod', 'staging'])
      expect([config, gates].map(path => [path, existsSync(join(directory, place, name, path))])).toEqual([
        [config, true],
        [gates, true],
      ]);
    expect(runbook).not.toContain('directories of different depth');
  });

  test('are to be given the way where it is not the same from all', async () => {
    const { runbook } = await converted(
      deciding,
      root => {
        mkdirSync(join(root, 'live/eu'), { recursive: true });
        renameSync(join(root, 'envs/dev'), join(root, 'live/eu/dev'));
        edit(root, 'live/eu/dev/main.tf', '../../modules/eks', '../../../modules/eks');
      },
      'envs/prod',
    );
    expect(runbook).toContain('directories of different depth: write the way from the one you are in to `gates.sh`');
  });
});
