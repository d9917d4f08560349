import { pinnedDefaults } from '../../eks/pinned-defaults.ts';
import { hasInput } from '../../eks/module-interface.ts';
import { attribute, attributesOf, sourceOf, type Attribute } from '../../hcl/index.ts';
import type { ModuleCall } from '../../parser/index.ts';
import { majorOf, ownOf, tableFor } from './upgraded.ts';

/** An argument to write, so that a default that the new release changed does not act. */
export type Pin = { readonly name: string; readonly value: string };

/** The pins of one call. What its author wrote, under the old name or the new one, is not pinned. */
export const pinsFor = (call: ModuleCall, from: string, to: string): readonly Pin[] => {
  const submodule = call.source.submodule?.replace(/^modules\//, '') ?? '';
  const table = tableFor(call, from, to);
  const after = new Set(attributesOf(call.block.body).map(({ name }) => ownOf(table.inputs, name) ?? name));
  return pinnedDefaults
    .filter(pin => pin.to === majorOf(to) && pin.to !== majorOf(from) && pin.submodule === submodule)
    .filter(({ name }) => !after.has(name) && hasInput(to, call.source.submodule, name) === true)
    .flatMap(({ name, value, follows = [] }) => {
      const followed = follows.flatMap(old => attribute(call.block.body, old) ?? [])[0];
      const text = followed ? sourceIn(call, followed) : value && withClusterName(value, call);
      return text === undefined ? [] : [{ name, value: text }];
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
