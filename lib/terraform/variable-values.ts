import { attribute, type Attribute } from '../hcl/index.ts';
import { evaluate } from './evaluate.ts';
import { blocksOf, type PlacedBlock, type RootModule } from './root-module.ts';
import { type Value } from './value.ts';

type Values = ReadonlyMap<string, Value>;

/**
 * What the variables of a module are: what is given, else the default. One that is given as null is null, unless it is declared not to
 * be. Source: github.com/hashicorp/terraform, internal/terraform/eval_variable.go.
 */
export const variableValues = (module: RootModule, given: Values): Values => {
  const values = new Map(given);
  for (const {
    labels: [name = ''],
    body,
  } of blocksOf(module, 'variable')) {
    const value = given.get(name);
    const preset = attribute(body, 'default');
    const nullable = attribute(body, 'nullable');
    const isGiven = value && !(value.kind === 'null' && nullable && isFalse(nullable, module));
    if (!isGiven && preset) values.set(name, evaluate(preset.value, module.scope));
  }
  return values;
};

const isFalse = ({ value }: Attribute, { scope }: RootModule): boolean => {
  const found = evaluate(value, scope);
  return found.kind === 'bool' && !found.value;
};

/** What a call gives to the variables of the module that it calls. */
export const givenByCall = (called: RootModule, { body }: PlacedBlock, caller: RootModule): Values =>
  new Map(
    blocksOf(called, 'variable').flatMap(({ labels: [name = ''] }) => {
      const found = attribute(body, name);
      return found ? [[name, evaluate(found.value, caller.scope)] as const] : [];
    }),
  );
