import { attribute, insertBelow, replace, sourceOf, stringValue, type Edit } from '../../hcl/index.ts';
import type { ModuleCall } from '../../parser/index.ts';

/**
 * Writes one exact release into a call: as `version`, or as `?ref=` of a git source. Undefined where it stands elsewhere: a version
 * that is an expression, or a ref that is not written in the source.
 */
export const setVersion = (call: ModuleCall, version: string): Edit | undefined => {
  const { constraint, block } = call;
  if (call.source.kind === 'git') return setRef(call, version);
  if (call.source.kind !== 'registry') return undefined;
  if (constraint)
    return stringValue(constraint.value) === undefined ? undefined : replace(constraint.value.range, `"${version}"`);
  const source = attribute(block.body, 'source');
  if (!source) return undefined;
  return insertBelow(block.in, block.body, source, `version = "${version}"`);
};

const setRef = ({ source, block }: ModuleCall, version: string): Edit | undefined => {
  const found = attribute(block.body, 'source');
  if (source.ref === undefined || !found) return undefined;
  const text = sourceOf(block.in.text, found.value.range);
  const at = text.indexOf(`ref=${source.ref}`);
  if (at === -1) return undefined;
  const start = found.value.range.start + at + 'ref='.length;
  // The tags of the module have a `v`.
  return replace({ ...found.value.range, start, end: start + source.ref.length }, `v${version}`);
};

/** Why `setVersion` finds nothing to write. */
export const unwritable = ({ fork, source, constraint }: ModuleCall): string => {
  if (fork) return 'its source is a fork, whose releases are not known';
  if (source.kind === 'git') return 'its git source has no ref';
  return constraint ? 'its version is an expression' : 'it has no version';
};
