import { dirname, join } from 'node:path';
import { diagnose, Refusal, type Diagnostic } from '../diagnostics/index.ts';
import { kindOfEntry, largestNamed, listDirectory, readBytes, realPath, removeEmptyDirectory } from './io.ts';
import { sha256 } from './journal.ts';
import { refusing } from './refusing.ts';
import { hasManifest, manifestName, manifestText, readManifest, type Manifest } from './manifest.ts';
import { isInside } from './links.ts';
import { isLock } from './lock.ts';
import { isTemporary, removeTemporaries } from './temporaries.ts';
import { writeFiles, type Change, type WriteOptions } from './write-files.ts';

/** Where a run stages its files. `module` is the directory of the root module. */
export type Output = { readonly directory: string; readonly label: string; readonly module: string };

/** What lies in the output directory; all of it written by us. */
type Present = { readonly files: ReadonlyMap<string, Buffer>; readonly directories: readonly string[] };

/**
 * Makes the output directory hold these files and no others of an earlier run. Files of anybody else, and staged files that
 * were edited, stop it before anything is written.
 */
export const writeOutput = async (
  output: Output,
  files: ReadonlyMap<string, string>,
  options: WriteOptions = {},
): Promise<void> => {
  const wanted = new Map([...files].map(([path, text]) => [path, Buffer.from(text)]));
  const present = await inspect(output, wanted);
  for (const path of present.directories) await removeTemporaries(join(output.directory, path));
  await writeFiles(changesOf(output, wanted, present), options);
  for (const path of present.directories.toReversed()) await removeEmptyDirectory(join(output.directory, path));
};

const changesOf = (output: Output, wanted: ReadonlyMap<string, Buffer>, { files }: Present): Change[] => {
  const change = (path: string, after: Buffer | undefined): Change => ({
    path: join(output.directory, path),
    label: join(output.label, path),
    before: files.get(path),
    after,
    directory: output.directory,
    ...(path.endsWith('.sh') ? { executable: true } : {}),
  });
  const changed = [...wanted].filter(([path, after]) => !files.get(path)?.equals(after));
  const stale = [...files.keys()].filter(path => path !== manifestName && !wanted.has(path));
  const final = manifestOf(wanted);
  const unchanged = changed.length === 0 && stale.length === 0;
  if (unchanged && files.get(manifestName)?.equals(Buffer.from(manifestText(final)))) return [];
  const manifest = (content: Manifest): Change => change(manifestName, Buffer.from(manifestText(content)));
  const previous = manifestOf(new Map([...files].filter(([path]) => path !== manifestName)));
  return [
    // Until the last rename the manifest knows the old files and the new ones, so that a run after a crash knows both.
    manifest(new Set([...previous, ...final])),
    ...changed.map(([path, after]) => change(path, after)),
    ...stale.map(path => change(path, undefined)),
    manifest(final),
  ];
};

const manifestOf = (files: ReadonlyMap<string, Buffer>): Manifest =>
  new Set([...files].map(([path, bytes]) => `${path}\n${sha256(bytes)}`));

const inspect = (output: Output, wanted: ReadonlyMap<string, Buffer>): Promise<Present> =>
  refusing('TAE110', output.label, async () => {
    const refuse = (reason: string): never => {
      throw new Refusal(diagnose('TAE105', { path: output.label, reason }));
    };
    const kind = await kindOfEntry(output.directory);
    if (kind === undefined) return { files: new Map(), directories: [] };
    if (kind === 'link') refuse('it is a symbolic link');
    if (kind !== 'directory') refuse('it is a file');
    if (isInside((await realPath(output.directory)) ?? '', output.module)) refuse('it holds the root module');
    return inspectFiles(output.directory, wanted, refuse);
  });

/** What was staged may be larger than what is found: a revision has more rows than its source. */
const staged = { most: largestNamed, links: false };

const inspectFiles = async (
  root: string,
  wanted: ReadonlyMap<string, Buffer>,
  refuse: (reason: string) => never,
): Promise<Present> => {
  const manifestKind = await kindOfEntry(join(root, manifestName));
  if (manifestKind !== undefined && manifestKind !== 'file') refuse(`${manifestName} is no regular file`);
  const bytes = readBytes(join(root, manifestName), staged);
  const manifest = bytes === undefined ? new Set<string>() : readManifest(bytes);
  if (manifest === undefined) return refuse(`${manifestName} is not the manifest of an earlier run`);
  const known = new Set([...manifest].map(entry => entry.split('\n')[0]));
  const files = new Map<string, Buffer>(bytes === undefined ? [] : [[manifestName, bytes]]);
  const directories = [''];
  for (const directory of directories) {
    for (const { name, kind } of await listDirectory(join(root, directory))) {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (kind === 'directory') directories.push(path);
      else if (path !== manifestName && !isTemporary(name) && !isLock(name)) {
        if (kind !== 'file') refuse(`${path} is no regular file`);
        if (!known.has(path) && !wanted.has(path)) refuse(`${path} was not written by this tool`);
        const content = readBytes(join(root, path), staged) ?? Buffer.of();
        const ours = manifest.has(`${path}\n${sha256(content)}`) || wanted.get(path)?.equals(content);
        if (!ours) refuse(known.has(path) ? `${path} was changed after it was written` : `${path} is another file`);
        files.set(path, content);
      }
    }
  }
  return { files, directories };
};

/** Whether a directory is a phase of an earlier run's output: a copy that is not to be worked on. */
export const isStagedCopy = (directory: string): boolean => hasManifest(dirname(directory));

export const stagedCopy = (path: string): Diagnostic =>
  diagnose('TAE105', { path, reason: 'it is a staged copy of a root module', isCopy: true });
