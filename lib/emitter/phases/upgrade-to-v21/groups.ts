import { diagnose, type Diagnostic, type Range } from '../../../diagnostics/index.ts';
import { hasInput } from '../../../eks/module-interface.ts';
import { groupForms } from '../../../eks/node-group-forms.ts';
import { groupKinds, oldGroupDefaults } from '../../../eks/typed-inputs.ts';
import { findRenames } from '../../../eks/renames.ts';
import {
  attribute,
  quote,
  replace,
  sourceOf,
  type Edit,
  type ObjectExpression,
  attributesOf,
} from '../../../hcl/index.ts';
import { placeOf, resolve, type ModuleCall, type Piece } from '../../../parser/index.ts';
import type { RootModule } from '../../../terraform/index.ts';
import { kindProblem } from './entries.ts';

export type Groups = {
  readonly edits: readonly Edit[];
  readonly changes: readonly string[];
  readonly findings: readonly Diagnostic[];
};

/**
 * The node groups and Fargate profiles of a call. Version 21 gives them a type: what is not in it is dropped without a word, so
 * that nothing else would tell. `to` is the release.
 */
export const upgradeGroups = (module: RootModule, call: ModuleCall, to: string): Groups => {
  const parts = groupForms.flatMap(({ argument, defaults, submodule }) => {
    const found = attribute(call.block.body, argument);
    if (!found) return [];
    const map = resolve(module, { expression: found.value, file: call.block.in });
    if (map.expression.kind === 'null') return [];
    const given = keysOf(module, call, defaults);
    if (map.expression.kind !== 'object') return [unread(call, argument, placeOf(map))];
    return map.expression.items.map(item => {
      const name = item.name ?? sourceOf(map.file.text, item.key.range);
      const group = resolve(module, { ...map, expression: item.value });
      if (group.expression.kind !== 'object') return unread(call, `${argument}.${name}`, placeOf(group));
      const place = { call, name: `${argument}.${name}`, submodule, to, given };
      return upgradeGroup(module, place, group, group.expression, item.key.range);
    });
  });
  return {
    edits: parts.flatMap(({ edits }) => edits),
    changes: parts.flatMap(({ changes }) => changes),
    findings: parts.flatMap(({ findings }) => findings),
  };
};

const unread = ({ address }: ModuleCall, what: string, range: Range): Groups => ({
  edits: [],
  changes: [],
  findings: [diagnose('TAE454', { call: address, what }, range)],
});

/** Keys of the defaults of version 20, which each group has as well. */
const keysOf = (module: RootModule, call: ModuleCall, argument: string): readonly string[] => {
  const found = attribute(call.block.body, argument);
  const { expression } = found ? resolve(module, { expression: found.value, file: call.block.in }) : {};
  return expression?.kind === 'object' ? expression.items.flatMap(({ name }) => name ?? []) : [];
};

type Group = {
  readonly call: ModuleCall;
  readonly name: string;
  readonly submodule: string;
  readonly to: string;
  readonly given: readonly string[];
};

const upgradeGroup = (
  module: RootModule,
  { call, name, submodule, to, given }: Group,
  piece: Piece,
  group: ObjectExpression,
  at: Range,
): Groups => {
  const table = findRenames(20, 21, submodule);
  const edits: Edit[] = [];
  const changes: string[] = [];
  const findings: Diagnostic[] = [];
  const names = new Set(group.items.map(item => item.name));
  for (const item of group.items) {
    const key = item.name;
    if (key === undefined) continue;
    const renamed = table?.inputs[key];
    // Where the group is a local, something else may read it by the old name.
    if (
      renamed !== undefined &&
      piece.file === call.block.in &&
      isInside(call, item.key.range) &&
      !names.has(renamed)
    ) {
      const isQuoted = piece.file.text[item.key.range.start] === '"';
      edits.push(replace(item.key.range, isQuoted ? quote(renamed) : renamed));
      changes.push(`${call.address}: ${name}.${key} is now ${renamed}`);
      continue;
    }
    const advice = renamed === undefined ? table?.goneInputs[key]?.advice : `It is called ${renamed} now.`;
    if (hasInput(to, submodule, key) === false) {
      findings.push(diagnose('TAE450', { call: call.address, group: name, key, advice: advice ?? '' }, item.key.range));
      continue;
    }
    const problem =
      kindProblem(module, { ...piece, expression: item.value }, groupKinds[key]) ?? override(module, piece, item);
    const place = `${key} of ${name} (${call.address})`;
    if (problem) findings.push(diagnose('TAE241', { place, ...problem }, item.value.range));
  }
  const isWhole = group.items.every(item => item.name !== undefined);
  if (isWhole)
    findings.push(...changedDefaults(`${name} of ${call.address}`, submodule, new Set([...names, ...given]), at));
  return { edits, changes, findings };
};

const isInside = ({ block }: ModuleCall, { start, end }: Range): boolean =>
  block.range.start <= start && end <= block.range.end;

/** The overrides of version 20 stand beside `instances_distribution`; the type of version 21 demands `launch_template`. */
const override = (
  module: RootModule,
  piece: Piece,
  { name, value }: ObjectExpression['items'][number],
): { readonly problem: string; readonly advice: string } | undefined => {
  if (name !== 'mixed_instances_policy') return undefined;
  const { expression } = resolve(module, { ...piece, expression: value });
  if (expression.kind !== 'object' || expression.items.some(item => item.name === 'launch_template')) return undefined;
  return {
    problem: 'has no launch_template',
    advice: 'Write override into launch_template = { override = [...] } as well: version 20 reads the one beside it.',
  };
};

/** Arguments of a group that are not written, and that version 21 gives another default. */
const changedDefaults = (
  what: string,
  submodule: string,
  names: ReadonlySet<string | undefined>,
  at: Range,
  more: Readonly<Record<string, string>> = {},
): readonly Diagnostic[] => {
  const defaults = oldGroupDefaults[submodule];
  const missing = Object.entries({ ...defaults, ...(defaults ? more : {}) }).filter(([key]) => !names.has(key));
  if (missing.length === 0) return [];
  const old = missing.map(([key, value]) => `${key} = ${value}`).join('; ');
  return [diagnose('TAE451', { what, old }, at)];
};

/** The same of a group with a call of its own. The root module gives min_size, and the submodule alone does not. */
export const changedCallDefaults = ({ address, block, source }: ModuleCall): readonly Diagnostic[] => {
  const names = new Set(attributesOf(block.body).map(({ name }) => name));
  return changedDefaults(address, source.submodule ?? '', names, block.headerRange, { min_size: '0' });
};
