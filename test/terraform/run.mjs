// Runs a TypeScript file of this directory: node test/terraform/run.mjs <file.ts> [arguments]
// Node 20 reads no TypeScript.
import { resolve } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

await import('../support/typescript.mjs');
const file = argv[2];
if (!file) throw new Error('usage: run.mjs <file.ts> [arguments]');
const path = resolve(file);
argv.splice(1, 2, path);
await import(pathToFileURL(path).href);
