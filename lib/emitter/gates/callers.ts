import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { titleOf } from '../../parser/index.ts';
import { callsOf, isOfManyCalls } from '../callers/calls.ts';
import type { SourceGate, State } from '../phase.ts';

/** Whose rows move with this module. */
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
