import { expect, test } from '@jest/globals';
import { check, convert, importBlocks, readSnapshot, type ConvertOptions } from '../../lib/index.ts';
import { rootModule, snapshot } from '../cli/support/modules.ts';
import { runtime } from '../support/fixture.ts';

const files = new Map([['main.tf', rootModule()]]);

test('the result of convert has no part of the inside', async () => {
  const result = await convert(files, { runtime: await runtime() });
  expect(Object.keys(result).toSorted()).toEqual(
    'diagnostics gates report revisions rows runbook scripts sourcePhase'.split(' '),
  );
});

/** All that convert takes, in one object that is handed to each function. */
const options = async (): Promise<
  ConvertOptions & { readonly clusterName: string; readonly sharedConfig: boolean }
> => ({
  runtime: await runtime(),
  awsAuth: { file: 'aws-auth.yaml', text: 'apiVersion: v1\nkind: ConfigMap\ndata: {}\n' },
  variableFiles: new Map([['a.tfvars', 'x = 1\n']]),
  clusterCreatorAdmin: true,
  revisions: false,
  to: 'v21',
  directory: 'infra',
  clusterName: 'demo',
  sharedConfig: true,
});

test('an option of another function changes nothing', async () => {
  const given = await options();
  expect(await check(files, given)).toEqual(await check(files, { runtime: given.runtime, sharedConfig: true }));
  const own = { runtime: given.runtime, clusterName: 'demo', snapshot: readSnapshot('entries.json', snapshot) };
  const { hcl, diagnostics } = await importBlocks(files, { ...given, ...own });
  const alone = await importBlocks(files, { ...own, directory: 'infra' });
  expect({ hcl, diagnostics }).toEqual({ hcl: alone.hcl, diagnostics: alone.diagnostics });
});
