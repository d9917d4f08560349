import type { Attribute } from '../hcl/index.ts';
import { evaluateWithErrors, type Scope } from './evaluate.ts';
import type { Readers } from './readers.ts';
import { errorOf, type Value } from './value.ts';

/** What a module's expressions may read beside its locals. */
export type Surroundings = Pick<Scope, 'files' | 'parseTemplate' | keyof Readers> & {
  /** Values of variables, from --var-file: for what is shown, never for what is written. */
  readonly variables?: ReadonlyMap<string, Value>;
  /** No other module calls this one, as far as it tells. */
  readonly isRoot?: boolean;
};

/** Enough for all expressions of a module together: one of 20,000 rows takes a third of it. Every revision is read with as much. */
const allWork = 2_000_000;

/**
 * `path.root` is the directory of the module where that is a root module, and so is `path.cwd` where Terraform runs there: what is shown
 * takes that for given. Source: developer.hashicorp.com/terraform/language/expressions/references (path.module, path.root, path.cwd).
 */
export const createScope = (locals: ReadonlyMap<string, Attribute>, surroundings: Surroundings = {}): Scope => {
  const { variables, isRoot = false, ...rest } = surroundings;
  const base = {
    ...rest,
    work: { left: allWork },
    ...(variables ? { variable: (name: string) => variables.get(name) } : {}),
  };
  const known = ['module', ...(isRoot || variables ? ['root'] : []), ...(variables ? ['cwd'] : [])];
  const filePaths = localScope(locals, { ...base, paths: new Map(known.map(name => [name, '.'])) });
  return localScope(locals, { ...base, filePaths });
};

/** Each local is evaluated once. */
const localScope = (locals: ReadonlyMap<string, Attribute>, base: Omit<Scope, 'local'>): Scope => {
  const values = new Map<string, Value>();
  const scope: Scope = {
    ...base,
    local: name => {
      const known = values.get(name);
      if (known) return known;
      const definition = locals.get(name);
      if (!definition) return undefined;
      values.set(name, { ...errorOf(`local.${name} refers to itself`, definition.range), fatal: true });
      const value = evaluateWithErrors(definition.value, scope);
      // An error in a local ends the run: whoever refers to it cannot catch it.
      const settled: Value = value.kind === 'error' ? { ...value, fatal: true } : value;
      values.set(name, settled);
      return settled;
    },
  };
  return scope;
};
