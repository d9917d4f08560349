import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tarGz } from './tar.ts';
import { servedModules, type ServedModule } from './modules.ts';

/*
 * A module registry on the loopback interface, so that sources such as
 * "terraform-aws-modules/eks/aws" with "~> 20.0" resolve without a change and without the network.
 * The protocol: https://developer.hashicorp.com/terraform/internals/module-registry-protocol
 */

export type Registry = {
  /** What a CLI configuration names as the service modules.v1. */
  modulesUrl: string;
  /** The paths asked for so far. */
  requests: readonly string[];
  close: () => Promise<void>;
};

export async function startRegistry(
  options: { port?: number; modules?: readonly ServedModule[] } = {},
): Promise<Registry> {
  const { port = 0, modules = servedModules } = options;
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    requests.push(path);
    answer(path, modules, response);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    modulesUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/modules/`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(path: string, modules: readonly ServedModule[], response: ServerResponse): void {
  if (path === '/.well-known/terraform.json') return json(response, { 'modules.v1': '/v1/modules/' });
  const [, kind, id, rest = ''] = /^\/(v1\/modules|archives)\/([^/]+\/[^/]+\/[^/]+)\/(.+)$/.exec(path) ?? [];
  const module = modules.find(candidate => candidate.id === id);
  if (module && kind === 'v1/modules' && rest === 'versions') {
    return json(response, { modules: [{ versions: module.versions.map(version => ({ version })) }] });
  }
  const version = /^([^/]+?)(?:\/download|\.tar\.gz)$/.exec(rest)?.[1];
  if (!module || !version || !module.versions.includes(version)) return void response.writeHead(404).end();
  if (kind === 'archives') {
    response.writeHead(200, { 'content-type': 'application/gzip' }).end(tarGz(module.files(version)));
  } else {
    response.writeHead(204, { 'x-terraform-get': `/archives/${module.id}/${version}.tar.gz` }).end();
  }
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
