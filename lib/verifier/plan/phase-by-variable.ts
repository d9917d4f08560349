import type { PhaseId } from '../../diagnostics/index.ts';
import { isRecord, jsonAt } from '../../parser/entries/snapshot.ts';
import { phasesByValue, phaseVariable } from '../../parser/phase-variable/index.ts';
import type { Plan } from './read-plan.ts';

/** The phases by the number that the variable has. */
const phases: readonly PhaseId[] = ['per-environment', ...phasesByValue];

export type KnownPhase = { readonly number: number; readonly phase: PhaseId };

/** `calls`: those of the plan may be given different numbers. `untold`: a call whose number the plan does not tell. */
export type PhaseByVariable =
  | KnownPhase
  | { readonly calls: readonly (KnownPhase & { readonly call: string })[]; readonly untold?: string }
  | undefined;

/**
 * The phase of the environment that a plan is of: the value of the variable of the root module, or what calls of a wrapper are given.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export const phaseByVariable = ({ variables, configuration }: Plan): PhaseByVariable => {
  const own = valueOf(variables, phaseVariable);
  if (own !== undefined) return knownPhase(own);
  const given = callsIn(jsonAt(configuration, 'root_module'), name => valueOf(variables, name));
  const calls = given.flatMap(({ call, number }) => {
    const known = number === undefined ? undefined : knownPhase(number);
    return known ? [{ call, ...known }] : [];
  });
  const [first, ...others] = calls;
  if (!first) return undefined;
  const untold = given.find(({ call }) => calls.every(known => known.call !== call))?.call;
  if (untold !== undefined) return { calls, untold };
  return others.every(({ number }) => number === first.number)
    ? { number: first.number, phase: first.phase }
    : { calls };
};

const knownPhase = (number: number): KnownPhase | undefined => {
  const phase = phases[number];
  return phase && { number, phase };
};

const valueOf = (variables: unknown, name: string): number | undefined => numberOf(jsonAt(variables, name, 'value'));

/** Terraform takes a text of digits for a number. */
const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
};

type Given = { readonly call: string; readonly number: number | undefined };

/** The calls below a module that take the variable, by their addresses. `read`: what a variable of that module is. */
const callsIn = (module: unknown, read: (name: string) => number | undefined, above = ''): readonly Given[] => {
  const calls = jsonAt(module, 'module_calls');
  if (!isRecord(calls)) return [];
  return Object.entries(calls).flatMap(([label, call]) => {
    const address = `${above}module.${label}`;
    const readInside = (name: string): number | undefined => givenTo(call, name, read);
    const takes = [jsonAt(call, 'expressions'), jsonAt(call, 'module', 'variables')].some(
      names => isRecord(names) && Object.hasOwn(names, phaseVariable),
    );
    return takes
      ? [{ call: address, number: readInside(phaseVariable) }]
      : callsIn(jsonAt(call, 'module'), readInside, `${address}.`);
  });
};

/** What a call gives to a variable: a number, a variable of its own module, or nothing, so that it is the default. */
const givenTo = (call: unknown, name: string, read: (name: string) => number | undefined): number | undefined => {
  const given = jsonAt(call, 'expressions', name);
  if (given === undefined) return numberOf(jsonAt(call, 'module', 'variables', name, 'default'));
  const references = jsonAt(given, 'references');
  const [reference, ...others] = Array.isArray(references) ? references : [];
  const isVariable = typeof reference === 'string' && reference.startsWith('var.') && others.length === 0;
  return isVariable ? read(reference.slice('var.'.length)) : numberOf(jsonAt(given, 'constant_value'));
};
