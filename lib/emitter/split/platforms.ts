import type { Range } from '../../diagnostics/index.ts';
import { attribute, replace, type Edit } from '../../hcl/index.ts';
import { fieldOfGroup, givenGroups, type ModuleCall } from '../../parser/index.ts';
import { compareVersions, evaluate, knownString, type RootModule } from '../../terraform/index.ts';

/** The images that a platform stood for, where one `ami_type` is the same. */
const amiTypes: Readonly<Record<string, string>> = {
  linux: 'AL2_x86_64',
  windows: 'WINDOWS_CORE_2019_x86_64',
};

export type Platforms = { readonly edits: readonly Edit[]; readonly unclear: readonly Range[] };

/**
 * From 20.14.0 on `platform` of a self-managed group is refused, and `ami_type` says the same.
 * Source: modules/self-managed-node-group/variables.tf of terraform-aws-modules/eks 20.14.0, and main.tf of 19.21.0 (its images).
 */
export const platforms = (module: RootModule, call: ModuleCall, to: string): Platforms => {
  if (compareVersions(to, '20.14.0') < 0) return { edits: [], unclear: [] };
  const found = [...platformsOf(module, call)];
  const edits = found.map(({ edit }) => edit);
  const ranges = found.map(({ range }) => range);
  return {
    edits: edits.flatMap(edit => edit ?? []),
    unclear: ranges.filter((_, index) => edits[index] === undefined),
  };
};

type Found = { readonly range: Range; readonly edit: Edit | undefined };

const platformsOf = (module: RootModule, { block, source: { submodule } }: ModuleCall): readonly Found[] => {
  if (submodule === 'modules/self-managed-node-group') {
    const own = attribute(block.body, 'platform');
    if (!own) return [];
    const hasType = attribute(block.body, 'ami_type') !== undefined;
    return [rewritten(module, own.nameRange, own.value, hasType)];
  }
  if (submodule !== undefined) return [];
  const groups = givenGroups(module, block, 'self_managed_node_groups') ?? [];
  const fields = groups.flatMap(({ given }) => {
    const field = given && fieldOfGroup(given, 'platform');
    if (!field || field === 'unclear') return [];
    const isWritten = field.piece.at === undefined;
    const hasType = fieldOfGroup(given, 'ami_type') !== undefined;
    return [{ field, range: field.nameRange, refused: !isWritten || hasType }];
  });
  // Several groups share the one of the defaults.
  const seen = new Map(fields.map(own => [own.range.start, own]));
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
