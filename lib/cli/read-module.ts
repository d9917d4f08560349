import { dirname, join, relative, resolve, sep } from 'node:path';
import { diagnose, Refusal, type Diagnostic } from '../diagnostics/index.ts';
import { modulesJsonPath } from '../terraform/modules-json.ts';
import { kindOf, linkTarget, listDirectory, ownKindOf, readBytes, realPath, reasonOf } from './io.ts';
import { isModuleFile, journalName } from './module-files.ts';

/** A root module as it is on the disk. */
export type ModuleSource = {
  /** The real path of its directory; empty for stdin. */
  readonly directory: string;
  /** How messages name it. */
  readonly label: string;
  readonly files: ReadonlyMap<string, string>;
  /** Where the text of a file is that is a link: a path from the directory. */
  readonly links: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * Reads the directory at `path`, or the one of the file at `path`. Sub-directories are other modules. A link out of the directory
 * is followed with `outside`, which is for those who write nothing.
 */
export const readModule = async (path: string, cwd: string, { outside = false } = {}): Promise<ModuleSource> => {
  const { directory, label } = await findModule(path, cwd);
  const names = await listModule(directory, label);
  const files = new Map<string, string>();
  const links = new Map<string, string>();
  const refused: Diagnostic[] = [];
  for (const { name, kind } of names) {
    try {
      const real = kind === 'link' ? await followLink(directory, label, name, outside) : name;
      if (real === undefined) continue;
      if (real !== name) links.set(name, real);
      files.set(name, await readText(join(directory, real), join(label, name)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(...error.diagnostics);
    }
  }
  if (refused.length > 0) throw new Refusal(...refused);
  const modules = await readModulesJson(directory, label);
  if (modules.text !== undefined) files.set(modulesJsonPath, modules.text);
  return { directory, label, files, links, diagnostics: modules.diagnostics };
};

/** The directory that `path` stands for, with links resolved. */
export const findModule = async (path: string, cwd: string): Promise<Pick<ModuleSource, 'directory' | 'label'>> => {
  const absolute = resolve(cwd, path);
  try {
    const kind = await kindOf(absolute);
    if (kind === undefined) throw new Refusal(diagnose('TAE001', { path }));
    if (kind === 'other')
      throw new Refusal(diagnose('TAE002', { path, reason: 'it is neither a file nor a directory' }));
    const directory = await realPath(kind === 'directory' ? absolute : dirname(absolute));
    if (directory === undefined) throw new Refusal(diagnose('TAE001', { path }));
    return { directory, label: kind === 'directory' ? withoutSlash(path) : dirname(path) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(diagnose('TAE002', { path, reason: reasonOf(error) }));
  }
};

const withoutSlash = (path: string): string => join(path).replace(/(?<=.)[/\\]$/, '');

const listModule = async (directory: string, label: string): ReturnType<typeof listDirectory> => {
  try {
    const entries = await listDirectory(directory);
    if (entries.some(({ name }) => name === journalName)) {
      throw new Refusal(diagnose('TAE014', { path: label }));
    }
    return entries.filter(({ name, kind }) => isModuleFile(name) && kind !== 'directory');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(diagnose('TAE002', { path: label, reason: reasonOf(error) }));
  }
};

/** The file behind a link, from the directory; nothing for a directory behind it. */
const followLink = async (
  directory: string,
  label: string,
  name: string,
  outside: boolean,
): Promise<string | undefined> => {
  const path = join(label, name);
  try {
    const real = await realPath(join(directory, name));
    if (real === undefined) throw new Refusal(diagnose('TAE002', { path, reason: 'its symbolic link leads nowhere' }));
    if (!outside && !isInside(directory, real)) {
      throw new Refusal(diagnose('TAE003', { path, target: await linkTarget(join(directory, name)) }));
    }
    return (await kindOf(real)) === 'directory' ? undefined : relative(directory, real).split(sep).join('/');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(diagnose('TAE002', { path, reason: reasonOf(error) }));
  }
};

export const isInside = (directory: string, path: string): boolean =>
  path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);

/** A file's text. Only bytes that are UTF-8 are read; a byte order mark stays. */
export const readText = async (path: string, label: string, { pipes = false } = {}): Promise<string> => {
  let bytes: Uint8Array | undefined;
  try {
    // Where nobody writes into a pipe, reading it never ends. One that was named is read: `--existing <(...)`.
    if (!pipes && (await kindOf(path)) === 'other') {
      throw new Refusal(diagnose('TAE002', { path: label, reason: 'it is no regular file' }));
    }
    bytes = await readBytes(path);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(diagnose('TAE002', { path: label, reason: reasonOf(error) }));
  }
  if (bytes === undefined) throw new Refusal(diagnose('TAE001', { path: label }));
  return decode(bytes, label);
};

export const decode = (bytes: Uint8Array, label: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refusal(diagnose('TAE004', { path: label }));
  }
};

/** What `terraform init` installed. Without it the versions come from the constraints. */
const readModulesJson = async (
  directory: string,
  label: string,
): Promise<{ readonly text?: string; readonly diagnostics: readonly Diagnostic[] }> => {
  const unread = (reason: string): { readonly diagnostics: readonly Diagnostic[] } => ({
    diagnostics: [diagnose('TAE013', { path: join(label, modulesJsonPath), reason })],
  });
  try {
    const bytes = await readBytes(join(directory, modulesJsonPath));
    return bytes === undefined ? { diagnostics: [] } : { text: decode(bytes, label), diagnostics: [] };
  } catch (error) {
    return unread(error instanceof Refusal ? 'it is not UTF-8 text' : reasonOf(error));
  }
};

/** The directory above that holds `.git`, which is a file in a worktree. */
export const repositoryRoot = async (directory: string): Promise<string | undefined> => {
  for (let at = directory; ; at = dirname(at)) {
    if ((await ownKindOf(join(at, '.git')).catch(() => undefined)) !== undefined) return at;
    if (dirname(at) === at) return undefined;
  }
};
