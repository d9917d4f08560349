import type { z } from 'zod';
import type { Immutable } from '../diagnostics/index.ts';
import { policyArn, policyRules, rulesAsOf, type AccessPolicy, type PolicyAudience } from '../eks/index.ts';
import type { policiesReportSchema } from './command-schemas.ts';
import type { Output, Section } from './output.ts';

type PoliciesReport = Immutable<z.infer<typeof policiesReportSchema>>;

type Policy = PoliciesReport['policies'][number];

const page = 'https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html';

const audiences: Readonly<Record<PolicyAudience, string>> = {
  people: 'people, and roles of your own',
  nodes: 'nodes of EKS Auto Mode, in an entry of type EC2',
  'cluster-role': 'the IAM role of a cluster with EKS Auto Mode; EKS makes its entry',
  'service-linked-roles': 'service-linked roles of AWS; AWS says that no role of a customer can use it',
  'aws-services': 'a role that an AWS service uses; its guide says which',
  'not-documented': 'not documented by AWS',
};

/** All policies in a table, or one of them with its rules. */
export const policiesOutput = (
  shown: readonly AccessPolicy[],
  partition: string,
  isOne: boolean,
): Output & { readonly data: PoliciesReport } => {
  const policies = shown.map(({ name, audience }) => ({
    name,
    arn: policyArn(partition, name),
    for: audience,
    rules: policyRules(name) ?? null,
  }));
  const [first] = policies;
  const output = { findings: [], texts: new Map(), data: { version: 1 as const, rulesAsOf, partition, policies } };
  return isOne && first ? { ...output, ...oneOf(first) } : { ...output, ...listOf(policies) };
};

const listOf = (policies: readonly Policy[]): Pick<Output, 'headline' | 'sections' | 'closing'> => ({
  headline: `${policies.length} access policies.`,
  sections: [
    {
      parts: [
        {
          columns: ['policy', 'for', 'rules known'],
          rows: policies.map(({ name, for: audience, rules }) => [
            name,
            audiences[audience],
            rules === null ? '' : 'yes',
          ]),
          whole: true,
        },
      ],
    },
  ],
  closing: [
    [
      '"tf-access-entries policies <name>" prints the rules that AWS publishes.',
      'The list grows: aws eks list-access-policies has what EKS knows today.',
    ],
  ],
});

const oneOf = ({ name, arn, for: audience, rules }: Policy): Pick<Output, 'headline' | 'sections' | 'closing'> => ({
  headline: name,
  sections: [
    {
      parts: [
        {
          rows: [
            ['ARN', arn],
            ['for', audiences[audience]],
          ],
        },
      ],
    },
    ...rulesSections(rules),
  ],
  closing: [
    [
      rules === null
        ? `AWS publishes no table of its rules in the EKS user guide: ${page}`
        : `The rules are those of ${rulesAsOf}; AWS may add some: ${page}`,
    ],
  ],
});

const rulesSections = (rules: Policy['rules']): Section[] =>
  rules === null
    ? []
    : [
        {
          title: 'Allows',
          parts: [
            {
              columns: ['API groups', 'verbs', 'resources'],
              rows: rules.map(({ apiGroups, resources, nonResourceURLs, verbs }) => [
                nonResourceURLs.length > 0 ? 'URLs' : apiGroups.map(group => group || '(core)').join(', '),
                verbs.join(', '),
                [...resources, ...nonResourceURLs].join(', '),
              ]),
              whole: true,
            },
          ],
        },
      ];
