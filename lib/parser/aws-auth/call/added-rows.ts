import { attribute, quote } from '../../../hcl/index.ts';
import { evaluate, isBefore, knownString, type ModuleVersion, type RootModule } from '../../../terraform/index.ts';
import type { ModuleCall } from '../../clusters/module-call.ts';
import { roleOf, rowsOfArns } from './node-arns.ts';
import { normalizeSource } from '../../expressions/identity.ts';
import { fieldOfGroup, flagOf, givenGroups, type GivenGroup } from '../../nodes/node-groups.ts';
import type { AddedRows, NodeSystem } from './node-rows.ts';

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
  const own = (kind: Kind, system: NodeSystem): readonly AddedRows[] =>
    rowsOfGroups(module, call, instance, kind, system);
  const arns = (argument: string, system: NodeSystem): readonly AddedRows[] =>
    rowsOfArns(module, call, argument, system);
  const managed = { ...kinds.managed, hasPlatform: isFrom(version, '19.16.0') };
  return [
    ...firstOfEach([
      ...own(managed, 'linux'),
      ...own(kinds.selfManaged, 'linux'),
      ...arns('aws_auth_node_iam_role_arns_non_windows', 'linux'),
    ]),
    ...firstOfEach([
      ...(managed.hasPlatform ? own(managed, 'windows') : []),
      ...own(kinds.selfManaged, 'windows'),
      ...arns('aws_auth_node_iam_role_arns_windows', 'windows'),
    ]),
    ...firstOfEach([
      ...own(kinds.fargate, 'fargate'),
      ...arns('aws_auth_fargate_profile_pod_execution_role_arns', 'fargate'),
    ]),
  ];
};

const isFrom = (version: ModuleVersion, first: string): boolean =>
  version.kind !== 'unknown' && !isBefore(version, first);

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

const rowsOfGroups = (
  module: RootModule,
  { block }: ModuleCall,
  instance: string,
  kind: Kind,
  system: NodeSystem,
): readonly AddedRows[] => {
  const { argument, output, hasPlatform } = kind;
  const found = attribute(block.body, argument);
  if (!found) return [];
  const base = { argument, comments: [], guards: [] };
  const groups = givenGroups(module, block, argument);
  if (groups?.every(group => isTold(module, group, kind))) {
    return groups
      .filter(group => hasRole(module, group, kind) && (!hasPlatform || isOf(module, group, system)))
      .toSorted((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
      .map((group, index) => {
        const position = `${argument}[${quote(group.key ?? '')}]`;
        const principal = `${instance}.${position}.${output}`;
        const role = givenRole(module, group, kind);
        return {
          ...base,
          kind: 'row',
          principal,
          system,
          at: group.range,
          index,
          position,
          ...(role === undefined ? {} : { role }),
        };
      });
  }
  const only = hasPlatform ? ` if group.platform ${system === 'windows' ? '==' : '!='} "windows"` : '';
  const roles = `[for group in ${instance}.${argument} : group.${output}${only}]`;
  const index = hasPlatform && system === 'windows' ? 1 : 0;
  return [{ ...base, kind: 'list', principal: roles, system, at: found.value.range, index }];
};

type Kind = {
  readonly argument: string;
  /** The member of a group's output that is its role. */
  readonly output: string;
  /** The flags without which there is no role. */
  readonly flags: readonly string[];
  /** Whether the output is that of `iam_role_arn` where the group makes no role. */
  readonly takesRole: boolean;
  /** From 19.16.0 on for managed groups, too. */
  readonly hasPlatform: boolean;
};

/** Without an instance profile of the module the output of a self-managed group is null. */
const kinds = {
  managed: {
    argument: 'eks_managed_node_groups',
    output: 'iam_role_arn',
    flags: ['create'],
    takesRole: true,
    hasPlatform: false,
  },
  selfManaged: {
    argument: 'self_managed_node_groups',
    output: 'iam_role_arn',
    flags: ['create', 'create_iam_instance_profile'],
    takesRole: false,
    hasPlatform: true,
  },
  fargate: {
    argument: 'fargate_profiles',
    output: 'fargate_profile_pod_execution_role_arn',
    flags: ['create'],
    takesRole: true,
    hasPlatform: false,
  },
} satisfies Record<string, Kind>;

/** Whether the source tells the key, whether there is a role, and for what system. */
const isTold = (module: RootModule, { key, given }: GivenGroup, { flags, takesRole, hasPlatform }: Kind): boolean => {
  if (key === undefined || !given) return false;
  const values = flags.map(flag => flagOf(module, given, flag, true));
  if (values.includes(undefined)) return false;
  // A group that is not made has the role it is given all the same.
  if (values.includes(false) && takesRole && fieldOfGroup(given, 'iam_role_arn') !== undefined) return false;
  return !hasPlatform || platformOf(module, given) !== undefined;
};

const hasRole = (module: RootModule, { given }: GivenGroup, { flags }: Kind): boolean =>
  given !== undefined && flags.every(flag => flagOf(module, given, flag, true) === true);

const isOf = (module: RootModule, { given }: GivenGroup, system: NodeSystem): boolean =>
  given !== undefined && (platformOf(module, given) === 'windows') === (system === 'windows');

/** The role that a group is given and takes. */
const givenRole = (module: RootModule, { given }: GivenGroup, { takesRole }: Kind): string | undefined => {
  if (!given || !takesRole || flagOf(module, given, 'create_iam_role', true) !== false) return undefined;
  const field = fieldOfGroup(given, 'iam_role_arn');
  return field === undefined || field === 'unclear' ? undefined : roleOf(module, field.piece);
};

/** `platform` of a group, linux by default. */
const platformOf = (module: RootModule, given: NonNullable<GivenGroup['given']>): string | undefined => {
  const field = fieldOfGroup(given, 'platform');
  if (field === undefined) return 'linux';
  return field === 'unclear' ? undefined : knownString(evaluate(field.piece.expression, module.scope));
};
