import { diagnose, type Diagnostic, type Range } from '../../../diagnostics/index.ts';
import { hasInput } from '../../../eks/module-interface.ts';
import { groupForms } from '../../../eks/node-group-forms.ts';
import { groupKinds, oldGroupDefaults } from '../../../eks/typed-inputs.ts';
import { adviceBeside, findRenames } from '../../../eks/renames.ts';
import { attribute, quote, replace, sourceOf, attributesOf, type ObjectItem } from '../../../hcl/index.ts';
import { placeOf, resolve, type ModuleCall, type Piece } from '../../../parser/index.ts';
import { evaluate, knownString, type RootModule } from '../../../terraform/index.ts';
import { isIdle, successorsIn } from '../../upgrade/call.ts';
import { joined, type Change } from '../../upgrade/change.ts';
import { kindProblem } from './entries.ts';

/**
 * The node groups and Fargate profiles of a call. Version 21 gives them a type: what is not in it is dropped without a word, so
 * that nothing else would tell. `to` is the release.
 */
export const upgradeGroups = (module: RootModule, call: ModuleCall, to: string): Change =>
  joined(
    groupForms.flatMap(({ argument, defaults, submodule }) => {
      const map = argumentOf(module, call, argument);
      if (!map || map.expression.kind === 'null') return [];
      if (map.expression.kind !== 'object') return [unread(call, argument, placeOf(map))];
      const given = argumentOf(module, call, defaults)?.expression;
      const inDefaults = given?.kind === 'object' ? given.items.flatMap(({ name }) => name ?? []) : [];
      return map.expression.items.map(item => {
        const name = `${argument}.${item.name ?? sourceOf(map.file.text, item.key.range)}`;
        const piece = resolve(module, { ...map, expression: item.value });
        if (piece.expression.kind !== 'object') return unread(call, name, placeOf(piece));
        const { items } = piece.expression;
        const group = { call, name, submodule, piece, names: new Set(items.map(one => one.name)) };
        const findings = changedDefaultsOf(
          group,
          items,
          inDefaults,
          item.key.range,
          filledIn(module, piece, items, submodule),
        );
        return joined([...items.map(one => upgradeItem(module, group, one, to)), { findings }]);
      });
    }),
  );

/** What is not written may stand under a key that is an expression. */
const changedDefaultsOf = (
  { call, name, submodule, names }: Group,
  items: Written,
  inDefaults: readonly string[],
  at: Range,
  more: Readonly<Record<string, string>>,
): readonly Diagnostic[] =>
  names.has(undefined)
    ? []
    : changedDefaults(`${name} of ${call.address}`, submodule, new Set([...notNull(items), ...inDefaults]), at, more);

/** Null is what is not written: the inputs of version 21 take their default for it. */
const notNull = (written: Written): readonly (string | undefined)[] =>
  written.flatMap(({ name, value }) => (value.kind === 'null' ? [] : [name]));

const argumentOf = (module: RootModule, { block }: ModuleCall, name: string): Piece | undefined => {
  const found = attribute(block.body, name);
  return found && resolve(module, { expression: found.value, file: block.in });
};

const unread = ({ address }: ModuleCall, what: string, range: Range): Partial<Change> => ({
  findings: [diagnose('TAE454', { call: address, what }, range)],
});

type Group = {
  readonly call: ModuleCall;
  readonly name: string;
  readonly submodule: string;
  readonly piece: Piece;
  /** Undefined stands for a key that is an expression. */
  readonly names: ReadonlySet<string | undefined>;
};

const upgradeItem = (
  module: RootModule,
  { call, name, submodule, piece, names }: Group,
  item: ObjectItem,
  to: string,
): Partial<Change> => {
  const { name: key, value } = item;
  const { range } = item.key;
  const { address } = call;
  if (key === undefined) return {};
  const table = findRenames(20, 21, submodule);
  const renamed = table?.inputs[key];
  // Where the group is a local, something else may read it by the old name.
  if (renamed !== undefined && piece.file === call.block.in && isInside(call, range) && !names.has(renamed)) {
    const isQuoted = piece.file.text[range.start] === '"';
    const edits = [replace(range, isQuoted ? quote(renamed) : renamed)];
    return { edits, changes: [`${address}: ${name}.${key} is now ${renamed}`] };
  }
  // Each version reads the name that it knows.
  if (renamed !== undefined && names.has(renamed)) return {};
  const gone = table?.goneInputs[key];
  if (gone && isIdle(value, gone)) return {};
  const beside = piece.expression.kind === 'object' ? successorsIn(piece.expression.items) : names;
  const advice = renamed === undefined ? gone && adviceBeside(gone, beside) : `It is called ${renamed} now.`;
  if (hasInput(to, submodule, key) === false) {
    const args = { call: address, group: name, key, advice: advice ?? '' };
    return { findings: [diagnose('TAE450', args, range)] };
  }
  const problem =
    kindProblem(module, { ...piece, expression: value }, groupKinds[key]) ?? override(module, piece, item);
  if (!problem) return {};
  const place = `${key} of ${name} (${address})`;
  return { findings: [diagnose('TAE241', { place, ...problem }, value.range)] };
};

