import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { isAccessPolicyArn, parsePrincipalArn } from '../../eks/index.ts';
import { isList, placeOf, providerPartition, readItems, valueOr, type WrittenAssociation } from '../../parser/index.ts';
import { evaluate, knownHead, knownString } from '../../terraform/index.ts';
import { entriesOf, type CheckRule, type NamedEntry } from '../entries.ts';

/**
 * An access policy has the partition of the cluster, and an ARN of another form than those of IAM. Source: EKS user guide, access-policies;
 * the API's answers as measured in badmintoncryer/cdk-preflight, pf-eks-accessentry-policy-arn-partition.
 */
export const policyArns: CheckRule = state =>
  entriesOf(state).flatMap(entry =>
    readItems(entry.written.associations).flatMap(association => misfit(entry, association)),
  );

const misfit = (entry: NamedEntry, { object: { fields } }: WrittenAssociation): readonly Diagnostic[] => {
  const field = fields.get('policy_arn');
  if (!field) return [];
  const value = evaluate(field.piece.expression, entry.module.scope);
  const text = knownString(value);
  const at = placeOf(field.piece);
  if (text !== undefined && !isAccessPolicyArn(text))
    return [diagnose('TAE721', { entry: entry.name, policy: text }, at)];
  if (text === undefined && value.kind === 'string' && value.parts.some(part => part?.includes(':iam:'))) {
    // Whatever the rest is, it is an ARN of IAM.
    return [diagnose('TAE721', { entry: entry.name, policy: value.parts.map(part => part ?? '…').join('') }, at)];
  }
  const partition = /^arn:([\w-]+):/.exec(knownHead(value))?.[1];
  const expected = partition === undefined ? undefined : partitionOf(entry);
  if (!expected || expected.partition === partition) return [];
  const policy = text ?? `a policy of arn:${partition}:`;
  return [diagnose('TAE720', { entry: entry.name, policy, ...expected }, at)];
};

const partitionOf = (entry: NamedEntry): { readonly partition: string; readonly because: string } | undefined => {
  const field = entry.written.principal;
  const arn = field && parsePrincipalArn(knownString(field.value) ?? '');
  if (arn) return { partition: arn.partition, because: `its principal is ${knownString(field.value)}` };
  return providerPartition(entry.module, entry.cluster);
};

/**
 * A scope is the cluster, or namespaces of which one at least is named. Source: EKS API reference, AccessScope; the API's answers
 * as measured in badmintoncryer/cdk-preflight, pf-eks-accessentry-access-scope.
 */
export const accessScopes: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name }) =>
    readItems(written.associations).flatMap(association => {
      const problem = problemOf(association);
      if (problem === undefined) return [];
      const field = association.object.fields.get('access_scope');
      const at = field ? placeOf(field.piece) : association.range;
      return [diagnose('TAE722', { entry: name, association: association.key, problem }, at)];
    }),
  );

const problemOf = ({ scopeObject, scope, namespaces, object, resource }: WrittenAssociation): string | undefined => {
  if (!scopeObject) {
    // A resource may have its scope in a dynamic block.
    return object.whole && !object.fields.has('access_scope') && !resource ? 'has no access_scope' : undefined;
  }
  if (scope.kind === 'absent') return 'has an access_scope without a type';
  if (scope.kind === 'unreadable') return undefined;
  const isEmpty = valueOr(namespaces, [])?.length === 0;
  if (scope.value === 'namespace') return isEmpty ? 'has the scope namespace, and no namespace' : undefined;
  if (scope.value === 'cluster')
    return isList(namespaces) && !isEmpty ? 'has the scope cluster, and namespaces' : undefined;
  return `has the scope "${scope.value}", which EKS does not know`;
};
