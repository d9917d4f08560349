import type { Diagnostic } from '../diagnostics/index.ts';
import type { State } from '../emitter/index.ts';

/**
 * Looks at a root module as it is written and says what is wrong with it. What `convert` says of rows and of the module is said
 * already: a rule is for what no phase has to know.
 */
export type CheckRule = (state: State) => readonly Diagnostic[];
