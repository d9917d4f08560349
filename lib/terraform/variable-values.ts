import { attribute, type Expression } from '../hcl/index.ts';
import { evaluate } from './evaluate.ts';
import { groupBy } from './group-by.ts';
import { jsonBlocks, jsonDocuments } from './json-syntax.ts';
import { blocksOf, isOverride, mergedAttribute, type PlacedBlock, type RootModule } from './root-module.ts';
import { type Value } from './value.ts';

type Values = ReadonlyMap<string, Value>;

/**
 * What the variables of a module are: what is given, else the default. One that is given as null is null, unless it is declared not to
 * be. Source: github.com/hashicorp/terraform, internal/terraform/eval_variable.go.
 */
export const variableValues = (module: RootModule, given: Values): Values => {
  const values = new Map(given);
  const inJson = overriddenInJson(module);
  for (const [name, declared] of groupBy(blocksOf(module, 'variable'), ({ labels: [label = ''] }) => label)) {
    const value = given.get(name);
    if (inJson.has(name)) {
      if (!value || value.kind === 'null') values.delete(name);
      continue;
    }
    const preset = mergedAttribute(declared, 'default');
    const nullable = mergedAttribute(declared, 'nullable');
    const isGiven = value && !(value.kind === 'null' && nullable && evaluatesToFalse(nullable.value, module));
    if (!isGiven && preset) values.set(name, evaluate(preset.value, module.scope));
  }
  return values;
};

/**
 * A module as it is where nothing else is said: variables have their defaults, and it is a root module that runs in its own directory. For
 * what is shown, never for what is written.
 */
export const likelyModule = (module: RootModule): RootModule => ({
  ...module,
  scope: module.scopeWith(variableValues(module, new Map())),
});

/** Variables that an override file in JSON changes: what it says of them is not read, so that nothing but a value is known. */
const overriddenInJson = ({ json }: RootModule): ReadonlySet<string> => {
  const overrides = new Map([...json].filter(([path]) => isOverride(path)));
  return new Set(jsonDocuments(overrides).flatMap(one => jsonBlocks(one, 'variable').map(([name]) => name)));
};

/** Whether an expression is known to come to `false`. The text "false" is another value. */
export const evaluatesToFalse = (expression: Expression, { scope }: Pick<RootModule, 'scope'>): boolean => {
  const found = evaluate(expression, scope);
  return found.kind === 'bool' && !found.value;
};

/** What a call gives to the variables of the module that it calls. */
export const givenByCall = (called: RootModule, { body }: PlacedBlock, caller: Pick<RootModule, 'scope'>): Values =>
  new Map(
    blocksOf(called, 'variable').flatMap(({ labels: [name = ''] }) => {
      const found = attribute(body, name);
      return found ? [[name, evaluate(found.value, caller.scope)] as const] : [];
    }),
  );
