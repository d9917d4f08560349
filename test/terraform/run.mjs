// Runs a TypeScript file of this directory: node test/terraform/run.mjs <file.ts> [arguments]
// Node 20 reads no TypeScript, so a loader hook passes each file through swc, as jest does.
import { register } from 'node:module';
import { resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

register('./swc-hooks.mjs', import.meta.url);
const file = argv[2];
if (!file) throw new Error('usage: run.mjs <file.ts> [arguments]');
const path = resolve(file);
argv.splice(1, 2, path);
await import(pathToFileURL(path).href);
