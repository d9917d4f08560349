import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { Mapping } from '../../parser/index.ts';
import type { SourceGate } from './gate.ts';

/** Rows that may differ from the live ConfigMap, rows that are comments, a second writer. */
export const mapping: SourceGate = ({ source }) => [
  ...source.mappings.flatMap(ofMapping),
  ...source.writers.map(({ labels, headerRange }) => diagnose('TAE210', { writer: labels.join('.') }, headerRange)),
];

const ofMapping = (own: Mapping): readonly Diagnostic[] => {
  const { call, create, createConfigMap, manageConfigMap, commentedOut } = own;
  const drifted = create.value !== false && createConfigMap.value === true && manageConfigMap.value === false;
  return [
    ...(drifted ? [diagnose('TAE410', { call: call.address }, manageConfigMap.attribute?.range)] : []),
    ...(commentedOut.count > 0 ? [diagnose('TAE413', { count: commentedOut.count }, commentedOut.range)] : []),
  ];
};
