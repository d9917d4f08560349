import { words } from './words.ts';

/** What an input or an output of a release line became in the next one. Names are those of the module, not of its resources. */
export type Renames = {
  /** `19.21.0`: the last release of the old line, and the one of the new line that the table was checked against. */
  readonly from: string;
  readonly to: string;
  readonly submodules: readonly SubmoduleRenames[];
};

export type SubmoduleRenames = {
  /** `karpenter`; `''` is the root module. */
  readonly submodule: string;
  /**
   * Old name to new name, all at once: of karpenter `iam_role_name` becomes `node_iam_role_name` while `irsa_name` becomes
   * `iam_role_name`. Values keep their meaning.
   */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly goneInputs?: Readonly<Record<string, Gone>>;
  readonly goneOutputs?: Readonly<Record<string, Gone>>;
};

type Idle = 'true' | 'false' | '{}' | '[]' | 'null' | 'any';

/** An input or output without a successor. */
export type Gone = {
  /** What to do instead, as a sentence. */
  readonly advice: string;
  /** The literal with which nothing is lost when the argument goes; `any` where the new line does as it was in any case. */
  readonly idle?: Idle | readonly Idle[];
  /** The argument to write in its place, which the old line has as well. */
  readonly successor?: string;
};

/** What to do, beside the arguments that are written. */
export const adviceBeside = ({ advice, successor }: Gone, written: { has(name: string): boolean }): string =>
  successor !== undefined && written.has(successor) ? `Remove it: ${successor} is written.` : advice;

/** Names that got another prefix, or lost it. */
export const withPrefix = (from: string, to: string, names: string): Readonly<Record<string, string>> =>
  Object.fromEntries(words(names).map(name => [`${from}${name}`, `${to}${name}`]));
