import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { attribute, replace, sourceOf, unwrapParentheses } from '../../../hcl/index.ts';
import { placeOf, resolve, type ModuleCall } from '../../../parser/index.ts';
import { evaluate, isBefore, type RootModule, type Value } from '../../../terraform/index.ts';
import { joined, type Change } from '../../upgrade/change.ts';
import type { Call } from './calls.ts';

/** Values whose meaning changed, and what version 21 does by itself. Source: docs/UPGRADE-21.0.md, main.tf at v20.37.2 and v21.19.0. */
export const rootCall = (module: RootModule, called: Call): Change =>
  joined([
    encryptionOf(called.call),
    { findings: [...podSecurityGroups(module, called), ...addons(module, called.call)] },
  ]);

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

/**
 * Version 21 no longer attaches the policy for security groups of pods by itself. Version 20 does not either where the role is made
 * elsewhere, in Auto Mode, and from 20.31.0 on for a local cluster on Outposts.
 */
export const detachesPodPolicy = (module: RootModule, { call, version }: Call): boolean => {
  const { source, block } = call;
  if (source.submodule !== undefined || attribute(block.body, 'enable_security_groups_for_pods')) return false;
  const given = (name: string): Value | undefined => {
    const found = attribute(block.body, name);
    return found && evaluate(found.value, module.scope);
  };
  const makesNoRole = ['create', 'create_iam_role'].some(name => isBool(given(name), false));
  const compute = given('cluster_compute_config');
  const outpost = isBefore(version, '20.31.0') ? undefined : given('outpost_config');
  return (
    !makesNoRole &&
    !(compute?.kind === 'object' && isBool(compute.entries.get('enabled'), true)) &&
    !(outpost?.kind === 'object' && outpost.entries.size > 0)
  );
};

const isBool = (value: Value | undefined, wanted: boolean): boolean => value?.kind === 'bool' && value.value === wanted;

const podSecurityGroups = (module: RootModule, called: Call): readonly Diagnostic[] =>
  detachesPodPolicy(module, called)
    ? [diagnose('TAE452', { call: called.call.address }, called.call.block.headerRange)]
    : [];

const addons = (module: RootModule, call: ModuleCall): readonly Diagnostic[] => {
  const found = attribute(call.block.body, 'cluster_addons');
  if (!found) return [];
  const map = resolve(module, { expression: found.value, file: call.block.in });
  if (map.expression.kind !== 'object') {
    return map.expression.kind === 'null'
      ? []
      : [diagnose('TAE454', { call: call.address, what: 'cluster_addons' }, placeOf(map))];
  }
  const items = map.expression.items.map(({ name, key, value }) => ({
    name: name ?? sourceOf(map.file.text, key.range),
    found: resolve(module, { ...map, expression: value }),
  }));
  const unread = items
    .filter(({ found: { expression } }) => expression.kind !== 'object' && expression.kind !== 'null')
    .map(item => diagnose('TAE454', { call: call.address, what: `cluster_addons.${item.name}` }, placeOf(item.found)));
  // Null is what is not written.
  const loose = items.filter(
    ({ found: { expression } }) =>
      expression.kind === 'object' &&
      expression.items.every(
        ({ name, value }) =>
          name !== undefined && (value.kind === 'null' || !['addon_version', 'most_recent'].includes(name)),
      ),
  );
  if (loose.length === 0) return unread;
  const names = loose.map(({ name }) => name).join(', ');
  return [...unread, diagnose('TAE455', { call: call.address, addons: names }, found.nameRange)];
};
