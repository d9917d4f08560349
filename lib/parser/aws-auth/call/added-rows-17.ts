import type { Range } from '../../../diagnostics/index.ts';
import { fargateProfiles, managedGroups17, sharedRoles17 } from '../../../eks/node-group-forms.ts';
import { attribute, quote } from '../../../hcl/index.ts';
import { evaluate, knownString, type PlacedBlock, type RootModule } from '../../../terraform/index.ts';
import { resolve } from '../../expressions/resolve.ts';
import { partOf, placeOf, type Piece } from '../../expressions/piece.ts';
import type { ModuleCall } from '../../clusters/module-call.ts';
import { flagOf, groupItemsOf, groupOfBlock } from '../../nodes/written-group.ts';
import { rowsOfArgument, type AddedRows, type NodeSystem } from './node-rows.ts';
import { objectOf, type WrittenObject } from '../../expressions/field.ts';

const { argument: profiles } = fargateProfiles;
const {
  argument: nodeGroups,
  arns: [nodeRole],
} = managedGroups17;

/**
 * The rows that version 17 puts before those of `map_roles`: worker groups, managed node groups, Fargate.
 * Source: aws_auth.tf, outputs.tf and modules/node_groups of terraform-aws-modules/eks 17.24.0.
 */
export const addedRows17 = (module: RootModule, { block }: ModuleCall, instance: string): readonly AddedRows[] => {
  const managed = attribute(block.body, nodeGroups);
  const fargate = attribute(block.body, profiles);
  return [
    ...workerRows(module, block, instance),
    ...(managed ? managedRows(module, block, instance, managed.value.range) : []),
    ...(fargate ? fargateRows(resolve(module, { expression: fargate.value, file: block.in }), instance) : []),
  ];
};

/** One role for all profiles. Without a profile it is an empty string. */
const fargateRows = (piece: Piece, instance: string): readonly AddedRows[] => {
  if (isEmpty(piece)) return [];
  const role = `${instance}.${sharedRoles17.fargate}`;
  return piece.expression.kind === 'object'
    ? [row(profiles, placeOf(piece), role, 'fargate')]
    : [rowsOfArgument('list', profiles, placeOf(piece), `[${role}]`, 'fargate')];
};

const row = (argument: string, at: Range, principal: string, system: NodeSystem, position = argument): AddedRows => ({
  ...rowsOfArgument('row', argument, at, principal, system),
  position,
});

const managedRows = (module: RootModule, block: PlacedBlock, instance: string, at: Range): readonly AddedRows[] => {
  const groups = groupItemsOf(module, block, managedGroups17);
  if (groups?.every(({ key }) => key !== undefined)) {
    return groups.map(({ key = '', range }) => {
      const position = `${nodeGroups}[${quote(key)}]`;
      return row(nodeGroups, range, `${instance}.${position}.${nodeRole}`, 'linux', position);
    });
  }
  const roles = `[for group in ${instance}.${nodeGroups} : group.${nodeRole}]`;
  return [rowsOfArgument('list', nodeGroups, at, roles, 'linux')];
};

/** In the order in which the module writes them. */
const workerArguments = ['worker_groups_launch_template', 'worker_groups'];

/**
 * Worker groups share the role that the module makes, unless a group names one (`iam_role_id`) or each has that of its instance
 * profile. `worker_iam_role_arn` is the shared role, else that of the first instance profile.
 */
const workerRows = (module: RootModule, block: PlacedBlock, instance: string): readonly AddedRows[] => {
  const lists = workerArguments.flatMap(argument => {
    const found = attribute(block.body, argument);
    const piece = found && resolve(module, { expression: found.value, file: block.in });
    if (!found || !piece || isEmpty(piece)) return [];
    return [{ argument, at: found.value.range, groups: groupsOf(module, piece) }];
  });
  const count = lists.reduce((sum, { groups }) => sum + (groups?.length ?? 2), 0);
  const makesRole = flagOf(module, groupOfBlock(block), 'manage_worker_iam_resources');
  const isShared =
    makesRole === true &&
    attribute(block.body, 'workers_group_defaults') === undefined &&
    lists.every(({ groups }) => groups?.every(({ fields }) => !fields.has('iam_role_id')));
  const isClear = isShared || (makesRole === false && count === 1);
  return lists.flatMap(({ argument, at, groups = [] }) => {
    const rowOf = (system: NodeSystem): AddedRows => row(argument, at, `${instance}.${sharedRoles17.workers}`, system);
    const systems = systemsOf(module, block, groups);
    const told = systems.filter(system => system !== undefined);
    return isClear && told.length === systems.length
      ? told.map(rowOf)
      : [{ ...rowOf('linux'), unclear: 'worker groups of which the source does not tell the role or the platform' }];
  });
};

/** Undefined where the source does not tell the groups. */
const groupsOf = (module: RootModule, piece: Piece): readonly WrittenObject[] | undefined => {
  if (piece.expression.kind !== 'tuple') return undefined;
  const groups = piece.expression.items.map(item => objectOf(module, partOf(piece, item)));
  return groups.every(group => group?.whole) ? groups.flatMap(group => group ?? []) : undefined;
};

/** Each platform once, in order; undefined for what the source does not tell. */
const systemsOf = (
  module: RootModule,
  block: PlacedBlock,
  groups: readonly WrittenObject[],
): readonly (NodeSystem | undefined)[] => {
  const given = attribute(block.body, 'default_platform');
  const fallback = given ? knownString(evaluate(given.value, module.scope)) : 'linux';
  const platforms = groups.map(({ fields }) => {
    const platform = fields.get('platform');
    return platform ? knownString(evaluate(platform.piece.expression, module.scope)) : fallback;
  });
  if (groups.length === 0) return [undefined];
  return [...new Set(platforms)].map(platform =>
    platform === undefined ? undefined : platform === 'windows' ? 'windows' : 'linux',
  );
};

const isEmpty = ({ expression }: Piece): boolean =>
  expression.kind === 'null' ||
  ((expression.kind === 'tuple' || expression.kind === 'object') && expression.items.length === 0);