const isInside = ({ block }: ModuleCall, { start, end }: Range): boolean =>
  block.range.start <= start && end <= block.range.end;

/** The overrides of version 20 stand beside `instances_distribution`; the type of version 21 demands `launch_template`. */
const override = (
  module: RootModule,
  piece: Piece,
  { name, value }: ObjectItem,
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
  const isOfNodes = missing.some(([key]) => key !== 'min_size');
  return [diagnose('TAE451', { what, old, isOfNodes }, at)];
};

/** The same of a group with a call of its own. The root module gives min_size, and the submodule alone does not. */
export const changedCallDefaults = (
  module: RootModule,
  { address, block, source }: ModuleCall,
): readonly Diagnostic[] => {
  const attributes = attributesOf(block.body);
  const names = new Set(notNull(attributes));
  // Of version 20 the launch template has no type then, and instance_requirements leave it out in both.
  const hasNoType = source.submodule === 'modules/self-managed-node-group' && !names.has('instance_requirements');
  const more = {
    min_size: '0',
    ...(hasNoType ? { instance_type: '""' } : {}),
    ...filledIn(module, { file: block.in }, attributes, source.submodule),
  };
  return changedDefaults(address, source.submodule ?? '', names, block.headerRange, more);
};

type Written = readonly { readonly name?: string | undefined; readonly value: Piece['expression'] }[];

/** What has another default in version 21 because of what is written beside it. */
const filledIn = (
  module: RootModule,
  place: Omit<Piece, 'expression'>,
  written: Written,
  submodule: string | undefined,
): Readonly<Record<string, string>> => ({
  ...(submodule === 'modules/eks-managed-node-group' ? typeOfOwnImage(module, written) : {}),
  ...efaOnly(module, written),
  ...metadataOptions(module, place, written),
});

/**
 * With an image of its own a managed group has the type CUSTOM in EKS, for which version 21 has no user data, and what is written decides
 * about user data alone. Source: modules/_user_data/main.tf and main.tf of the submodule at v20.37.2 and v21.19.0.
 */
const typeOfOwnImage = (module: RootModule, written: Written): Readonly<Record<string, string>> => {
  const image = written.find(({ name }) => name === 'ami_id');
  const value = image && evaluate(image.value, module.scope);
  return !value || value.kind === 'null' || knownString(value) === ''
    ? {}
    : { ami_type: 'that of the system on its image, as "AL2_x86_64" for Amazon Linux 2' };
};

/** The interfaces beside the first are EFA-only in version 21. Source: variables.tf and main.tf of both submodules at v20.37.2 and v21.19.0. */
const efaOnly = (module: RootModule, written: Written): Readonly<Record<string, string>> => {
  const efa = written.find(({ name }) => name === 'enable_efa_support');
  const value = efa && evaluate(efa.value, module.scope);
  return !value || value.kind === 'null' || (value.kind === 'bool' && !value.value) ? {} : { enable_efa_only: 'false' };
};

/**
 * What is left out of a `metadata_options` that is written is nothing in version 20, and the default of the type in version 21. Source:
 * variables.tf and main.tf of modules/eks-managed-node-group at v20.37.2 and v21.19.0.
 */
const metadataOptions = (
  module: RootModule,
  place: Omit<Piece, 'expression'>,
  written: Written,
): Readonly<Record<string, string>> => {
  const found = written.find(({ name }) => name === 'metadata_options');
  const options = found && resolve(module, { ...place, expression: found.value }).expression;
  if (options?.kind !== 'object') return {};
  const names = new Set(options.items.map(({ name }) => name));
  if (names.has(undefined)) return {};
  return Object.fromEntries(
    ['http_endpoint', 'http_put_response_hop_limit', 'http_tokens']
      .filter(key => !names.has(key))
      .map(key => [`metadata_options.${key}`, 'as EC2 chose it']),
  );
};
