import { appendToBody, replace, sourceOf, type Edit } from '../hcl/index.ts';
import type { Flag, Mapping } from '../parser/index.ts';

/** Sets a flag of the aws-auth call to false where it is not. An expression is kept as a comment, so that it can be put back. */
export const turnOff = (mapping: Mapping, name: string, flag: Flag): readonly Edit[] => {
  if (flag.value === false) return [];
  const { block } = mapping.call;
  const { attribute } = flag;
  if (!attribute) return [appendToBody(block.in, block.body, `${name} = false`)];
  if (flag.source === undefined) return [replace(attribute.value.range, 'false')];
  const was = sourceOf(block.in.text, attribute.value.range).replace(/\s+/g, ' ');
  return [replace(attribute.value.range, `false # was ${was}`)];
};
