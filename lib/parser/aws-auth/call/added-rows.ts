import { defined } from '../../../diagnostics/index.ts';
import {
  fargateProfiles,
  managedGroups,
  selfManagedGroups,
  type NodeGroupForm,
} from '../../../eks/node-group-forms.ts';
import { attribute, quote } from '../../../hcl/index.ts';
import { isBefore, knownString, type ModuleVersion, type RootModule } from '../../../terraform/index.ts';
import type { ModuleCall } from '../../clusters/module-call.ts';
import { rowsOfArgument, rowsOfArns, type AddedRows, type NodeSystem } from './node-rows.ts';
import { normalizeSource } from '../../expressions/identity.ts';
import { groupsInCall, type NodeGroup } from '../../nodes/node-groups.ts';
import { fieldOfGroup, textOfGroup } from '../../nodes/written-group.ts';

/**
 * The rows that versions 18.20 to 19 put before those of `aws_auth_roles`: the roles of their node groups and Fargate profiles,
 * and of the arguments with ARNs. A row per group where the source tells the groups, else a list that only a plan knows.
 * `instance` is HCL of the call: `module.eks`, or `module.eks[0]`.
 * Source: main.tf and node_groups.tf of terraform-aws-modules/eks 18.20.0 to 19.21.0.
 */
export const addedRows = (
  module: RootModule,
  call: ModuleCall,
  instance: string,
  version: ModuleVersion,
): readonly AddedRows[] => {
  const rowsFor = (form: NodeGroupForm, system: NodeSystem, bySystem = false): readonly AddedRows[] =>
    rowsOfGroups(module, call, instance, { form, bySystem }, system);
  const arns = (argument: string, system: NodeSystem): readonly AddedRows[] =>
    rowsOfArns(module, call, argument, system);
  const managedBySystem = version.kind !== 'unknown' && !isBefore(version, '19.16.0');
  return [
    ...firstOfEach([
      ...rowsFor(managedGroups, 'linux', managedBySystem),
      ...rowsFor(selfManagedGroups, 'linux', true),
      ...arns('aws_auth_node_iam_role_arns_non_windows', 'linux'),
    ]),
    ...firstOfEach([
      ...(managedBySystem ? rowsFor(managedGroups, 'windows', true) : []),
      ...rowsFor(selfManagedGroups, 'windows', true),
      ...arns('aws_auth_node_iam_role_arns_windows', 'windows'),
    ]),
    ...firstOfEach([
      ...rowsFor(fargateProfiles, 'fargate'),
      ...arns('aws_auth_fargate_profile_pod_execution_role_arns', 'fargate'),
    ]),
  ];
};

/**
 * The rows of the output `aws_auth_configmap_yaml`: of the groups and profiles alone, and none of the managed groups is Windows.
 * Source: outputs.tf and templates/aws_auth_cm.tpl of terraform-aws-modules/eks 18.20.0 to 19.21.0.
 */
export const addedRowsOfOutput = (module: RootModule, call: ModuleCall, instance: string): readonly AddedRows[] => {
  const rowsFor = (form: NodeGroupForm, system: NodeSystem, bySystem = false): readonly AddedRows[] =>
    rowsOfGroups(module, call, instance, { form, bySystem }, system);
  return [
    ...firstOfEach([...rowsFor(managedGroups, 'linux'), ...rowsFor(selfManagedGroups, 'linux', true)]),
    ...rowsFor(selfManagedGroups, 'windows', true),
    ...rowsFor(fargateProfiles, 'fargate'),
  ];
};

/** The module takes each role once, from 18.22.0 on. */
const firstOfEach = (rows: readonly AddedRows[]): readonly AddedRows[] => {
  const seen = new Set<string>();
  return rows.filter(({ kind, principal, role = normalizeSource(principal), guards }) => {
    const keys = [JSON.stringify([role]), JSON.stringify([role, ...guards])];
    if (kind === 'row' && keys.some(key => seen.has(key))) return false;
    if (kind === 'row') seen.add(keys[guards.length === 0 ? 0 : 1] ?? '');
    return true;
  });
};

/** Whether the rows of a form are written for each system apart. */
type Kind = { readonly form: NodeGroupForm; readonly bySystem: boolean };

const rowsOfGroups = (
  module: RootModule,
  call: ModuleCall,
  instance: string,
  kind: Kind,
  system: NodeSystem,
): readonly AddedRows[] => {
  const { form, bySystem } = kind;
  const { argument = '', arns } = form;
  const found = attribute(call.block.body, argument);
  if (!found) return [];
  const groups = groupsInCall(module, call, form);
  if (groups?.every(group => isTold(module, group, kind))) {
    return groups
      .filter(group => hasRole(group) && (!bySystem || isWindows(module, group) === (system === 'windows')))
      .toSorted((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
      .map(({ key = '', range, role }, index) => {
        const position = `${argument}[${quote(key)}]`;
        const principal = `${instance}.${position}.${arns[0]}`;
        const given = form.returnsGiven && role && (knownString(role.value) ?? normalizeSource(role.source));
        const row = rowsOfArgument('row', argument, range, principal, system);
        return { ...row, index, position, ...defined({ role: given }) };
      });
  }
  // Where the source tells the system of each group, none has to be asked for it: version 21 does not tell.
  const systems = new Set(groups?.map(group => isWindows(module, group)) ?? [undefined]);
  const areTold = !systems.has(undefined);
  if (bySystem && areTold && !systems.has(system === 'windows')) return [];
  const isAsked = bySystem && !(areTold && systems.size === 1);
  const only = isAsked ? ` if group.platform ${system === 'windows' ? '==' : '!='} "windows"` : '';
  const roles = `[for group in ${instance}.${argument} : group.${arns[0]}${only}]`;
  const index = bySystem && system === 'windows' ? 1 : 0;
  return [{ ...rowsOfArgument('list', argument, found.value.range, roles, system), index }];
};

/** Whether the source tells the key, whether there is a role, and for what system. */
const isTold = (module: RootModule, group: NodeGroup, { form, bySystem }: Kind): boolean => {
  const { key, made, makesRole, written } = group;
  if (key === undefined || made === undefined || (!form.returnsGiven && makesRole === undefined)) return false;
  // A group that is not made has the role it is given all the same.
  if (!made && form.returnsGiven && fieldOfGroup(written, 'iam_role_arn') !== undefined) return false;
  return !bySystem || isWindows(module, group) !== undefined;
};

/** Without an instance profile of the module the output of a self-managed group is null. */
const hasRole = ({ form, made, makesRole }: NodeGroup): boolean =>
  made === true && (form.returnsGiven === true || makesRole === true);

/** By `platform`, which is linux by default. */
const isWindows = (module: RootModule, { written }: NodeGroup): boolean | undefined => {
  const platform = textOfGroup(module, written, 'platform');
  return platform === undefined ? undefined : platform === 'windows';
};
