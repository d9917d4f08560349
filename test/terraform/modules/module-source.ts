import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readHcl, type Block } from './read-hcl.ts';

/** The .tf files of a module, merged per directory: '' for the root, 'modules/karpenter', ... */
export type Directories = Map<string, Block>;

const isPartOfModule = (path: string) => /^(modules\/[^/_][^/]*\/)?[^/]+\.tf$/.test(path);

export function directoriesOf(files: Iterable<readonly [string, string]>): Directories {
  const directories: Directories = new Map();
  for (const [path, text] of files) {
    if (!isPartOfModule(path)) continue;
    const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const merged = directories.get(directory) ?? readHcl('');
    merged.blocks.push(...readHcl(text).blocks);
    directories.set(directory, merged);
  }
  return directories;
}

/** The real module at a release, from a clone (bare or not, read at the release's tag) or an unpacked archive. */
export function realModule(path: string, version: string): Directories {
  return directoriesOf(isClone(path) ? filesAtTag(path, `v${version}`) : filesOnDisk(path));
}

function isClone(path: string): boolean {
  return existsSync(join(path, '.git')) || (existsSync(join(path, 'HEAD')) && existsSync(join(path, 'objects')));
}

function filesAtTag(path: string, tag: string): (readonly [string, string])[] {
  const git = (...command: string[]) =>
    execFileSync('git', ['-C', path, ...command], { encoding: 'utf8', maxBuffer: 64 << 20 });
  const paths = git('ls-tree', '-r', '--name-only', tag).split('\n').filter(isPartOfModule);
  return paths.map(file => [file, git('show', `${tag}:${file}`)] as const);
}

function filesOnDisk(path: string): (readonly [string, string])[] {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).map(name => name.replaceAll('\\', '/'));
  return names.filter(isPartOfModule).map(name => [name, readFileSync(join(path, name), 'utf8')] as const);
}
