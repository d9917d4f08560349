import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { directoryWith } from './directory.ts';

const cases = fileURLToPath(new URL('../callers/', import.meta.url));

type Texts = Readonly<Record<string, string>>;

/** The Terraform files below a directory, by path. */
export const filesIn = (directory: string): Texts =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(({ name }) => /\.(tf|hcl)$/.test(name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .toSorted()
      .map(path => [relative(directory, path), readFileSync(path, 'utf8')]),
  );

/** A repository with the files of a case. */
export const repository = (name = 'three-environments'): string => {
  const directory = directoryWith({ '.git/HEAD': 'ref: refs/heads/main\n' });
  cpSync(join(cases, name, 'before'), directory, { recursive: true });
  return directory;
};

/** The files of a case at the end of a phase. */
export const expected = (name: string, phase: string): Texts => filesIn(join(cases, name, phase));

export const envs = ['envs/dev', 'envs/prod', 'envs/staging'];

export const write = (paths: readonly string[], phase: string): readonly string[] => [
  'convert',
  ...paths,
  '--write',
  '--phase',
  phase,
  '--accept-unverified',
];

export const edit = (directory: string, file: string, from: string, to: string): void => {
  const path = join(directory, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

/** A repository in which somebody has changed something. */
export const callers = (edits: (directory: string) => void): string => {
  const directory = repository();
  edits(directory);
  return directory;
};
