import { hasInput, hasSubmodule } from '../../eks/module-interface.ts';
import { pinnedDefaults } from '../../eks/pinned-defaults.ts';
import { adviceBeside, type Gone, type RenameTable } from '../../eks/renames.ts';
import {
  attribute,
  attributesOf,
  insertBelow,
  removeAttribute,
  replace,
  sourceOf,
  stringValue,
  unwrapParentheses,
  type Attribute,
  type Edit,
  type Expression,
} from '../../hcl/index.ts';
import { metaArguments, type ModuleCall } from '../../parser/index.ts';
import { joined, majorOf, ownOf, tableFor, type Change } from './change.ts';

/**
 * The arguments of one call, from one release to another of the next major version (or of the same). All renames happen at once.
 * `except` are arguments that move elsewhere. The version itself is not touched.
 */
export const upgradeCall = (
  call: ModuleCall,
  from: string,
  to: string,
  except: ReadonlySet<string> = new Set(),
): Change => {
  const { submodule } = call.source;
  if (submodule !== undefined && hasSubmodule(to, submodule) === false) {
    return joined([{ refused: [{ call, kind: 'submodule', name: submodule, range: call.block.headerRange }] }]);
  }
  const table = tableFor(call, from, to);
  const inputs = attributesOf(call.block.body).filter(({ name }) => !metaArguments.has(name) && !except.has(name));
  return joined(inputs.map(argument => upgradeArgument(call, argument, table, to)));
};

const upgradeArgument = (call: ModuleCall, argument: Attribute, table: RenameTable, to: string): Partial<Change> => {
  const { name, nameRange: range } = argument;
  const refuse = (advice?: string): Partial<Change> => ({
    refused: [{ call, kind: 'argument', name, range, advice }],
  });
  const gone = ownOf(table.goneInputs, name);
  if (gone) {
    if (!isIdle(argument.value, gone)) {
      return refuse(adviceBeside(gone, successorsIn(attributesOf(call.block.body))));
    }
    return { edits: [removeAttribute(call.block.in, argument)], changes: [`${call.address}: ${name} removed`] };
  }
  const renamed = ownOf(table.inputs, name);
  if (hasInput(to, call.source.submodule, renamed ?? name) === false) return refuse();
  if (renamed === undefined) return {};
  if (attribute(call.block.body, renamed) && ownOf(table.inputs, renamed) === undefined) {
    return refuse(`It is called ${renamed} now, which the call has as well. Remove one of the two.`);
  }
  return { edits: [replace(range, renamed)], changes: [`${call.address}: ${name} is now ${renamed}`] };
};

/**
 * The arguments that can stand in for one that goes. With the type CUSTOM nothing says which system the image has, which is what the
 * `platform` beside it said. Source: modules/_user_data/main.tf of the module at v20.37.2 and v21.19.0.
 */
export const successorsIn = (
  written: readonly { readonly name?: string | undefined; readonly value: Expression }[],
): ReadonlySet<string | undefined> =>
  new Set(
    written
      .filter(({ name, value }) => {
        const given = unwrapParentheses(value);
        const isCustom = name === 'ami_type' && stringValue(given) === 'CUSTOM';
        return given.kind !== 'null' && !isCustom;
      })
      .map(({ name }) => name),
  );

/** With such a value nothing is lost when the argument goes. */
export const isIdle = (value: Expression, { idle }: Gone): boolean =>
  [idle ?? []].flat().some(one => one === 'any' || one === literalOf(value));

const literalOf = (expression: Expression): string | undefined => {
  const value = unwrapParentheses(expression);
  if (value.kind === 'bool') return String(value.value);
  if (value.kind === 'null') return 'null';
  if (value.kind === 'object' && value.items.length === 0) return '{}';
  if (value.kind === 'tuple' && value.items.length === 0) return '[]';
  return undefined;
};

/**
 * Lines to write into one call, so that defaults that the new release changed do not act. What its author wrote, under the old name
 * or the new one, is not pinned.
 */
export const pinsFor = (call: ModuleCall, from: string, to: string): readonly string[] => {
  const submodule = call.source.submodule?.replace(/^modules\//, '') ?? '';
  const table = tableFor(call, from, to);
  const after = new Set(attributesOf(call.block.body).map(({ name }) => ownOf(table.inputs, name) ?? name));
  return pinnedDefaults
    .filter(pin => pin.to === majorOf(to) && pin.to !== majorOf(from) && pin.submodule === submodule)
    .filter(({ name }) => !after.has(name) && hasInput(to, call.source.submodule, name) === true)
    .flatMap(({ name, value, follows = [] }) => {
      const followed = follows.flatMap(old => attribute(call.block.body, old) ?? [])[0];
      const text = followed ? sourceIn(call, followed) : value && withClusterName(value, call);
      return text === undefined ? [] : [`${name} = ${text}`];
    });
};

const sourceIn = (call: ModuleCall, { value }: Attribute): string => sourceOf(call.block.in.text, value.range);

/** `"KarpenterIRSA-${cluster_name}"` with what the call has for it: a string loses its quotes, an expression becomes a part. */
const withClusterName = (value: string, call: ModuleCall): string => {
  const found = attribute(call.block.body, 'cluster_name');
  const source = found && sourceIn(call, found);
  const part = source === undefined ? '' : /^".*"$/s.test(source) ? source.slice(1, -1) : `\${${source}}`;
  return value.replace('${cluster_name}', () => part);
};

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
