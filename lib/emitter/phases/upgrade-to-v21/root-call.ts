import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { attribute, replace, sourceOf, unwrapParentheses } from '../../../hcl/index.ts';
import { placeOf, resolve, type ModuleCall } from '../../../parser/index.ts';
import type { RootModule } from '../../../terraform/index.ts';
import { joined, type Change } from '../../upgrade/change.ts';

/** Values whose meaning changed, and what version 21 does by itself. Source: docs/UPGRADE-21.0.md, main.tf at v20.37.2 and v21.19.0. */
export const rootCall = (module: RootModule, call: ModuleCall): Change =>
  joined([encryptionOf(call), { findings: [...podSecurityGroups(call), ...addons(module, call)] }]);

/** `{}` was "no key", and is "the module's own key" now. */
const encryptionOf = (call: ModuleCall): Partial<Change> => {
  const found = attribute(call.block.body, 'cluster_encryption_config');
  if (!found) return {};
  const value = unwrapParentheses(found.value);
  if (value.kind === 'null' || (value.kind === 'object' && value.items.length > 0)) return {};
  if (value.kind === 'object') {
    const edits = [replace(found.value.range, 'null')];
    return { edits, changes: [`${call.address}: encryption_config = null`] };
  }
  const source = sourceOf(call.block.in.text, found.value.range).replace(/\s+/g, ' ');
  return { findings: [diagnose('TAE242', { call: call.address, source }, found.value.range)] };
};

/** Version 21 no longer attaches the policy for security groups of pods by itself. */
export const detachesPodPolicy = ({ source, block }: ModuleCall): boolean =>
  source.submodule === undefined && !attribute(block.body, 'enable_security_groups_for_pods');

const podSecurityGroups = (call: ModuleCall): readonly Diagnostic[] =>
  detachesPodPolicy(call) ? [diagnose('TAE452', { call: call.address }, call.block.headerRange)] : [];

const addons = (module: RootModule, call: ModuleCall): readonly Diagnostic[] => {
  const found = attribute(call.block.body, 'cluster_addons');
  if (!found) return [];
  const map = resolve(module, { expression: found.value, file: call.block.in });
  if (map.expression.kind !== 'object') {
    return map.expression.kind === 'null'
      ? []
      : [diagnose('TAE454', { call: call.address, what: 'cluster_addons' }, placeOf(map))];
  }
  const loose = map.expression.items.filter(({ value }) => {
    const { expression } = resolve(module, { ...map, expression: value });
    return (
      expression.kind === 'object' &&
      expression.items.every(({ name }) => name !== undefined && !['addon_version', 'most_recent'].includes(name))
    );
  });
  if (loose.length === 0) return [];
  const names = loose.map(({ name, key }) => name ?? sourceOf(map.file.text, key.range)).join(', ');
  return [diagnose('TAE455', { call: call.address, addons: names }, found.nameRange)];
};
