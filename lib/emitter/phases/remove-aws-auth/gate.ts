import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { type Mapping, type Source, isInForce } from '../../../parser/index.ts';
import type { SourceGate } from '../../phase.ts';
import { usesOf } from '../../aws-auth/uses.ts';

/** Rows that may differ from the live ConfigMap, rows that are comments, a second writer. */
export const mappingGate: SourceGate = ({ source }) => [
  ...source.mappings.flatMap(mapping => ofMapping(mapping, isCompared(mapping, source))),
  ...source.writers.map(({ mapping: { address, block }, beside }) =>
    diagnose('TAE210', { writer: address, beside }, block.headerRange),
  ),
];

/** The live ConfigMap was given: the rows themselves say where they differ from it. */
const isCompared = (mapping: Mapping, { live, pairs }: Source): boolean =>
  live !== undefined && pairs.some(({ cluster, mapping: other }) => other === mapping && cluster === live.cluster);

const ofMapping = (mapping: Mapping, compared: boolean): readonly Diagnostic[] => {
  const { address, create, createConfigMap, manageConfigMap, commentedOut } = mapping;
  const drifted =
    !mapping.resource && create.value !== false && createConfigMap?.value === true && manageConfigMap.value === false;
  return [
    ...(drifted && !compared ? [diagnose('TAE410', { call: address }, manageConfigMap.attribute?.range)] : []),
    ...(commentedOut.count > 0 ? [diagnose('TAE413', { count: commentedOut.count }, commentedOut.range)] : []),
  ];
};

/**
 * Of a resource that writes aws-auth: what of it cannot be read, and what needs an instance of it. With a count of 0 there is none;
 * to wait for it is to wait for nothing. Source: developer.hashicorp.com/terraform/language/meta-arguments/count.
 */
export const resourceGate: SourceGate = ({ source }) =>
  source.mappings.flatMap(mapping => {
    const { address, block, resource } = mapping;
    if (!resource || isInForce(mapping) === false) return [];
    const compared = source.live !== undefined;
    return [
      ...resource.diagnostics,
      ...resource.refused.map(({ list, why, place }) => diagnose('TAE229', { list, resource: address, why }, place)),
      ...usesOf(source.module, address, [address])
        .filter(({ waits }) => !waits)
        .map(({ range, words }) => diagnose('TAE230', { resource: address, reference: words }, range)),
      ...(resource.ignoresData && !compared ? [diagnose('TAE447', { resource: address }, block.headerRange)] : []),
    ];
  });
