import { describe, expect, test } from '@jest/globals';
import { filesAreShort, indexesHoldNoLogic, namesAreKebabCase } from './laws/files.ts';
import { importsGoDown, packagesAreAtHome } from './laws/imports.ts';
import { coreIsPure } from './laws/purity.ts';
import { filesLeaveNoTraces } from './laws/traces.ts';
import { projectFiles, type Law, type SourceFile } from './project.ts';

type Case = readonly [path: string, text: string, violation?: string];

// Put together here, so that this file keeps the law about them.
const folder = ['', 'work', ''].join('/');
const host = ['npmjs', 'org'].join('.');

/** Per law: what breaks it and how it says so, then what does not. */
const laws: Readonly<Record<string, { law: Law; broken: readonly Case[]; kept: readonly Case[] }>> = {
  'imports go down': {
    law: importsGoDown,
    broken: [
      ['lib/hcl/a.ts', `import { b } from '../eks/b.ts';`, 'lib/hcl/a.ts: imports lib/eks/b.ts'],
      ['lib/eks/a.ts', `import type { B } from '../parser/b.ts';`, 'lib/eks/a.ts: imports lib/parser/b.ts'],
      ['lib/eks/a.ts', `export * from '../config/b.ts';`, 'lib/eks/a.ts: imports lib/config/b.ts'],
      ['lib/eks/a.ts', `const b = await import('../cli/b.ts');`, 'lib/eks/a.ts: imports lib/cli/b.ts'],
      ['lib/eks/a.ts', `type B = import('../cli/b.ts').B;`, 'lib/eks/a.ts: imports lib/cli/b.ts'],
      ['lib/report/a.ts', `import { convert } from '../convert.ts';`, 'lib/report/a.ts: imports lib/convert.ts'],
      ['lib/convert.ts', `import { main } from './cli/main.ts';`, 'lib/convert.ts: imports lib/cli/main.ts'],
      ['lib/check.ts', `import { loadRuntime } from './node.ts';`, 'lib/check.ts: imports lib/node.ts'],
      ['lib/convert.ts', `import { check } from './index.ts';`, 'lib/convert.ts: imports lib/index.ts'],
      ['lib/index.ts', `export * from './node.ts';`, 'lib/index.ts: imports lib/node.ts'],
      ['lib/node.ts', `import { a } from './eks/a.ts';`, 'lib/node.ts: imports lib/eks/a.ts'],
      ['lib/attic/a.ts', '', 'lib/attic/a.ts: "attic" is no room'],
      ['lib/eks/a.ts', 'await import(name);', 'lib/eks/a.ts: imports what it computes'],
    ],
    kept: [
      ['lib/parser/a.ts', `import { b } from './deep/b.ts';\nimport { c } from '../hcl/c.ts';`],
      ['lib/parser/deep/b.ts', `import { c } from '../../diagnostics/index.ts';`],
      ['lib/convert.ts', `import { a } from './report/a.ts';\nimport { b } from './read-state.ts';`],
      ['lib/index.ts', `export { convert } from './convert.ts';`],
      ['lib/node.ts', `import { a } from './hcl/a.ts';`],
      ['lib/cli/main.ts', `import { convert } from '../convert.ts';`],
      ['lib/hcl/a.ts', `// import { b } from '../cli/b.ts';\nconst text = "import '../cli/b.ts'";`],
    ],
  },
  'packages are at home': {
    law: packagesAreAtHome,
    broken: [
      ['lib/hcl/a.ts', `import jest from 'jest';`, 'lib/hcl/a.ts: jest is not in "dependencies"'],
      ['lib/hcl/a.ts', `import { parse } from '@cdktf/hcl2json';`, 'lib/hcl/a.ts: @cdktf/hcl2json belongs elsewhere'],
      ['lib/config/a.ts', `import { hideBin } from 'yargs/helpers';`, 'lib/config/a.ts: yargs belongs elsewhere'],
    ],
    kept: [
      ['lib/hcl/gate.ts', `const { parse } = await import('@cdktf/hcl2json');`],
      ['lib/cli/main.ts', `import { hideBin } from 'yargs/helpers';\nimport { argv } from 'node:process';`],
    ],
  },
  'the core is pure': {
    law: coreIsPure,
    broken: [
      ['lib/eks/a.ts', `import { join } from 'node:path';`, 'lib/eks/a.ts: imports node:path'],
      ['lib/eks/a.ts', `import { join } from 'path/posix';`, 'lib/eks/a.ts: imports path/posix'],
      ['lib/eks/a.ts', `const fs = await import('fs');`, 'lib/eks/a.ts: imports fs'],
      ['lib/eks/a.ts', `export const cwd = () => process.cwd();`, 'lib/eks/a.ts: uses process'],
      ['lib/eks/a.ts', `export const a = (b: Buffer) => b;`, 'lib/eks/a.ts: uses Buffer'],
      ['lib/eks/a.ts', `globalThis.process.exit();`, 'lib/eks/a.ts: uses globalThis'],
      ['lib/eks/a.ts', `eval('1');`, 'lib/eks/a.ts: uses eval'],
      ['lib/eks/a.ts', `new Function('return 1')();`, 'lib/eks/a.ts: makes a function from text'],
      ['lib/convert.ts', `Function('return 1')();`, 'lib/convert.ts: makes a function from text'],
    ],
    kept: [
      ['lib/cli/io.ts', `import { join } from 'node:path';\nprocess.exit(0);`],
      ['lib/node.ts', `import { readFile } from 'node:fs/promises';`],
      ['lib/hcl/gate.ts', `const { parse } = await import('@cdktf/hcl2json');\nBuffer.from('');`],
      ['lib/eks/a.ts', `// process\nconst a = { process: 'eval(x)' };\nconst b = a.process;\ntype T = { Buffer: 1 };`],
    ],
  },
  'files are short': {
    law: filesAreShort,
    broken: [['lib/eks/a.ts', '\n'.repeat(251), 'lib/eks/a.ts: 251 lines, 250 at most']],
    kept: [
      ['lib/eks/a.ts', '\n'.repeat(250)],
      ['lib/eks/a.generated.ts', '\n'.repeat(999)],
    ],
  },
  'names are kebab-case': {
    law: namesAreKebabCase,
    broken: [
      ['lib/eks/accessPolicies.ts', '', 'lib/eks/accessPolicies.ts: not kebab-case'],
      ['test/Hcl/a.test.ts', '', 'test/Hcl/a.test.ts: not kebab-case'],
      ['templates/run_book.hbs', '', 'templates/run_book.hbs: not kebab-case'],
    ],
    kept: [
      ['lib/eks/access-policies.generated.ts', ''],
      ['test/hcl/fixtures/Odd Name.tf', ''],
      ['docs/codes/TAE001.md', ''],
    ],
  },
  'indexes hold no logic': {
    law: indexesHoldNoLogic,
    broken: [
      ['lib/eks/index.ts', 'export const f = () => 1;', 'lib/eks/index.ts: holds more than tables and re-exports'],
      ['lib/eks/index.ts', 'export function f() {}', 'lib/eks/index.ts: holds more than tables and re-exports'],
      ['lib/eks/index.ts', 'export const a = make();', 'lib/eks/index.ts: holds more than tables and re-exports'],
      ['lib/eks/index.ts', 'start();', 'lib/eks/index.ts: holds more than tables and re-exports'],
    ],
    kept: [
      ['lib/eks/index.ts', `export * from './a.ts';\nexport { type B, c } from './b.ts';\nexport type D = string;`],
      ['lib/eks/index.ts', `import { a } from './a.ts';\nexport const table = [a, { ...a, b: 1 }] as const;`],
      ['lib/eks/a.ts', 'export const f = () => 1;'],
    ],
  },
  'files leave no traces': {
    law: filesLeaveNoTraces,
    broken: [
      ['README.md', `see ${folder}main`, `README.md: names ${folder}`],
      ['a.json', `https://registry.${host}/a`, `a.json: names ${host}`],
    ],
    kept: [['README.md', `examples${folder}main.tf`]],
  },
};

const files = projectFiles();
const manifest: SourceFile = {
  path: 'package.json',
  text: '{ "dependencies": { "@cdktf/hcl2json": "1", "yargs": "1" } }',
};

describe.each(Object.entries(laws))('%s', (_name, { law, broken, kept }) => {
  test('in this project', () => {
    expect(law(files)).toEqual([]);
  });

  test.each(broken)('is broken by %s (%#)', (path, text, violation) => {
    expect(law([manifest, { path, text }])).toEqual([violation]);
  });

  test.each(kept)('is kept by %s (%#)', (path, text) => {
    expect(law([manifest, { path, text }])).toEqual([]);
  });
});

test('the laws see this project', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['package.json', 'lib/diagnostics/index.ts']));
});
