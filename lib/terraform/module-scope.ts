import type { Attribute } from '../hcl/index.ts';
import { evaluateWithErrors, type Scope } from './evaluate.ts';
import type { Readers } from './readers.ts';
import { errorOf, type Value } from './value.ts';

/** What a module's expressions may read beside its locals. */
export type Surroundings = Pick<Scope, 'files' | 'parseTemplate' | keyof Readers> & {
  /** Values of variables, from --var-file: for what is shown, never for what is written. */
  readonly variables?: ReadonlyMap<string, Value>;
};

/** Enough for all expressions of a module together: one of 20,000 rows takes a third of it. Every revision is read with as much. */
const allWork = 2_000_000;

export const createScope = (locals: ReadonlyMap<string, Attribute>, surroundings: Surroundings = {}): Scope => {
  const { variables, ...rest } = surroundings;
  const base = {
    ...rest,
    work: { left: allWork },
    ...(variables ? { variable: (name: string) => variables.get(name) } : {}),
  };
  const filePaths = localScope(locals, { ...base, modulePath: '.' });
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
