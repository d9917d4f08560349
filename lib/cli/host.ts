import type { check } from '../check.ts';
import type { convertModule, Runtime } from '../convert.ts';
import type { importBlocks } from '../import-blocks.ts';
import type { Style } from '../report/style.ts';
import type { verifyAccess } from '../verifier/access/verify-access.ts';
import type { liveGateProblems, snapshotGaps } from '../verifier/live-gates.ts';

/** What a command uses of the process it runs in. Tests hand in another. */
export type Host = {
  readonly cwd: string;
  /** Reads stdin to its end; refuses more than `most` bytes. */
  readonly readStdin: (most: number) => Promise<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Colours of a stream; without `color` none. */
  readonly style: (stream: 'stdout' | 'stderr', color: boolean) => Style;
  readonly isTerminal: (stream: 'stdout' | 'stderr') => boolean;
  /** The columns of a stream that is a terminal. */
  readonly width: (stream: 'stdout' | 'stderr') => number | undefined;
  /**
   * Puts a line in the place of the one before it, on stderr; an empty one takes it away. Undefined where that is no terminal, or one
   * on which it would leave marks.
   */
  readonly transient?: ((text: string) => void) | undefined;
  /** Loaded when a command first needs it: the parser and the gate are most of a run's time. */
  readonly pipeline: () => Promise<Pipeline>;
};

export type Pipeline = {
  readonly check: typeof check;
  readonly convert: typeof convertModule;
  readonly importBlocks: typeof importBlocks;
  readonly runtime: Runtime;
  readonly liveGateProblems: typeof liveGateProblems;
  readonly snapshotGaps: typeof snapshotGaps;
  readonly verifyAccess: typeof verifyAccess;
};

/** What reads HCL, loaded when it is first needed. */
export const runtimeOf =
  ({ pipeline }: Pick<Host, 'pipeline'>): (() => Promise<Runtime>) =>
  async () =>
    (await pipeline()).runtime;
