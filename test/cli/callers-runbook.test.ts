import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit } from './support/callers.ts';
import { runHere } from './support/host.ts';

const configName = 'tf-access-entries.config.json';

/** What is written for the module and all that is said, where a config at the root of the repository says so much. */
const converted = async (
  config: object,
  edits: (directory: string) => void = () => undefined,
): Promise<Readonly<Record<'runbook' | 'gates' | 'said', string>>> => {
  const directory = callers(root => {
    writeFileSync(join(root, configName), JSON.stringify(config));
    edits(root);
  });
  const { status, stderr: said } = await runHere(directory, ['convert', 'envs/dev']);
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
    expect(runbook).toContain('Set `CLUSTER_NAME` to the cluster of the one you are in');
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
