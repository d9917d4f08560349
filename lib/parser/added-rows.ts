import { attribute, quote } from '../hcl/index.ts';
import { evaluate, knownString, type RootModule } from '../terraform/index.ts';
import type { ModuleCall } from './module-call.ts';
import { rowsOfArns } from './node-arns.ts';
import { fieldOfGroup, flagOf, givenGroups, type GivenGroup } from './node-groups.ts';
import type { AddedRows, NodeSystem } from './node-rows.ts';

/**
 * The rows that versions 18.20 to 19 put before those of `aws_auth_roles`: the roles of their node groups and Fargate profiles,
 * and of the arguments with ARNs. A row per group where the source tells the groups, else a list that only a plan knows.
 * `instance` is HCL of the call: `module.eks`, or `module.eks[0]`.
 * Source: main.tf and node_groups.tf of terraform-aws-modules/eks 18.20.0 to 19.21.0.
 */
export const addedRows = (module: RootModule, call: ModuleCall, instance: string): readonly AddedRows[] => {
  const own = (kind: Kind, system: NodeSystem): readonly AddedRows[] =>
    rowsOfGroups(module, call, instance, kind, system);
  const arns = (argument: string, system: NodeSystem): readonly AddedRows[] =>
    rowsOfArns(module, call, argument, system);
  return [
    ...own(kinds.managed, 'linux'),
    ...own(kinds.selfManaged, 'linux'),
    ...arns('aws_auth_node_iam_role_arns_non_windows', 'linux'),
    ...own(kinds.selfManaged, 'windows'),
    ...arns('aws_auth_node_iam_role_arns_windows', 'windows'),
    ...own(kinds.fargate, 'fargate'),
    ...arns('aws_auth_fargate_profile_pod_execution_role_arns', 'fargate'),
  ];
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
      .map(({ key = '', range }) => ({ key, range }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, range }, index) => {
        const position = `${argument}[${quote(key)}]`;
        const principal = `${instance}.${position}.${output}`;
        return { ...base, kind: 'row', principal, system, at: range, index, position };
      });
  }
  const only = hasPlatform ? ` if group.platform ${system === 'windows' ? '==' : '!='} "windows"` : '';
  const roles = `[for group in ${instance}.${argument} : group.${output}${only}]`;
  return [{ ...base, kind: 'list', principal: roles, system, at: found.value.range, index: 0 }];
};

type Kind = {
  readonly argument: string;
  /** The member of a group's output that is its role. */
  readonly output: string;
  /** The flags without which there is no role. */
  readonly flags: readonly string[];
  readonly hasPlatform: boolean;
};

/** Without an instance profile of the module the output of a self-managed group is null. */
const kinds = {
  managed: { argument: 'eks_managed_node_groups', output: 'iam_role_arn', flags: ['create'], hasPlatform: false },
  selfManaged: {
    argument: 'self_managed_node_groups',
    output: 'iam_role_arn',
    flags: ['create', 'create_iam_instance_profile'],
    hasPlatform: true,
  },
  fargate: {
    argument: 'fargate_profiles',
    output: 'fargate_profile_pod_execution_role_arn',
    flags: ['create'],
    hasPlatform: false,
  },
} satisfies Record<string, Kind>;

/** Whether the source tells the key, whether there is a role, and for what system. */
const isTold = (module: RootModule, { key, given }: GivenGroup, { flags, hasPlatform }: Kind): boolean => {
  if (key === undefined || !given) return false;
  const values = flags.map(flag => flagOf(module, given, flag, true));
  if (values.includes(undefined)) return false;
  // A group that is not made has the role it is given all the same.
  if (values.includes(false) && !hasPlatform && fieldOfGroup(given, 'iam_role_arn') !== undefined) return false;
  return !hasPlatform || platformOf(module, given) !== undefined;
};

const hasRole = (module: RootModule, { given }: GivenGroup, { flags }: Kind): boolean =>
  given !== undefined && flags.every(flag => flagOf(module, given, flag, true) === true);

const isOf = (module: RootModule, { given }: GivenGroup, system: NodeSystem): boolean =>
  given !== undefined && (platformOf(module, given) === 'windows') === (system === 'windows');

/** `platform` of a self-managed group, linux by default. */
const platformOf = (module: RootModule, given: NonNullable<GivenGroup['given']>): string | undefined => {
  const field = fieldOfGroup(given, 'platform');
  if (field === undefined) return 'linux';
  return field === 'unclear' ? undefined : knownString(evaluate(field.piece.expression, module.scope));
};
