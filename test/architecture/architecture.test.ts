import { describe, expect, test } from '@jest/globals';
import { filesAreShort, indexesHoldNoLogic, namesAreKebabCase } from './laws/files.ts';
import { coreIsPure, importsCanBeFollowed } from './laws/purity.ts';
import { filesLeaveNoTraces } from './laws/traces.ts';
import { projectFiles, type Law } from './project.ts';

type Case = readonly [path: string, text: string, violation?: string];

// Put together here, so that this file keeps the law about them.
const folder = ['', 'work', ''].join('/');
const host = ['npmjs', 'org'].join('.');

/** Per law: what breaks it and how it says so, then what does not. */
const laws: Readonly<Record<string, { law: Law; broken: readonly Case[]; kept: readonly Case[] }>> = {
  'imports can be followed': {
    law: importsCanBeFollowed,
    broken: [
      ['lib/eks/a.ts', 'await import(name);', 'lib/eks/a.ts: imports what it computes'],
      ['lib/eks/a.ts', `type B = import('../cli/b.ts').B;`, 'lib/eks/a.ts: imports inside a type'],
    ],
    kept: [
      ['lib/eks/a.ts', `const b = await import('./b.ts');\ntype Yaml = typeof import('yaml');`],
      ['test/eks/a.test.ts', 'await import(name);'],
    ],
  },
  'the core is pure': {
    law: coreIsPure,
    broken: [
      ['lib/eks/a.ts', `export const cwd = () => process.cwd();`, 'lib/eks/a.ts: uses process'],
      ['lib/eks/a.ts', `export const a = (b: Buffer) => b;`, 'lib/eks/a.ts: uses Buffer'],
      ['lib/eks/a.ts', `globalThis.process.exit();`, 'lib/eks/a.ts: uses globalThis'],
      ['lib/eks/a.ts', `eval('1');`, 'lib/eks/a.ts: uses eval'],
      ['lib/eks/a.ts', `new Function('return 1')();`, 'lib/eks/a.ts: makes a function from text'],
      ['lib/convert.ts', `Function('return 1')();`, 'lib/convert.ts: makes a function from text'],
    ],
    kept: [
      ['lib/cli/io.ts', `process.exit(0);`],
      ['lib/hcl/gate.ts', `Buffer.from('');`],
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
describe.each(Object.entries(laws))('%s', (_name, { law, broken, kept }) => {
  test('in this project', () => {
    expect(law(files)).toEqual([]);
  });

  test.each(broken)('is broken by %s (%#)', (path, text, violation) => {
    expect(law([{ path, text }])).toEqual([violation]);
  });

  test.each(kept)('is kept by %s (%#)', (path, text) => {
    expect(law([{ path, text }])).toEqual([]);
  });
});

test('the laws see this project', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(['package.json', 'lib/diagnostics/index.ts']));
});
