import { hasInput, hasSubmodule } from '../../eks/module-interface.ts';
import { defined } from '../../diagnostics/index.ts';
import type { Gone, RenameTable } from '../../eks/renames.ts';
import {
  attribute,
  attributesOf,
  removeAttribute,
  replace,
  unwrapParentheses,
  type Attribute,
  type Expression,
} from '../../hcl/index.ts';
import { metaArguments, type ModuleCall } from '../../parser/index.ts';
import { allOf, nothing, ownOf, refusal, tableFor, type Upgraded } from './upgraded.ts';

/**
 * The arguments of one call, from one release to another of the next major version (or of the same). All renames happen at once.
 * `except` are arguments that move elsewhere. The version itself is not touched.
 */
export const upgradeCall = (
  call: ModuleCall,
  from: string,
  to: string,
  except: ReadonlySet<string> = new Set(),
): Upgraded => {
  const { submodule } = call.source;
  if (submodule !== undefined && hasSubmodule(to, submodule) === false) {
    return refusal({ call, kind: 'submodule', name: submodule, range: call.block.headerRange });
  }
  const table = tableFor(call, from, to);
  const inputs = attributesOf(call.block.body).filter(({ name }) => !metaArguments.has(name) && !except.has(name));
  return allOf(inputs.map(argument => upgradeArgument(call, argument, table, to)));
};

const upgradeArgument = (call: ModuleCall, argument: Attribute, table: RenameTable, to: string): Upgraded => {
  const { name, nameRange: range } = argument;
  const refuse = (advice?: string): Upgraded =>
    refusal({ call, kind: 'argument', name, range, ...defined({ advice }) });
  const gone = ownOf(table.goneInputs, name);
  if (gone) {
    if (!isIdle(argument.value, gone)) return refuse(gone.advice);
    const changes = [`${call.address}: ${name} removed`];
    return { edits: [removeAttribute(call.block.in, argument)], changes, refused: [] };
  }
  const renamed = ownOf(table.inputs, name);
  if (hasInput(to, call.source.submodule, renamed ?? name) === false) return refuse();
  if (renamed === undefined) return nothing;
  if (attribute(call.block.body, renamed) && ownOf(table.inputs, renamed) === undefined) {
    return refuse(`It is called ${renamed} now, which the call has as well. Remove one of the two.`);
  }
  return { edits: [replace(range, renamed)], changes: [`${call.address}: ${name} is now ${renamed}`], refused: [] };
};

const isIdle = (value: Expression, { idle }: Gone): boolean =>
  idle !== undefined && (idle === 'any' || idle === literalOf(value));

const literalOf = (expression: Expression): string | undefined => {
  const value = unwrapParentheses(expression);
  if (value.kind === 'bool') return String(value.value);
  if (value.kind === 'null') return 'null';
  if (value.kind === 'object' && value.items.length === 0) return '{}';
  if (value.kind === 'tuple' && value.items.length === 0) return '[]';
  return undefined;
};
