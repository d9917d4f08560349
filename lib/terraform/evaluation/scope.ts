import type { Expression, Template } from '../../hcl/index.ts';
import type { JsonNode } from '../../config/json.ts';
import type { Regex } from '../regex.ts';
import type { Value } from '../value.ts';

/** What an expression may refer to, and what functions may read. All but `local` may be left out: unknown then. */
export type Scope = {
  /** Looks up `local.<name>`. Undefined when there is no such local. */
  readonly local: (name: string) => Value | undefined;
  /** Looks up `var.<name>` among values that were given. In what is written a variable has none: a default is one caller's value. */
  readonly variable?: (name: string) => Value | undefined;
  /** `path.<name>`, as far as it is known. */
  readonly paths?: ReadonlyMap<string, string>;
  /** The same scope with `paths`, for the arguments of functions that read files. */
  readonly filePaths?: Scope;
  /** The text of files by their path from the root module. */
  readonly files?: ReadonlyMap<string, string>;
  /** Reads a template's file; undefined for one that cannot be read with certainty. */
  readonly parseTemplate?: (text: string) => Template | undefined;
  /** Reads JSON; undefined for what is none. */
  readonly readJson?: (text: string) => JsonNode | undefined;
  /** Reads YAML; see `Yaml`. */
  readonly readYaml?: (text: string) => Yaml | undefined;
  /** Reads a regular expression; undefined for one that Terraform refuses. */
  readonly readRegex?: (pattern: string) => Regex | undefined;
  /** Steps left for all evaluations in this scope together. */
  readonly work?: { left: number };
};

/** A YAML document: scalars as text, with their style and tag. */
export type Yaml =
  | { readonly kind: 'scalar'; readonly text: string; readonly plain: boolean; readonly tag?: string }
  | { readonly kind: 'sequence'; readonly items: readonly Yaml[]; readonly tag?: string }
  | { readonly kind: 'mapping'; readonly entries: readonly (readonly [Yaml, Yaml])[]; readonly tag?: string };

/** `names` are those bound by `for` and by `templatefile`. */
export type Context = {
  readonly scope: Scope;
  readonly names: ReadonlyMap<string, Value>;
  readonly evaluate: (expression: Expression, context: Context) => Value;
  /** Inside of a template's file only the names count. */
  readonly isolated?: true;
};

export const bind = (context: Context, names: Iterable<readonly [string, Value]>): Context => ({
  ...context,
  names: new Map([...context.names, ...names]),
});
