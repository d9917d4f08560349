import { diagnose } from '../../diagnostics/index.ts';
import { parsePrincipalArn, principalKey } from '../../eks/index.ts';
import { attribute } from '../../hcl/index.ts';
import { plainBlocksOf, evaluate, knownString } from '../../terraform/index.ts';
import { clustersOf, entriesOf, type CheckRule } from '../entries.ts';

/**
 * EKS refuses a policy for a principal without an entry. It is looked for where all entries of the root module can be read; that of the
 * creator and those of nodes are made by EKS.
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html
 */
export const loneAssociations: CheckRule = state => {
  const { module } = state.source;
  const entries = entriesOf(state);
  const arns = entries.map(({ written: { identity } }) => (identity?.kind === 'arn' ? identity.arn : undefined));
  const isTold =
    arns.every(arn => arn !== undefined) &&
    clustersOf(state).every(({ existing: { unread, planned } }) => unread.length + planned.length === 0);
  if (!isTold || clustersOf(state).length === 0) return [];
  const known = new Set(
    entries.flatMap(({ written: { principal } }) => knownString(principal?.value) ?? []).map(principalKey),
  );
  return plainBlocksOf(module, 'resource', 'aws_eks_access_policy_association').flatMap(({ body, labels }) => {
    const field = attribute(body, 'principal_arn');
    const arn = field && knownString(evaluate(field.value, module.scope));
    if (!field || arn === undefined || parsePrincipalArn(arn) === undefined || known.has(principalKey(arn))) return [];
    return [diagnose('TAE753', { resource: labels.join('.'), principal: arn }, field.value.range)];
  });
};
