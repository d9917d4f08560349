import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { Mapping } from '../../parser/index.ts';
import type { SourceGate } from './gate.ts';

/** Lists that cannot be read, rows that may differ from the live ConfigMap, rows that are comments, a second writer. */
export const mapping: SourceGate = ({ source }) => [
  ...source.mappings.flatMap(ofMapping),
  ...source.writers.map(({ labels, headerRange }) => diagnose('TAE210', { writer: labels.join('.') }, headerRange)),
];

const ofMapping = (own: Mapping): readonly Diagnostic[] => {
  const { call, create, createConfigMap, manageConfigMap, commentedOut, unread } = own;
  const drifted = create.value !== false && createConfigMap.value === true && manageConfigMap.value === false;
  return [
    ...unread.map(({ argument, what, range }) => diagnose('TAE212', { list: argument, what }, range)),
    ...(drifted ? [diagnose('TAE410', { call: call.address }, manageConfigMap.attribute?.range)] : []),
    ...(commentedOut.count > 0 ? [diagnose('TAE413', { count: commentedOut.count }, commentedOut.range)] : []),
  ];
};
