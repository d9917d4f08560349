import { z } from 'zod';
import { isCode, type Code } from '../diagnostics/index.ts';
import { mastersGroup, policyOfRowProblem } from '../eks/index.ts';
import type { Config } from './config.ts';
import { arnProblem, groupProblem, policyNameProblem, principalProblems } from './decisions.ts';
import {
  clusterAddressPattern,
  clusterNamePattern,
  identityPattern,
  namespacePattern,
  pairedPattern,
  policyPattern,
  regionPattern,
  releasePattern,
} from './patterns.ts';

/** Adds what `find` says of a value: words that complete "<place>: ...". */
const problem =
  (find: (value: string) => string | undefined) =>
  (value: string, context: z.RefinementCtx): void => {
    const words = find(value);
    if (words !== undefined) context.addIssue(words);
  };

const notRelease = 'must be a release such as 20.24.3';

const text = z.string().regex(/\S/, 'must not be empty');

/** Only rows can be accepted, one principal at a time; a blocker of the module cannot. */
const acceptedCode = z
  .string()
  .regex(/^TAE3\d\d$/, 'must be the code of a blocked row, such as TAE308')
  .refine(isCode, 'is no code') as unknown as z.ZodType<Code>;

const reason = text.meta({ description: 'Why. It is printed in the report and the runbook.' });
const principal = text.meta({
  description: 'The principal as it stands in the source: an ARN, an expression or an account id.',
});

const accept = z.strictObject({
  principal,
  code: acceptedCode.meta({ description: 'The code of the blocked row. Its page says what accepting it does.' }),
  reason,
});

const drop = z.strictObject({ principal, reason });

const policyName = z
  .string()
  .regex(policyPattern, {
    error: ({ input }) =>
      typeof input === 'string' ? policyNameProblem(input) : `must be the name of an access policy`,
    abort: true,
  })
  .superRefine(problem(policyOfRowProblem));

const clusterAddress = z
  .string()
  .regex(clusterAddressPattern, 'must be the address of a cluster, such as module.eks or aws_eks_cluster.this');

const paired = z
  .string()
  .regex(pairedPattern, 'must be the address of what writes aws-auth, such as module.aws_auth, or config-map');

const scope = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('cluster') }),
    z.strictObject({
      type: z.literal('namespace'),
      namespaces: z
        .array(z.string().regex(namespacePattern, 'must be the name of a namespace'))
        .min(1, 'must name a namespace at least'),
    }),
  ],
  { error: 'must be { "type": "cluster" } or { "type": "namespace", "namespaces": [...] }' },
);

const principalDecision = z
  .strictObject({
    key: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'must begin with a letter and hold letters, digits, "_" and "-" only')
      .refine(key => key !== 'cluster_creator', 'must not be cluster_creator, which the module uses itself')
      .exactOptional()
      .meta({ description: 'The key of its access entry.' }),
    arn: z
      .string()
      .regex(identityPattern, 'must be the ARN of an IAM role or user')
      .superRefine(problem(arnProblem))
      .exactOptional()
      .meta({ description: 'Its ARN with the path, where the source has it without.' }),
    policies: z
      .array(policyName)
      .min(1, 'must name a policy at least')
      .refine(names => new Set(names).size === names.length, 'must not name a policy twice')
      .exactOptional()
      .meta({ description: 'The access policies it gets, in place of what its row says about system:masters.' }),
    scope: scope.exactOptional().meta({ description: 'Where these policies hold. Without it: the cluster.' }),
  })
  .refine(
    ({ key, arn, policies }) => key !== undefined || arn !== undefined || policies !== undefined,
    'must have key, arn or policies',
  )
  .refine(({ policies, scope: given }) => policies !== undefined || given === undefined, {
    error: 'scope goes with policies',
    path: ['scope'],
  });

const checkPrincipals = (decisions: NonNullable<Config['principals']>, context: z.RefinementCtx): void => {
  for (const { path, message } of principalProblems(decisions)) {
    context.addIssue({ code: 'custom', path: [...path], message });
  }
};

