import type { KnownMode, State } from './emitter/index.ts';
import type { ReportEnvironment } from './report/report.ts';
import { evaluate, givenByCall, knownString, variableValues } from './terraform/index.ts';

/**
 * What is known of each mode that is an expression: in every environment that is known, in every call of the module, or by the defaults of
 * variables.
 */
export const knownModes = (
  { source: { module, clusters }, calls = [] }: State,
  environments: readonly ReportEnvironment[],
): NonNullable<State['modes']> => {
  const told = environments.filter(({ modes }) => modes !== undefined);
  const scopes =
    calls.length === 0
      ? [{ scope: module.scopeWith(variableValues(module, new Map())) }]
      : calls.map(({ title, block, module: caller }) => ({
          of: title,
          scope: block && module.scopeWith(variableValues(module, givenByCall(module, block, caller))),
        }));
  return new Map(
    clusters.flatMap(({ address, mode }) => {
      if (mode.kind !== 'expression') return [];
      const { value } = mode.attribute;
      const known =
        told.length > 0
          ? told.map(({ file, call, modes = [] }): KnownMode => {
              const found = modes.find(({ cluster }) => cluster === address)?.mode ?? undefined;
              return { value: found, of: call ?? file };
            })
          : scopes.map(({ scope, ...named }): KnownMode => {
              return { ...named, value: scope && knownString(evaluate(value, scope)) };
            });
      return [[address, known] as const];
    }),
  );
};
