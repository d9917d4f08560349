import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const made: string[] = [];
process.once('exit', () => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** A directory with these files, gone when the process ends. Other users may enter it. */
export const directoryWith = (files: Readonly<Record<string, string | Uint8Array>> = {}): string => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'tf-access-entries-')));
  made.push(directory);
  chmodSync(directory, 0o755);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
};

/** Everything under a directory: file contents, `-> target` of links, `/` of directories. */
export const contentOf = (directory: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .map(entry => join(entry.parentPath, entry.name))
      .toSorted()
      .map(path => [relative(directory, path), described(path)]),
  );

const described = (path: string): string => {
  const stats = lstatSync(path);
  if (stats.isDirectory()) return '/';
  return stats.isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, 'latin1');
};
