import type { State } from '../phase.ts';

/** Whether a variable says at which phase an environment is, or is to. */
export const isByValue = ({ phased, options }: State): boolean =>
  phased !== undefined || options.perEnvironment === true;

/** Where a variable says it, and those who call the module give its value. */
export const isByCall = (state: State): boolean => isByValue(state) && (state.calls ?? []).length > 0;

/** Where the files of values of this root module give it: a plan without one has no values, or those of no environment. */
export const isByFile = (state: State): boolean => isByValue(state) && !isByCall(state);

/** What a plan takes the values of its environment from. Begins with a space. */
export const valuesFlag = (state: State): string =>
  isByFile(state) ? ' -var-file="${VALUES:?the file of the environment}"' : '';

/** Whether this root module is applied for several environments, of which each has a cluster of its own. */
export const isOfManyEnvironments = (state: State): boolean =>
  isByFile(state) || (!isByCall(state) && (state.options.environments?.size ?? 0) > 1);
