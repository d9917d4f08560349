import { textAt } from './attribute.ts';
import type { Change } from './change.ts';
import { byPrincipal } from './facts.ts';

/** EKS makes the entries of these when the mode gains the API, so Terraform has none. */
const owners: Readonly<Record<string, string>> = {
  aws_eks_node_group: 'node_role_arn',
  aws_eks_fargate_profile: 'pod_execution_role_arn',
};

/** The node groups and Fargate profiles of the plan that have a role. */
export const nodeOwners = (changes: readonly Change[]): ((principal: string | undefined) => readonly Change[]) =>
  byPrincipal(changes, ({ type, after }) => {
    const attribute = owners[type];
    return attribute === undefined ? undefined : textAt(after, attribute);
  });
