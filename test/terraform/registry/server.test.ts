import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cliConfig } from './cli-config.ts';
import { startRegistry, type Registry } from './server.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.close());

const get = (path: string) => fetch(new URL(path, registry.modulesUrl));

test('versions', async () => {
  const body = (await (await get('terraform-aws-modules/eks/aws/versions')).json()) as {
    modules: { versions: { version: string }[] }[];
  };
  expect(body.modules[0]?.versions).toContainEqual({ version: '20.24.3' });
});

test('a download leads to an archive with the module at its root', async () => {
  const response = await get('terraform-aws-modules/eks/aws/20.24.3/download');
  expect(response.status).toBe(204);
  const archive = await get(response.headers.get('x-terraform-get')!);
  const tar = gunzipSync(Buffer.from(await archive.arrayBuffer()));
  const names = [...Array(tar.length / 512).keys()]
    .map(index => tar.subarray(index * 512, (index + 1) * 512))
    .filter(block => block.toString('latin1', 257, 262) === 'ustar')
    .map(block => block.toString('utf8', 0, 100).replace(/\0.*$/s, ''));
  expect(names).toEqual(
    expect.arrayContaining(['main.tf', 'modules/aws-auth/main.tf', 'modules/karpenter/variables.tf']),
  );
});

test.each(['terraform-aws-modules/eks/aws/1.0.0/download', 'terraform-aws-modules/vpc/aws/versions', '/nothing'])(
  '%s is not there',
  async path => {
    expect((await get(path)).status).toBe(404);
  },
);

test('discovery', async () => {
  expect(await (await get('/.well-known/terraform.json')).json()).toEqual({ 'modules.v1': '/v1/modules/' });
});

test('the CLI configuration sends both hosts to the registry and providers to the mirror', () => {
  const text = cliConfig({ modulesUrl: 'http://127.0.0.1:1/v1/modules/', mirrorDir: 'C:\\mirror' });
  expect(text.match(/host "registry\.(terraform\.io|opentofu\.org)"/g)).toHaveLength(2);
  expect(text.match(/"modules\.v1" = "http:\/\/127\.0\.0\.1:1\/v1\/modules\/"/g)).toHaveLength(2);
  expect(text).toContain('path = "C:\\\\mirror"');
  expect(cliConfig({ modulesUrl: 'http://127.0.0.1:1/' })).not.toContain('provider_installation');
});
