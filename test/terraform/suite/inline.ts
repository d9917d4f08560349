import { role, user } from './principals.ts';
import type { Supplement } from './supplements.ts';

const network = { vpc_id: 'vpc-1', private_subnet_ids: ['subnet-1', 'subnet-2'] };

const viewers = { rolearn: role('viewers'), username: 'viewers', groups: ['viewers'] };
const operators = { rolearn: role('operators'), username: 'operators', groups: ['system:masters'] };

const networkModule = `output "vpc_id" {
  value = "vpc-1"
}

output "private_subnets" {
  value = ["subnet-1", "subnet-2"]
}
`;

/** Modules up to 19.x, whose rows are arguments of the cluster itself. */
export const inlineSupplements: Readonly<Record<string, Supplement>> = {
  'inline/v17-stay-put': {
    modeByHand: true,
    files: { 'network/main.tf': networkModule },
    // The module makes the object itself; nothing is there before.
    world: { configMaps: {} },
  },
  'inline/v18-stay-put': {
    modeByHand: true,
    variables: { vpc_id: 'vpc-1', private_subnets: ['subnet-1', 'subnet-2'], extra_roles: [viewers] },
    principals: [role('viewers')],
  },
  'inline/v19-literal': { variables: network },
  'inline/v19-stay-put': {
    modeByHand: true,
    variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'], aws_auth_roles: [viewers, operators] },
    principals: [role('viewers'), role('operators'), role('scheduler-nodes'), user('breakglass')],
  },
  'inline/v19-windows': { variables: { vpc_id: 'vpc-1', subnet_ids: ['subnet-1', 'subnet-2'] } },
};
