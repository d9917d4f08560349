import type { z } from 'zod';
import { defined } from '../../diagnostics/index.ts';
import { groupBy } from '../../terraform/group-by.ts';
import { entrySchema, policiesSchema, text } from './snapshot-documents.ts';
import { isRecord, resourcesIn, type JsonRecord, type Said } from './snapshot.ts';

/**
 * The entries of a state, as `terraform show -json` prints it. A state knows the associations that Terraform made, so an
 * entry without one has unknown policies. A state without entries says that none is managed. Resources are read as the documents of the
 * AWS CLI that say the same.
 *
 * Source: developer.hashicorp.com/terraform/internals/json-format#state-representation; the arguments of
 * aws_eks_access_entry and aws_eks_access_policy_association in the documentation of the AWS provider.
 */
export const readState = (values: JsonRecord, refuse: (reason: string) => never): Said => {
  const resources = resourcesIn(values).filter(({ mode }) => mode === 'managed');
  const read = <Read>(
    wanted: string,
    schema: z.ZodType<Read>,
    documentOf: (values: JsonRecord) => object,
    lacks: string,
  ): { readonly address: string | undefined; readonly document: Read }[] =>
    resources
      .filter(({ type }) => type === wanted)
      .map(({ address, values: given }) => ({
        address: text.safeParse(address).data,
        document:
          schema.safeParse(documentOf(isRecord(given) ? given : {})).data ?? refuse(`an ${wanted} has ${lacks}`),
      }));
  const entries = read('aws_eks_access_entry', entrySchema, entryDocument, 'no principal_arn or no type');
  const associations = read(
    'aws_eks_access_policy_association',
    policiesSchema,
    policiesDocument,
    'no principal_arn, no policy_arn or no access_scope',
  );
  const byPrincipal = groupBy(associations, ({ document: { clusterName, principalArn } }) =>
    JSON.stringify([clusterName, principalArn]),
  );
  return {
    entries: entries.map(entry => entry.document),
    policies: [...byPrincipal.values()].flatMap(([first, ...more]) =>
      first
        ? [{ ...first.document, policies: [first, ...more].flatMap(association => association.document.policies) }]
        : [],
    ),
    managed: [...entries, ...associations].flatMap(({ address, document }) => {
      const policyArn = 'policies' in document ? document.policies[0]?.policyArn : undefined;
      const { clusterName, principalArn } = document;
      return address === undefined ? [] : [{ address, principalArn, ...defined({ policyArn, clusterName }) }];
    }),
  };
};

/** An entry as the AWS CLI prints it. */
export const entryDocument = (values: JsonRecord): object => ({
  clusterName: values['cluster_name'],
  principalArn: values['principal_arn'],
  type: values['type'],
  username: values['user_name'],
  kubernetesGroups: values['kubernetes_groups'],
});

/** An association as the AWS CLI prints it. */
export const policiesDocument = (values: JsonRecord): object => {
  const { cluster_name: clusterName, principal_arn: principalArn, policy_arn: policyArn, access_scope: scope } = values;
  const [accessScope] = Array.isArray(scope) ? (scope as unknown[]) : [];
  return { clusterName, principalArn, associatedAccessPolicies: [{ policyArn, accessScope }] };
};
