import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

// Outside of its sandbox jest has these as globals alone.
const globals = `export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } = globalThis;`;

export const resolve = (specifier, context, next) =>
  specifier === '@jest/globals'
    ? { url: `data:text/javascript,${encodeURIComponent(globals)}`, shortCircuit: true }
    : next(specifier, context);

/** TypeScript, which Node 20 does not read, without its types. */
export async function load(url, context, next) {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !pathname.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(new URL(pathname, url));
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
