// No daemon of Docker is needed: what a build would copy is put together by hand, and started. CI builds the image itself.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { root, run, temporaryDirectory, type Outcome } from './command.ts';

const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly bin: Readonly<Record<string, string>>;
};
const instructions = text
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'));
/** What follows an instruction in the last stage, which is the image. */
const image = instructions.slice(instructions.findLastIndex(line => line.startsWith('FROM')));
const inImage = (name: string): string[] =>
  image.filter(line => line.startsWith(`${name} `)).map(line => line.slice(name.length + 1));

const copies = inImage('COPY').map(line => {
  const [from = '', ...paths] = line.split(' ');
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
});

/** `^20.19.0 || >=24` */
const fits = (range: string, [major = 0, minor = 0]: readonly number[]): boolean =>
  range.split(' || ').some(part => {
    const [, sign, low = 0, lowMinor = 0] = /^(\^|>=)(\d+)(?:\.(\d+))?/.exec(part) ?? [];
    if (sign === undefined) throw new Error(`${part} is not understood`);
    if (major === Number(low)) return minor >= Number(lowMinor);
    return sign === '>=' && major > Number(low);
  });

describe('the Dockerfile', () => {
  test('starts from one release of Node that the package takes', () => {
    const [, ...version] = /^ARG NODE_IMAGE=node:(\d+)\.(\d+)\.\d+-/m.exec(text) ?? [];
    expect(version).toHaveLength(2);
    expect(fits(manifest.engines.node, version.map(Number))).toBe(true);
    expect(instructions.filter(line => line.startsWith('FROM'))).toEqual([
      'FROM ${NODE_IMAGE} AS package',
      'FROM ${NODE_IMAGE}',
    ]);
  });

  test('runs without rights, where the repository is mounted', () => {
    expect(inImage('USER')).toEqual(['node']);
    expect(inImage('WORKDIR').at(-1)).toBe('/src');
  });

  test('starts what the package has as its command', () => {
    const [directory = ''] = inImage('WORKDIR');
    // A job that has the image as its own, and no entry point, finds the command by its name.
    expect(inImage('RUN')).toEqual([
      `ln -s ${directory}/${manifest.bin['tf-access-entries']} /usr/local/bin/tf-access-entries`,
    ]);
    expect(inImage('ENTRYPOINT')).toEqual(['["tf-access-entries"]']);
  });

  test('copies what the package holds', () => {
    const [packed] = JSON.parse(run(root, 'npm', 'pack', '--dry-run', '--json', '--ignore-scripts').stdout) as [
      { files: { path: string }[] },
    ];
    for (const { from, sources } of copies) {
      expect(from).toBe('--from=package');
      for (const source of sources.filter(path => path !== '/package/node_modules')) {
        const path = source.replace(/^\/package\//, '');
        expect([source, packed.files.some(file => `${file.path}/`.startsWith(`${path}/`))]).toEqual([source, true]);
      }
    }
  });
});

describe('what the image holds', () => {
  const directory = temporaryDirectory();
  const start = (...args: string[]): Outcome =>
    run(join(root, 'examples/quickstart/before'), join(directory, 'tf-access-entries'), ...args);

  beforeAll(() => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean }>>;
    };
    const production = Object.keys(packages).filter(path => path !== '' && packages[path]?.dev !== true);
    const paths = copies.flatMap(({ sources, target }) =>
      sources.flatMap(source => {
        const path = source.replace(/^\/package\//, '');
        if (path === 'node_modules') return production.map(name => [name, name] as const);
        return [[path, target.endsWith('/') ? join(target, basename(path)) : target] as const];
      }),
    );
    for (const [source, target] of paths.filter(([path]) => existsSync(join(root, path)))) {
      mkdirSync(dirname(join(directory, target)), { recursive: true });
      cpSync(join(root, source), join(directory, target), { recursive: true });
    }
  });

  // As the image has it: a link to a file that starts Node itself.
  beforeAll(() => symlinkSync(join(directory, 'dist/bundle/main.js'), join(directory, 'tf-access-entries')));

  test('is enough for the command', () => {
    expect(start('--version')).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
    expect(start('check', '.')).toMatchObject({ status: 1, stdout: expect.stringContaining('TAE702') });
    expect(start('convert', '.', '--diff')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('access_entries'),
    });
  });

  test('is enough to explain a code', () => {
    expect(start('explain', 'TAE701')).toMatchObject({ status: 0, stdout: expect.stringContaining('TAE701') });
  });

  test('has the licences', () => {
    for (const path of ['LICENSE', 'NOTICE', 'dist/bundle/THIRD-PARTY-NOTICES.txt', 'dist/tree-sitter-hcl.LICENSE']) {
      expect([path, existsSync(join(directory, path))]).toEqual([path, true]);
    }
  });
});
