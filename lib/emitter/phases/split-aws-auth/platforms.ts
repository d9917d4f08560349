import type { Range } from '../../../diagnostics/index.ts';
import { selfManagedGroups } from '../../../eks/node-group-forms.ts';
import { replace, type Edit } from '../../../hcl/index.ts';
import { fieldOfGroup, groupOfCall, groupsInCall, type ModuleCall } from '../../../parser/index.ts';
import { evaluate, knownString, type RootModule } from '../../../terraform/index.ts';

/** The images that a platform stood for, where one `ami_type` is the same. */
const amiTypes: Readonly<Record<string, string>> = {
  linux: 'AL2_x86_64',
  windows: 'WINDOWS_CORE_2019_x86_64',
};

export type Platforms = { readonly edits: readonly Edit[]; readonly unclear: readonly Range[] };

/**
 * From 20.9.0 on `ami_type` of a self-managed group says what `platform` did, which is ignored, and refused from 20.14.0 on.
 * Source: modules/self-managed-node-group/main.tf and variables.tf of terraform-aws-modules/eks 20.9.0 and 20.14.0, and main.tf of
 * 19.21.0 (its images).
 */
export const platforms = (module: RootModule, call: ModuleCall): Platforms => {
  const found = platformsOf(module, call);
  return {
    edits: found.flatMap(({ edit }) => edit ?? []),
    unclear: found.filter(({ edit }) => edit === undefined).map(({ range }) => range),
  };
};

type Found = { readonly range: Range; readonly edit: Edit | undefined };

const platformsOf = (module: RootModule, call: ModuleCall): readonly Found[] => {
  const isCluster = call.source.submodule === undefined;
  const found = isCluster
    ? groupsInCall(module, call, selfManagedGroups)
    : [groupOfCall(module, call, selfManagedGroups)];
  const fields = (found ?? []).flatMap(group => {
    const field = group && fieldOfGroup(group.written, 'platform');
    if (!group || !field || field === 'unclear') return [];
    const isWritten = field.piece.at === undefined;
    const hasType = fieldOfGroup(group.written, 'ami_type') !== undefined;
    return [{ field, range: field.nameRange, refused: !isWritten || hasType }];
  });
  // Several groups share the one of the defaults.
  const seen = new Map(fields.map(one => [one.range.start, one]));
  return [...seen.values()].map(({ field, range, refused }) =>
    rewritten(module, range, field.piece.expression, refused),
  );
};

const rewritten = (
  module: RootModule,
  nameRange: Range,
  value: Parameters<typeof evaluate>[0],
  refused: boolean,
): Found => {
  const type = amiTypes[knownString(evaluate(value, module.scope)) ?? ''];
  if (refused || type === undefined || value.range.file !== nameRange.file)
    return { range: nameRange, edit: undefined };
  return { range: nameRange, edit: replace({ ...nameRange, end: value.range.end }, `ami_type = "${type}"`) };
};
