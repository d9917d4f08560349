import { blockedRow } from './definition.ts';

/** TAE282, TAE334 and TAE345: rows of roles of IAM Identity Center that no role is known for. */
export const identityCenterCodes = {
  TAE334: blockedRow<{ principal: string; region: string; of: string | undefined; partition: string }>(
    'Home region of another partition',
    ({ principal, region, of, partition }) =>
      of === undefined
        ? `${principal} is an Identity Center role, and ${region} is no region that is known: with a wrong one in its path the ARN names no role, and EKS refuses the entry.`
        : `${principal} is an Identity Center role of the partition ${partition}, and ${region} is a region of ${of}: with that in its path the ARN names no role, and EKS refuses the entry.`,
    'Ask IAM for the path: `aws iam get-role --role-name <name> --query Role.Arn --output text`. Give the region in the answer with --sso-region, or the whole ARN in the config: { "principals": { "<ARN in the row>": { "arn": "<ARN with the path>" } } }.',
  ),
  TAE282: blockedRow(
    'Role of Identity Center whose name is known in part',
    '{principal} begins as the roles of IAM Identity Center do, and the rest of its name is known only at plan time. Its entry needs the path, and phase 2 looks a role up only by a name that is written out.',
    'Give the home region of Identity Center with --sso-region, which goes into the path. Or give the whole ARN in the config: { "principals": { "<the expression>": { "arn": "<ARN with the path>" } } }.',
  ),
  TAE345: blockedRow(
    'Name of a role of Identity Center without its suffix',
    '{principal} begins as the roles of IAM Identity Center do and lacks the suffix that each of them has (AWSReservedSSO_<permission set>_<12 to 20 hex digits>). No role is known to have that name: the row grants nothing today, and EKS refuses an entry for a role that is not there.',
    'Look for the role with `aws iam list-roles --path-prefix /aws-reserved/sso.amazonaws.com/`. If it is to get access, write its whole name into the row. Else drop the row in the config.',
  ),
};
