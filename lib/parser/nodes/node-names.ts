import type { RootModule } from '../../terraform/index.ts';
import type { NodeGroup } from './node-groups.ts';
import { flagOf, groupOfNothing, textOfGroup } from './written-group.ts';

/**
 * Whether a role is called as the one that the module makes for a group: `<group>-eks-node-group-` and the 26 characters that
 * Terraform appends to a prefix, or the name as it is where the group asks for that. IAM tells no names apart by their case.
 * Sources: terraform-aws-modules/eks 18.20.0 to 21.19.0, node_groups.tf and main.tf of the submodules; hashicorp/terraform-plugin-sdk,
 * helper/id.
 */
export const isRoleOfGroup = (module: RootModule, group: NodeGroup, roleName: string): boolean => {
  const { form, written, makesRole, key = null } = group;
  if (form.suffix === undefined || makesRole !== true) return false;
  // The name of a group is its own, whatever the defaults say.
  const name = textOfGroup(module, { ...written, defaults: groupOfNothing }, 'name');
  const given = textOfGroup(module, written, 'iam_role_name');
  const ofGroup = name === null ? key : name;
  const base = given ?? (given === null && typeof ofGroup === 'string' ? `${ofGroup}${form.suffix}` : undefined);
  const prefixes = flagOf(module, written, 'iam_role_use_name_prefix');
  if (base === undefined || prefixes === undefined) return false;
  const [own, asked] = [base.toLowerCase(), roleName.toLowerCase()];
  if (!prefixes) return asked === own;
  return asked.startsWith(`${own}-`) && /^\d{18}[\da-f]{8}$/.test(asked.slice(own.length + 1));
};
