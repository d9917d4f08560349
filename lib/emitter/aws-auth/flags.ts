import { appendToBody, replace, replaceValue, sourceOf, type Edit } from '../../hcl/index.ts';
import type { Flag, Mapping } from '../../parser/index.ts';

/** The flags of a call that write the ConfigMap. */
export const writingFlags = ({ createConfigMap, manageConfigMap }: Mapping): readonly Flag[] => [
  ...(createConfigMap ? [createConfigMap] : []),
  manageConfigMap,
];

/** Sets a flag of the call to false where it is not. An expression is kept as a comment, so that it can be put back. */
export const turnOff = (mapping: Mapping, flag: Flag): readonly Edit[] => {
  if (flag.value === false) return [];
  const { block } = mapping;
  const { attribute } = flag;
  if (!attribute) return [appendToBody(block.in, block.body, `${flag.name} = false`)];
  if (flag.source === undefined) return [replace(attribute.value.range, 'false')];
  const was = sourceOf(block.in.text, attribute.value.range).replace(/\s+/g, ' ');
  return [replaceValue(block.in, attribute, 'false', `was ${was}`)];
};
