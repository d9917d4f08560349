import { relative, resolve, sep } from 'node:path';
import type { CallerPlace } from '../parser/callers/caller.ts';
import { stdinPath } from './arguments/syntax.ts';
import type { Host } from './host.ts';
import type { ModuleSource } from './read-module.ts';
import { stdinLabel } from './verify/read-input.ts';

/** From those who call a module, where it is the same from all: a command of the runbook is run in each of them. */
export const wayToModule = ({ directory }: ModuleSource, callers: readonly CallerPlace[] = []): string | undefined => {
  const roots = callers.flatMap(caller => caller.roots ?? [caller]);
  const ways = new Set(roots.map(root => relative(resolve(directory, root.directory), directory)));
  const [way, ...others] = ways;
  return others.length > 0 ? undefined : way?.split(sep).join('/');
};

/** As a command in the root module calls a file. */
export const fromModule =
  ({ directory }: ModuleSource, { cwd }: Host): ((file: string) => string) =>
  file =>
    file === stdinLabel ? stdinPath : relative(directory, resolve(cwd, file)).split(sep).join('/');
