import { dirname, join } from 'node:path/posix';
import { isLibrary, type Law } from '../project.ts';
import { parse } from '../syntax.ts';

/** A room imports itself and the rooms after it. */
const rooms = [
  'cli',
  'report',
  'checker',
  'verifier',
  'emitter',
  'transformer',
  'parser',
  'terraform',
  'config',
  'eks',
  'hcl',
  'diagnostics',
] as const;

/** Files beside the rooms that are entrances. Any other is a piece of the pipeline, which may import the rooms and its own pieces. */
const beside: Readonly<Record<string, (target: string) => boolean>> = {
  'lib/index.ts': target => target !== 'lib/node.ts' && roomOf(target) !== 'cli',
  'lib/node.ts': target => roomOf(target) === 'hcl' || target === 'lib/convert.ts',
};
const pipeline = (target: string): boolean => roomOf(target) !== 'cli' && !(target in beside);

const roomOf = (path: string): string | undefined => /^lib\/([^/]+)\//.exec(path)?.[1];

const mayImport = (path: string, target: string): boolean => {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from === undefined) return (beside[path] ?? pipeline)(target);
  if (from === 'cli') return target.startsWith('lib/');
  return to !== undefined && rooms.indexOf(to as 'cli') >= rooms.indexOf(from as 'cli');
};

export const importsGoDown: Law = files =>
  files.filter(isLibrary).flatMap(({ path, text }) => {
    const room = roomOf(path);
    if (room !== undefined && !rooms.includes(room as 'cli')) return [`${path}: "${room}" is no room`];
    return parse(text).imports.flatMap(specifier => {
      if (specifier === undefined) return [`${path}: imports what it computes`];
      if (!specifier.startsWith('.')) return [];
      const target = join(dirname(path), specifier);
      return mayImport(path, target) ? [] : [`${path}: imports ${target}`];
    });
  });

/** Packages that have one home. */
const homes: Readonly<Record<string, (path: string) => boolean>> = {
  '@cdktf/hcl2json': path => path === 'lib/hcl/gate.ts',
  'web-tree-sitter': path => path.startsWith('lib/hcl/'),
  yargs: path => path.startsWith('lib/cli/'),
};

const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** The library imports only packages that are installed with it, each where it belongs. */
export const packagesAreAtHome: Law = files => {
  const manifest = files.find(({ path }) => path === 'package.json')?.text ?? '{}';
  const dependencies = Object.keys((JSON.parse(manifest) as { dependencies?: object }).dependencies ?? {});
  return files.filter(isLibrary).flatMap(({ path, text }) =>
    parse(text)
      .imports.filter(specifier => specifier !== undefined)
      .filter(specifier => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .flatMap(specifier => {
        const name = packageOf(specifier);
        if (!dependencies.includes(name)) return [`${path}: ${name} is not in "dependencies"`];
        return (homes[name]?.(path) ?? true) ? [] : [`${path}: ${name} belongs elsewhere`];
      }),
  );
};
