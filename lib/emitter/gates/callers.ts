import { defined, diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { isInForce, titleOf } from '../../parser/index.ts';
import { callsOf, clustersOfCalls, isOfManyCalls } from '../callers/calls.ts';
import { involvedClusters } from '../involved.ts';
import { isOfManyEnvironments } from '../per-environment/ways.ts';
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

/** A name for one cluster, where each call of the module, or each environment of the source, makes one. */
export const nameOfOne: SourceGate = state => {
  const { config, configs, emit } = state.options;
  const { clusterName: name } = config;
  if (name === undefined) return [];
  const callers = isOfManyCalls(state) ? clustersOfCalls(state) : [];
  // What the source writes out is the name in all environments.
  const clusters =
    emit !== 'aws-cli' && isOfManyEnvironments(state)
      ? involvedClusters(state).filter(one => one.name === undefined)
      : [];
  if (callers.length === 0 && clusters.length === 0) return [];
  const file = configs?.find(one => one.config.clusterName !== undefined);
  const given = { name, callers, clusters: clusters.map(({ address }) => address) };
  return [diagnose('TAE459', given, file?.placeOf?.(['clusterName']))];
};

/** Rows that count under a condition, and a variable for their entries that counts always; or the other way round. */
const unconditional = ({ handed, source, transformed }: State): readonly Diagnostic[] => {
  const { condition, isWritten, under, variable, part } = handed?.entries ?? {};
  if (!isWritten || under === condition) return [];
  const matters =
    condition === undefined
      ? source.mappings.some(mapping => isInForce(mapping) !== false)
      : transformed.some(({ cluster, entries }) => cluster?.wrapper && entries.some(isArgument));
  return matters ? [diagnose('TAE276', { variable: `var.${variable}`, ...defined({ condition, under }) }, part)] : [];
};

const isArgument = ({ form }: { readonly form: string }): boolean => form === 'argument';
