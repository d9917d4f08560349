import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { readItems, placeOf, type WrittenAssociation } from '../../parser/index.ts';
import { evaluate, knownHead, knownString } from '../../terraform/index.ts';
import { entriesOf, type NamedEntry } from '../entries.ts';
import { providerPartition } from '../../parser/index.ts';
import type { CheckRule } from '../rule.ts';

/**
 * An access policy has the partition of the cluster, and an ARN of its own form. Source: EKS user guide, access-policies;
 * the API's answers as measured in badmintoncryer/cdk-preflight, pf-eks-accessentry-policy-arn-partition.
 */
export const policyArns: CheckRule = state =>
  entriesOf(state).flatMap(entry =>
    readItems(entry.written.associations).flatMap(association => judge(entry, association)),
  );

const form = /^arn:[\w-]+:eks::aws:cluster-access-policy\/[\w-]+$/;

const judge = (entry: NamedEntry, { object: { fields } }: WrittenAssociation): readonly Diagnostic[] => {
  const field = fields.get('policy_arn');
  if (!field) return [];
  const value = evaluate(field.piece.expression, entry.module.scope);
  const text = knownString(value);
  const at = placeOf(field.piece);
  if (text !== undefined && !form.test(text)) return [diagnose('TAE721', { entry: entry.name, policy: text }, at)];
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
