import { join, resolve } from 'node:path';
import type { Host } from './host.ts';

/** Where a run stages unless it is told another place. */
export const outputName = 'access-entries-migration';

export const outputDirectory = (
  module: string,
  { out }: { readonly out?: string },
  { cwd }: Pick<Host, 'cwd'>,
): string => (out === undefined ? join(module, outputName) : resolve(cwd, out));
