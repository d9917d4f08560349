import { argv } from 'node:process';
import { cliConfig } from './cli-config.ts';
import { startRegistry } from './server.ts';

// By hand: node test/terraform/run.mjs test/terraform/registry/serve.ts [port] [provider mirror] > standin.tfrc
const registry = await startRegistry({ port: Number(argv[2] ?? 0) });
console.log(cliConfig({ modulesUrl: registry.modulesUrl, mirrorDir: argv[3] }));
