import type { Range } from '../diagnostics/index.ts';
import type { Entry } from '../parser/index.ts';

/** An entry of the row's principal: in the source, by the module's creator flag, or in the live cluster. `words` name the place. */
export type FoundEntry = { readonly entry: Entry; readonly words: string; readonly range?: Range };
