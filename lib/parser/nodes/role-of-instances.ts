import { attribute } from '../../hcl/index.ts';
import { referencesOf, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { meaningOf, type Field } from '../aws-auth/row.ts';

const ec2Service = /\bec2\.amazonaws\.com\b/;

/**
 * Whether the source says that EC2 instances have this role: its trust policy names EC2, or an instance profile holds it. Hybrid nodes
 * take their role from Systems Manager or IAM Roles Anywhere.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/hybrid-nodes-creds.html;
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html
 */
export const isRoleOfInstances = (module: RootModule, principal: Field): boolean => {
  const names = referencesOf(meaningOf(principal).expression).flatMap(({ path: [type, name] }) =>
    type === 'aws_iam_role' && name !== undefined ? [name] : [],
  );
  const isNamed = (block: PlacedBlock, argument: string): boolean => {
    const found = attribute(block.body, argument);
    return (
      found !== undefined &&
      referencesOf(found.value).some(({ path: [type, name = ''] }) => type === 'aws_iam_role' && names.includes(name))
    );
  };
  const resources = module.blocks.filter(({ type }) => type === 'resource');
  return resources.some(
    block =>
      (block.labels[0] === 'aws_iam_instance_profile' && isNamed(block, 'role')) ||
      (block.labels[0] === 'aws_iam_role' && names.includes(block.labels[1] ?? '') && trustsEc2(module, block)),
  );
};

/** Its policy is written there, or in a data source that it names. */
const trustsEc2 = (module: RootModule, role: PlacedBlock): boolean => {
  const policy = attribute(role.body, 'assume_role_policy');
  if (!policy) return false;
  if (ec2Service.test(role.in.text.slice(policy.value.range.start, policy.value.range.end))) return true;
  const documents = referencesOf(policy.value).flatMap(({ path: [type, kind, name] }) =>
    type === 'data' && kind === 'aws_iam_policy_document' && name !== undefined ? [name] : [],
  );
  return module.blocks.some(
    ({ type, labels: [kind, name = ''], range, in: file }) =>
      type === 'data' &&
      kind === 'aws_iam_policy_document' &&
      documents.includes(name) &&
      ec2Service.test(file.text.slice(range.start, range.end)),
  );
};
