import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import type { Mapping, Source } from '../../../parser/index.ts';
import type { SourceGate } from '../../phase.ts';

/** Rows that may differ from the live ConfigMap, rows that are comments, a second writer. */
export const mappingGate: SourceGate = ({ source }) => [
  ...source.mappings.flatMap(own => ofMapping(own, isCompared(own, source))),
  ...source.writers.map(({ mapping: { address, block }, beside }) =>
    diagnose('TAE210', { writer: address, beside }, block.headerRange),
  ),
];

/** The live ConfigMap was given: the rows themselves say where they differ from it. */
const isCompared = (own: Mapping, { live, pairs }: Source): boolean =>
  live !== undefined && pairs.some(({ cluster, mapping: other }) => other === own && cluster === live.cluster);

const ofMapping = (own: Mapping, compared: boolean): readonly Diagnostic[] => {
  const { address, create, createConfigMap, manageConfigMap, commentedOut } = own;
  const drifted =
    !own.resource && create.value !== false && createConfigMap?.value === true && manageConfigMap.value === false;
  return [
    ...(drifted && !compared ? [diagnose('TAE410', { call: address }, manageConfigMap.attribute?.range)] : []),
    ...(commentedOut.count > 0 ? [diagnose('TAE413', { count: commentedOut.count }, commentedOut.range)] : []),
  ];
};
