import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { parsePrincipalArn, samePrincipal } from '../../eks/index.ts';
import { titleOf } from '../../parser/index.ts';
import type { RowOutcome } from '../../transformer/index.ts';
import { callsOf, isOfManyCalls } from '../callers/calls.ts';
import type { SourceGate, State } from '../phase.ts';

/** Whose rows move with this module, and a principal that would get an entry from both sides. */
export const callersMove: SourceGate = state => {
  const { handed } = state;
  if (!handed || handed.lists.length === 0) return [];
  return [
    diagnose(
      'TAE458',
      { callers: callsOf(state).map(({ cluster }) => titleOf(cluster)) },
      handed.cluster.block.headerRange,
    ),
    ...unconditional(state),
    ...twice(state),
  ];
};

/** A name for one cluster, where each call of the module makes one. */
export const nameOfOne: SourceGate = state => {
  const { config, configs } = state.options;
  const { clusterName: name } = config;
  if (name === undefined || !isOfManyCalls(state)) return [];
  const file = configs?.find(one => one.config.clusterName !== undefined);
  const callers = state.calls?.map(({ title }) => title) ?? [];
  return [diagnose('TAE459', { name, callers }, file?.placeOf?.(['clusterName']))];
};

/** Rows that count under a condition, and a variable for their entries that counts always. */
const unconditional = ({ handed, transformed }: State): readonly Diagnostic[] => {
  const { condition, isWritten, under, variable, part } = handed?.entries ?? {};
  if (!isWritten || condition === undefined || under === condition) return [];
  const moves = transformed.some(({ cluster, entries }) => cluster?.wrapper && entries.some(isArgument));
  return moves ? [diagnose('TAE276', { variable: `var.${variable}`, condition }, part)] : [];
};

const isArgument = ({ form }: { readonly form: string }): boolean => form === 'argument';

/** Only ARNs can be compared: a name means one thing in the module, and another in its caller. */
const twice = ({ transformed }: State): readonly Diagnostic[] => {
  const own = transformed.filter(({ cluster }) => !cluster?.wrapper).flatMap(({ outcomes }) => outcomes);
  return transformed.flatMap(({ cluster, outcomes }) =>
    cluster?.wrapper
      ? outcomes
          .filter(outcome => outcome.entry && own.some(other => other.entry && isSame(outcome, other)))
          .map(({ name, row }) => diagnose('TAE273', { principal: name, call: titleOf(cluster) }, row.origin))
      : [],
  );
};

const isSame = (one: RowOutcome, other: RowOutcome): boolean => {
  const [a, b] = [one, other].map(({ entry }) => parsePrincipalArn(entry?.principalArn));
  return a !== undefined && b !== undefined && samePrincipal(a, b);
};
