import type { PhaseId } from '../../diagnostics/index.ts';
import { isRecord, jsonAt } from '../../parser/entries/snapshot.ts';
import { phaseVariable } from '../../parser/phase-variable/index.ts';
import type { Plan } from './read-plan.ts';

/** The phases by the number that the variable has. At 0 an environment is where it was. */
const phases: readonly PhaseId[] = [
  'per-environment',
  'enable-api',
  'add-access-entries',
  'remove-aws-auth',
  'api-only',
];

/** `several`: calls of the plan are given different numbers. */
export type PhaseByVariable = { readonly number: number; readonly phase: PhaseId } | 'several' | undefined;

/**
 * The phase of the environment that a plan is of: the value of the variable of the root module, or what a call of a wrapper is given.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export const phaseByVariable = ({ variables, configuration }: Plan): PhaseByVariable => {
  const own = valueOf(variables, phaseVariable);
  const numbers = new Set(own === undefined ? givenTo(jsonAt(configuration, 'root_module'), variables) : [own]);
  if (numbers.size > 1) return 'several';
  const [number] = numbers;
  const phase = number === undefined ? undefined : phases[number];
  return number === undefined || phase === undefined ? undefined : { number, phase };
};

const valueOf = (variables: unknown, name: string): number | undefined => numberOf(jsonAt(variables, name, 'value'));

/** Terraform takes a text of digits for a number. */
const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
};

/** What calls of the root module give to the variable: a number, or a variable of its own. */
const givenTo = (root: unknown, variables: unknown): readonly number[] => {
  const calls = jsonAt(root, 'module_calls');
  return !isRecord(calls)
    ? []
    : Object.values(calls).flatMap(call => {
        const given = jsonAt(call, 'expressions', phaseVariable);
        const references = jsonAt(given, 'references');
        const [name, ...others] = Array.isArray(references) ? references : [];
        const isVariable = typeof name === 'string' && name.startsWith('var.') && others.length === 0;
        const number = isVariable
          ? valueOf(variables, name.slice('var.'.length))
          : numberOf(jsonAt(given, 'constant_value'));
        return number ?? [];
      });
};
