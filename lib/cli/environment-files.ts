import { join, resolve } from 'node:path';
import { diagnose, Refusal, type Diagnostic } from '../diagnostics/index.ts';
import { kindOf, listDirectory, type Listed } from './io.ts';

/** Source: hashicorp/terraform, internal/command/arguments/vars.go: the names of files of values. */
const valueFiles = ['*.tfvars', '*.tfvars.json'];

/**
 * The files that a pattern names: `*` and `?` stand for what is in a name, `**` for directories at any depth, and a directory for the
 * files of values in it. A shell that expands the pattern itself has named files, which stand for themselves.
 */
export const environmentFiles = async (pattern: string, cwd: string): Promise<readonly string[]> => {
  const kind = await kindOf(resolve(cwd, pattern)).catch(() => undefined);
  const patterns = kind === 'directory' ? valueFiles.map(name => join(pattern, name)) : [pattern];
  if (patterns.every(one => !/[*?]/.test(one))) return patterns;
  const found = (await Promise.all(patterns.map(one => filesOf(one, cwd)))).flat();
  if (found.length === 0) throw new Refusal(diagnose('TAE001', { path: patterns[0] ?? pattern, isInput: true }));
  return found.toSorted();
};

/** The files of values that patterns name in root modules, each from its directory on: of one that has none, none. */
export const environmentsIn = async (
  roots: readonly string[],
  patterns: readonly string[],
  cwd: string,
): Promise<readonly string[]> => {
  const named = roots.flatMap(root => patterns.map(pattern => join(root, pattern)));
  const found = await Promise.all(named.map(pattern => environmentFiles(pattern, cwd).catch(() => [])));
  const kinds = await Promise.all(found.flat().map(file => kindOf(resolve(cwd, file)).catch(() => undefined)));
  return [...new Set(found.flat().filter((_, index) => kinds[index] === 'file'))];
};

/** Of several root modules some may have none of the files. A pattern that none of them has is a mistake. */
export const unmatchedPattern = async (
  modules: readonly { readonly roots: readonly string[] }[],
  patterns: readonly string[],
  cwd: string,
): Promise<Diagnostic | undefined> => {
  for (const pattern of patterns) {
    const files = await Promise.all(modules.map(({ roots }) => environmentsIn(roots, [pattern], cwd)));
    if (files.flat().length === 0) return diagnose('TAE001', { path: pattern, isOfEach: true });
  }
  return undefined;
};

/** A file that several spellings or patterns name is one environment, called as it was named first. `before`: what was named besides. */
export const spelledOnce = (before: readonly string[], files: readonly string[], cwd: string): readonly string[] => {
  const first = new Map([...before, ...files].toReversed().map(file => [resolve(cwd, file), file]));
  return [...new Set(files.map(file => first.get(resolve(cwd, file)) ?? file))];
};

const filesOf = async (pattern: string, cwd: string): Promise<readonly string[]> => {
  const [first = '', ...parts] = pattern.split('/');
  let found: readonly string[] = await matching('', first, cwd);
  for (const part of parts) found = (await Promise.all(found.map(path => matching(`${path}/`, part, cwd)))).flat();
  return [...new Set(found)];
};

const matching = async (before: string, part: string, cwd: string): Promise<readonly string[]> => {
  if (part === '**') return directoriesFrom(before, cwd);
  if (!/[*?]/.test(part)) return [`${before}${part}`];
  const names = new RegExp(
    `^${part
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')}$`,
  );
  const listed = await listedIn(before, cwd);
  // A hidden one is meant by its dot alone, as in a shell, and a pipe that is merely found is not waited for.
  const isMeant = ({ name, kind }: Listed): boolean =>
    kind !== 'pipe' && kind !== 'other' && name.startsWith('.') === part.startsWith('.') && names.test(name);
  return listed.filter(isMeant).map(({ name }) => `${before}${name}`);
};

/** The directory itself and those below it, but for copies of modules and what is hidden. */
const directoriesFrom = async (before: string, cwd: string): Promise<readonly string[]> => {
  const below = (await listedIn(before, cwd)).filter(({ name, kind }) => kind === 'directory' && !name.startsWith('.'));
  const deeper = await Promise.all(below.map(({ name }) => directoriesFrom(`${before}${name}/`, cwd)));
  return [before.replace(/\/$/, '') || '.', ...deeper.flat()];
};

const listedIn = (before: string, cwd: string): Promise<readonly Listed[]> =>
  listDirectory(resolve(cwd, before === '' ? '.' : before)).catch(() => []);
