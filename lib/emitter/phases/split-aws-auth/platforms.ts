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

/** A platform that is written, and what is written in its place; without an edit that is not clear. */
type Platform = { readonly range: Range; readonly edit?: Edit };

/**
 * From 20.9.0 on `ami_type` of a self-managed group says what `platform` did, which is ignored, and refused from 20.14.0 on.
 * Source: modules/self-managed-node-group/main.tf and variables.tf of terraform-aws-modules/eks 20.9.0 and 20.14.0, and main.tf of
 * 19.21.0 (its images).
 */
export const platforms = (module: RootModule, call: ModuleCall): readonly Platform[] => {
  const isCluster = call.source.submodule === undefined;
  const found = isCluster
    ? groupsInCall(module, call, selfManagedGroups)
    : [groupOfCall(module, call, selfManagedGroups)];
  const written = (found ?? []).flatMap((group): readonly Platform[] => {
    const field = group && fieldOfGroup(group.written, 'platform');
    if (!group || !field || field === 'unclear') return [];
    const { nameRange: range, piece } = field;
    const value = piece.expression;
    const type = amiTypes[knownString(evaluate(value, module.scope)) ?? ''];
    const isWritten = piece.at === undefined && value.range.file === range.file;
    if (!isWritten || type === undefined || fieldOfGroup(group.written, 'ami_type') !== undefined) return [{ range }];
    return [{ range, edit: replace({ ...range, end: value.range.end }, `ami_type = "${type}"`) }];
  });
  // Several groups share the one of the defaults.
  return [...new Map(written.map(one => [one.range.start, one])).values()];
};
