import { setFlagsFromString } from 'node:v8';
import { check } from '../check.ts';
import { convertModule, type Runtime } from '../convert.ts';
import { liveGateProblems, snapshotGaps } from '../verifier/live-gates.ts';
import type { Pipeline } from './host.ts';

/** What the commands share is loaded as a whole: file by file it takes longer. What one of them needs, when it is called. */
export const pipelineOn = (runtime: Runtime): Pipeline => ({
  check,
  convert: (files, options) => {
    if (isLarge(files)) growByUse();
    return convertModule(files, options);
  },
  liveGateProblems,
  snapshotGaps,
  runtime,
  importBlocks: async (...given) => (await import('../import-blocks.ts')).importBlocks(...given),
  verifyAccess: async (...given) => (await import('../verifier/access/verify-access.ts')).verifyAccess(...given),
});

/** In characters: a root module of some 500 rows. */
const isLarge = (files: ReadonlyMap<string, string>): boolean =>
  [...files.values()].reduce((sum, { length }) => sum + length, 0) > 65_536;

/**
 * The heap grows by what is in use, not by leaps: trees of thousands of rows are thrown away as fast as they are made. Of a small
 * module it would be looked through too often.
 */
const growByUse = (): void => setFlagsFromString('--heap-growing-percent=20');
