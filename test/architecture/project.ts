import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A path from the repository's root, with `/`, and the text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** A law takes files and says which of them break it, one line each. */
export type Law = (files: readonly SourceFile[]) => string[];

export const root = fileURLToPath(new URL('../..', import.meta.url));

const gitFiles = (...args: string[]): string[] =>
  execFileSync('git', ['ls-files', '-z', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\0')
    .filter(path => path !== '');

/** Every text file that is committed or would be by `git add --all`. */
export const projectFiles = (): SourceFile[] => {
  const deleted = new Set(gitFiles('--deleted'));
  const paths = new Set(gitFiles('--cached', '--others', '--exclude-standard').filter(path => !deleted.has(path)));
  return [...paths]
    .map(path => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
};

export const isLibrary = ({ path }: SourceFile): boolean => /^lib\/.*\.ts$/.test(path);
export const isGenerated = ({ path }: SourceFile): boolean => path.endsWith('.generated.ts');