const oneOf = ['group', 'drop', 'policy'] as const;

const groupDecision = z
  .strictObject({
    group: text
      .superRefine(problem(groupProblem))
      .exactOptional()
      .meta({ description: 'The group that takes its place.' }),
    drop: z.literal(true, { error: 'must be true' }).exactOptional().meta({ description: 'It is left out.' }),
    policy: policyName.exactOptional().meta({ description: 'The access policy that takes its place.' }),
    scope: scope.exactOptional().meta({ description: 'Where the policy holds. Without it: the cluster.' }),
  })
  .refine(decision => oneOf.filter(key => decision[key] !== undefined).length === 1, {
    error: 'must have exactly one of group, drop and policy',
  })
  .refine(({ policy, scope: given }) => policy !== undefined || given === undefined, {
    error: 'scope goes with policy',
    path: ['scope'],
  })
  .meta({ oneOf: oneOf.map(key => ({ required: [key] })) });

/** What takes its place is decided for each principal: a policy for all administrators at once would be an accident. */
const checkGroups = (decisions: NonNullable<Config['groups']>, context: z.RefinementCtx): void => {
  if (!Object.hasOwn(decisions, mastersGroup)) return;
  const message = `is decided by principal: { "principals": { "<ARN>": { "policies": [...] } } }`;
  context.addIssue({ code: 'custom', path: [mastersGroup], message });
};

export const configSchema: z.ZodType<Config> = z
  .strictObject({
    $schema: z.string().exactOptional().meta({ description: 'For editors. Not read.' }),
    moduleVersion: z
      .string()
      .regex(releasePattern, { error: notRelease, abort: true })
      .refine(release => release.split('.').map(Number).every(Number.isSafeInteger), notRelease)
      .exactOptional()
      .meta({ description: 'The release of the eks module, where the source does not tell.' }),
    clusterName: z
      .string()
      .regex(clusterNamePattern, 'must be the name of an EKS cluster')
      .exactOptional()
      .meta({ description: 'The name of the cluster, for the commands of the runbook.' }),
    runner: z
      .string()
      .regex(identityPattern, 'must be the ARN of an IAM role or user')
      .exactOptional()
      .meta({ description: 'The IAM identity that runs Terraform; --runner wins.' }),
    ssoRegion: z
      .string()
      .regex(regionPattern, 'must be a region such as eu-central-1')
      .exactOptional()
      .meta({ description: 'The home region of IAM Identity Center, for the path of its roles; --sso-region wins.' }),
    emit: z
      .enum(['module', 'resources', 'aws-cli'], 'must be module, resources or aws-cli')
      .exactOptional()
      .meta({ description: 'Where entries are written; --emit wins.' }),
    perEnvironment: z.boolean('must be true or false').exactOptional().meta({
      description: 'Whether a variable of the source says at which phase each environment is, as --per-environment.',
    }),
    accept: z.array(accept).exactOptional().meta({ description: 'Blocked rows that are converted all the same.' }),
    drop: z.array(drop).exactOptional().meta({ description: 'Rows that get no access entry.' }),
    principals: z
      .record(text, principalDecision)
      .superRefine(checkPrincipals)
      .exactOptional()
      .meta({ description: 'By principal as it stands in the source.' }),
    groups: z
      .record(text, groupDecision)
      .superRefine(checkGroups)
      .exactOptional()
      .meta({ description: 'By group: what it becomes.' }),
    pair: z.record(paired, clusterAddress).exactOptional().meta({
      description:
        'By aws-auth call or resource: the eks call or aws_eks_cluster it belongs to, each by its address. The live ConfigMap is config-map.',
    }),
  })
  .meta({ title: 'tf-access-entries.config.json' });

/** The JSON Schema of the config file, published in docs/reference. */
export const configJsonSchema = (): Record<string, unknown> => z.toJSONSchema(configSchema, { io: 'input' });
