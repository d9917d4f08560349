import { checkRules } from './checker/rules/index.ts';
import type { ConvertOptions } from './convert.ts';
import { Refusal, type Diagnostic } from './diagnostics/index.ts';
import { findings, readState } from './read-state.ts';
import { refuseMisfits } from './refuse-state.ts';

export type CheckOptions = Pick<ConvertOptions, 'runtime' | 'config' | 'snapshot' | 'ssoRegion' | 'runner' | 'emit'>;

export type CheckResult = { readonly diagnostics: readonly Diagnostic[] };

/**
 * Says what is wrong with a directory of Terraform and changes nothing. `files` maps paths, relative to the directory, to texts.
 * A directory without a cluster and without aws-auth has no findings. Only programming errors throw.
 */
export const check = async (files: ReadonlyMap<string, string>, options: CheckOptions): Promise<CheckResult> => {
  try {
    const state = await readState(files, { ...options, config: options.config ?? {} });
    refuseMisfits(state.source, state.options);
    return { diagnostics: [...findings(state), ...checkRules.flatMap(rule => rule(state))] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { diagnostics: error.diagnostics };
  }
};
