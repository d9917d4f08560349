import { join, resolve } from 'node:path';
import { diagnose, Refusal } from '../diagnostics/index.ts';
import { kindOf, listDirectory } from './io.ts';

/**
 * The files that a pattern names: `*` and `?` stand for what is in a name, and a directory for the files of values in it. A shell that
 * expands the pattern itself has named files, which stand for themselves.
 */
export const environmentFiles = async (pattern: string, cwd: string): Promise<readonly string[]> => {
  const kind = await kindOf(resolve(cwd, pattern)).catch(() => undefined);
  const wanted = kind === 'directory' ? join(pattern, '*.tfvars') : pattern;
  if (!/[*?]/.test(wanted)) return [wanted];
  const [first = '', ...parts] = wanted.split('/');
  let found: readonly string[] = await matching('', first, cwd);
  for (const part of parts) found = (await Promise.all(found.map(path => matching(`${path}/`, part, cwd)))).flat();
  if (found.length > 0) return found;
  throw new Refusal(diagnose('TAE001', { path: pattern, isInput: true }));
};

const matching = async (before: string, part: string, cwd: string): Promise<readonly string[]> => {
  if (!/[*?]/.test(part)) return [`${before}${part}`];
  const names = new RegExp(
    `^${part
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')}$`,
  );
  const listed = await listDirectory(resolve(cwd, before === '' ? '.' : before)).catch(() => []);
  return listed.filter(({ name }) => names.test(name)).map(({ name }) => `${before}${name}`);
};
