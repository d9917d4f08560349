import type { Expression } from '../../hcl/index.ts';
import { bodyReferences, type RootModule } from '../../terraform/index.ts';
import type { Piece } from '../expressions/piece.ts';
import { isCalled, type Cluster } from '../clusters/cluster.ts';
import { findModuleCalls, type ModuleCall } from '../clusters/module-call.ts';
import { fieldOfGroup, flagOf, givenGroups, type GivenGroup } from './node-groups.ts';
import { fieldsOf } from '../expressions/written-object.ts';

/** A role that is made elsewhere and given to nodes for which the module makes an access entry, unless `flags` say otherwise. */
export type GivenRole = {
  readonly call: ModuleCall;
  readonly words: string;
  readonly role: Piece;
  /** `create_access_entry`, where it is written. */
  readonly flags: readonly Expression[];
};

type Given = NonNullable<GivenGroup['given']>;

/** The flag without which no role is made, and the argument that gives one. Version 19 of karpenter has the second pair. */
const rolesOf: Readonly<Record<string, readonly (readonly [flag: string, role: string])[]>> = {
  'modules/self-managed-node-group': [['create_iam_instance_profile', 'iam_role_arn']],
  'modules/karpenter': [
    ['create_node_iam_role', 'node_iam_role_arn'],
    ['create_iam_role', 'iam_role_arn'],
  ],
};

/**
 * Self-managed groups of a call, and calls of karpenter and of such groups that do not belong to another cluster.
 * Source: terraform-aws-modules/eks 20, modules/self-managed-node-group and modules/karpenter, main.tf.
 */
export const givenNodeRoles = (module: RootModule, cluster: Cluster): readonly GivenRole[] => {
  const calls = findModuleCalls(module);
  const others = new Set(
    calls.flatMap(({ source, label }) => (source.submodule === undefined && label !== cluster.label ? [label] : [])),
  );
  const groups = isCalled(cluster) ? (givenGroups(module, cluster.block, 'self_managed_node_groups') ?? []) : [];
  return [
    ...groups.flatMap(({ key = '', given }) =>
      given && isCalled(cluster) ? roleOf(module, cluster.call, given, `the self-managed node group ${key}`) : [],
    ),
    ...calls
      .filter(
        ({ block, source }) =>
          source.submodule !== undefined &&
          rolesOf[source.submodule] !== undefined &&
          !bodyReferences(block.body).some(({ path }) => path[0] === 'module' && others.has(path[1] ?? '')),
      )
      .flatMap(call => {
        const given = {
          own: { fields: fieldsOf(call.block.body, call.block.in), whole: true },
          range: call.block.range,
        };
        return roleOf(module, call, given, wordsOf(call));
      }),
  ];
};

const wordsOf = ({ source, address }: ModuleCall): string =>
  source.submodule === 'modules/karpenter' ? `Karpenter (${address})` : `the self-managed node group ${address}`;

const roleOf = (module: RootModule, call: ModuleCall, given: Given, words: string): readonly GivenRole[] => {
  const pairs = rolesOf[call.source.submodule ?? 'modules/self-managed-node-group'] ?? [];
  return pairs.flatMap(([flag, argument]) => {
    const role = fieldOfGroup(given, argument);
    if (!role || role === 'unclear' || flagOf(module, given, flag, true) !== false) return [];
    const own = fieldOfGroup(given, 'create_access_entry');
    const flags = own && own !== 'unclear' ? [own.piece.expression] : [];
    return [{ call, words, role: role.piece, flags }];
  });
};
