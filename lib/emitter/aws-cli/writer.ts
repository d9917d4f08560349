import { isInForce } from '../../parser/index.ts';
import type { Transformed } from '../../transformer/index.ts';

/** What to do where Terraform writes the ConfigMap; empty where it does not: then it is emptied by hand. */
export const writerWords = (transformed: readonly Transformed[]): string => {
  const writers = transformed.flatMap(({ mapping }) => (mapping && isInForce(mapping) !== false ? [mapping] : []));
  return writers
    .map(
      ({ address, block }) =>
        `${address} in ${block.in.file} writes the ConfigMap: turn that off there and apply it. An apply of the unchanged source brings the rows back.`,
    )
    .join(' ');
};
