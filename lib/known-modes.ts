import type { State } from './emitter/index.ts';
import type { ReportEnvironment } from './report/report.ts';
import { evaluate, givenByCall, knownString, variableValues } from './terraform/index.ts';

/**
 * What is known of each mode that is an expression: in every call of the module, in every environment that was named, or by the defaults of
 * variables. Undefined where the values do not tell.
 */
export const knownModes = (
  { source: { module, clusters }, calls = [] }: State,
  environments: readonly ReportEnvironment[],
): NonNullable<State['modes']> => {
  const told = environments.flatMap(({ modes }) => (modes ? [modes] : []));
  const scopes = (
    calls.length === 0 ? [new Map()] : calls.map(call => call.block && givenByCall(module, call.block, call.module))
  ).map(given => given && module.scopeWith(variableValues(module, given)));
  return new Map(
    clusters.flatMap(({ address, mode }) => {
      if (mode.kind !== 'expression') return [];
      const { value } = mode.attribute;
      const known =
        calls.length === 0 && told.length > 0
          ? told.map(modes => modes.find(({ cluster }) => cluster === address)?.mode ?? undefined)
          : scopes.map(scope => scope && knownString(evaluate(value, scope)));
      return [[address, known] as const];
    }),
  );
};
