import type { Severity } from './codes/definition.ts';
import type { Code } from './codes/index.ts';
import type { Range } from './range.ts';

/**
 * One finding. `error` stops something: a blocker stops the phases after the one its code names, an unreadable input stops
 * everything. Codes are permanent; texts may improve.
 */
export type Diagnostic = {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly range?: Range;
  readonly url: string;
  /** Whom or what it is about: a principal, an access entry or the address of a call, where there is one. It does not move with lines. */
  readonly subject?: string;
  /** Lines for the config, as JSON, of which each settles it. What only a person knows stands in them as `<words>`. */
  readonly decisions?: readonly string[];
  /** A backtick in the message or in the hint is of a value, so that none there marks code. */
  readonly backticks?: true;
  readonly related?: readonly { readonly message: string; readonly range: Range }[];
};
