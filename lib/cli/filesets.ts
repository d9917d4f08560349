import { join } from 'node:path';
import { listDirectory } from './io.ts';
import type { Fileset } from '../terraform/index.ts';
import { isInGit } from './module-files.ts';

/** More files of one directory are no manifests of a root module. */
const mostListed = 2000;

/** The files that `fileset` lists, from the root module on. Links are not followed, as it does not follow them out of the directory. */
export const filesOfFilesets = async (directory: string, calls: readonly Fileset[]): Promise<readonly string[]> => {
  if (calls.length === 0) return [];
  const { filesetMatcher } = await import('../terraform/fileset.ts');
  const found: string[] = [];
  // Several files may be named by one pattern, and each is read as it is with and without the defaults of variables.
  for (const call of new Map(calls.map(one => [`${one.directory} ${one.pattern}`, one])).values()) {
    const matches = filesetMatcher(call.pattern);
    const waiting = [''];
    for (let seen = 0; seen < mostListed;) {
      const place = waiting.shift();
      if (place === undefined) break;
      for (const { name, kind } of await listDirectory(join(directory, call.directory, place)).catch(() => [])) {
        seen++;
        const path = place === '' ? name : `${place}/${name}`;
        if (isInGit(name)) continue;
        if (kind === 'directory' && leadsTo(call.pattern, path)) waiting.push(path);
        else if (kind === 'file' && matches(path))
          found.push(call.directory === '' ? path : `${call.directory}/${path}`);
      }
    }
  }
  return found;
};

/** Only `**` goes into directories of any depth. */
const leadsTo = (pattern: string, directory: string): boolean =>
  pattern.includes('**') || directory.split('/').length < pattern.split('/').length;
