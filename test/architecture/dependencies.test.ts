import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { cruise } from './cruise.ts';
import { root } from './project.ts';

const directory = mkdtempSync(join(tmpdir(), 'tf-access-entries-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What breaks a rule: path, text, and how that is said after the path. */
const broken: readonly (readonly [path: string, text: string, ...said: string[]])[] = [
  ['lib/hcl/static.ts', `import { b } from '../eks/b.ts';`, 'up from hcl: lib/eks/b.ts'],
  ['lib/eks/in-type.ts', `import type { B } from '../parser/b.ts';`, 'up from eks: lib/parser/b.ts'],
  ['lib/eks/re-export.ts', `export * from '../config/b.ts';`, 'up from eks: lib/config/b.ts'],
  ['lib/eks/dynamic.ts', `const b = await import('../cli/b.ts');`, 'up from eks: lib/cli/b.ts'],
  ['lib/report/a.ts', `import { convert } from '../convert.ts';`, 'up from report: lib/convert.ts'],
  ['lib/pipeline.ts', `import { main } from './cli/b.ts';`, 'up from the pipeline: lib/cli/b.ts'],
  ['lib/check.ts', `import { loadRuntime } from './node.ts';`, 'up from the pipeline: lib/node.ts'],
  ['lib/status.ts', `import { check } from './index.ts';`, 'up from the pipeline: lib/index.ts'],
  ['lib/index.ts', `export * from './node.ts';`, 'up from the public API: lib/node.ts'],
  ['lib/node.ts', `import { a } from './eks/b.ts';`, 'more than it loads: lib/eks/b.ts'],
  ['lib/attic/a.ts', `import { b } from '../eks/b.ts';`, 'no room: lib/eks/b.ts'],
  ['lib/hcl/package.ts', `import jest from 'jest';`, 'not installed: jest'],
  ['lib/hcl/no-package.ts', `import a from 'no-such-package';`, 'not installed: no-such-package'],
  ['lib/hcl/parse.ts', `import { parse } from '@cdktf/hcl2json';`, 'not at home: @cdktf/hcl2json'],
  ['lib/config/a.ts', `import { hideBin } from 'yargs/helpers';`, 'not at home: yargs'],
  ['lib/eks/path.ts', `import { join } from 'node:path';`, 'not pure: path'],
  ['lib/eks/posix.ts', `import { join } from 'path/posix';`, 'not pure: path/posix'],
  ['lib/eks/fs.ts', `const fs = await import('fs');`, 'not pure: fs'],
  ['lib/eks/one.ts', `export { two } from './two.ts';`, 'circle: lib/eks/two.ts -> lib/eks/one.ts'],
  ['lib/eks/two.ts', `import type { One } from './one.ts';`],
];

const kept: readonly (readonly [path: string, text: string])[] = [
  ...['cli', 'config', 'eks', 'parser'].map(room => [`lib/${room}/b.ts`, 'export type B = 1;'] as const),
  ['lib/convert.ts', `import { b } from './eks/b.ts';\nimport { a } from './pipeline.ts';`],
  ['lib/parser/a.ts', `import { b } from './deep/b.ts';\nimport { c } from '../hcl/c.ts';`],
  ['lib/parser/deep/b.ts', `import { c } from '../../eks/b.ts';`],
  ['lib/hcl/c.ts', `// import { b } from '../cli/b.ts';\nconst text = "import '../cli/b.ts'";`],
  ['lib/hcl/gate.ts', `import { join } from 'node:path';\nconst { parse } = await import('@cdktf/hcl2json');`],
  ['lib/cli/main.ts', `import { hideBin } from 'yargs/helpers';\nimport { convert } from '../convert.ts';`],
  ['lib/cli/io.ts', `import { argv } from 'node:process';`],
];

test('this project keeps the rules', () => {
  const { broken: found, files } = cruise(root);
  expect(found).toEqual([]);
  expect(files).toBeGreaterThan(400);
});

test('the rules find what breaks them, and nothing else', () => {
  const manifest = { dependencies: { '@cdktf/hcl2json': '1', yargs: '1' }, devDependencies: { jest: '1' } };
  const files = [...broken, ...kept, ['package.json', JSON.stringify(manifest)] as const];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'), 'junction');
  const said = broken.flatMap(([path, , ...lines]) => lines.map(line => `${path}: ${line}`));
  expect(cruise(directory).broken).toEqual(said.toSorted());
});
