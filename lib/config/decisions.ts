import {
  audienceOf,
  clusterAdminPolicy,
  isAccessPolicyArn,
  isSsoRoleName,
  mastersGroup,
  nearestPolicy,
  parsePrincipalArn,
  personIn,
  policyOfRowProblem,
  policyProblem,
  reservedPrefix,
  samePrincipal,
  ssoPath,
  templatesIn,
  type PrincipalArn,
} from '../eks/index.ts';
import type { PrincipalDecision } from './config.ts';

/**
 * Why EKS refuses an ARN that the config gives for a principal: words that complete "<place>: ...".
 * Sources: EKS user guide, creating-access-entries; IAM Identity Center user guide, referencingpermissionsets.
 */
export const arnProblem = (text: string): string | undefined => {
  const arn = parsePrincipalArn(text);
  if (!arn) return undefined;
  if (arn.kind === 'service-linked-role') return 'is a service-linked role, which can have no access entry';
  if (arn.kind !== 'role' || !isSsoRoleName(arn.name)) return undefined;
  if (!arn.path.startsWith(ssoPath('us-east-1'))) {
    return `is a role of IAM Identity Center without its path: role${ssoPath('<region>')}${arn.name}`;
  }
  return arn.path === `${ssoPath('us-east-1')}us-east-1/`
    ? `has the region us-east-1, which no such path has: role${ssoPath('us-east-1')}${arn.name}`
    : undefined;
};

/** Why an access entry cannot have a group. Source: EKS user guide, creating-access-entries. */
export const groupProblem = (group: string): string | undefined => {
  const prefix = reservedPrefix(group);
  if (group === mastersGroup) {
    return `is a group that no access entry can have; for an administrator write "policy": "${clusterAdminPolicy}"`;
  }
  if (prefix !== undefined) return `begins with ${prefix}, and no group of an access entry may`;
  const [template] = templatesIn(group);
  return template === undefined
    ? undefined
    : `has the template ${template}, and nothing says that an access entry fills it in`;
};

/** Why what stands in place of the name of a policy is none. */
export const policyNameProblem = (text: string): string => {
  const [, last] = /^arn:.*\/([^/]*)$/.exec(text) ?? [];
  if (last === undefined || !isAccessPolicyArn(text))
    return policyOfRowProblem(text) ?? `must be the name of an access policy, such as ${nearestPolicy(last ?? text)}`;
  const name = policyProblem(last) === undefined ? last : nearestPolicy(last);
  const why = policyOfRowProblem(name);
  return why === undefined ? `must be the name without the rest of the ARN: ${name}` : `is ${name}, which ${why}`;
};

type Problem = {
  readonly path: readonly [principal: string, ...at: ['arn' | 'key'] | ['policies', number]];
  readonly message: string;
};

/** What is wrong with the decisions taken together, or with an ARN beside the principal that it is for. */
export const principalProblems = (decisions: Readonly<Record<string, PrincipalDecision>>): readonly Problem[] => {
  const all = Object.entries(decisions);
  return all.flatMap(([principal, { arn: text, key, policies = [] }], index) => {
    const before = all.slice(0, index);
    const arn = parsePrincipalArn(text);
    const sameArn = arn && before.find(([, other]) => isPrincipal(other.arn, arn));
    const sameKey = key === undefined ? undefined : before.find(([, other]) => other.key === key);
    const written = parsePrincipalArn(principal);
    const found: Problem[] = [];
    if (arn && written && !samePrincipal(written, arn)) {
      found.push({ path: [principal, 'arn'], message: `is another principal: ${difference(written, arn)}` });
    } else if (sameArn) {
      found.push({ path: [principal, 'arn'], message: `is that of ${sameArn[0]}, too; a principal has one entry` });
    }
    if (sameKey) found.push({ path: [principal, 'key'], message: `is the key of ${sameKey[0]}, too` });
    const who = personIn(arn ?? written);
    for (const [at, name] of policies.entries()) {
      if (who !== undefined && audienceOf(name) === 'aws-services')
        found.push({
          path: [principal, 'policies', at],
          message: `is for a role that an AWS service uses, and this is ${who}`,
        });
    }
    return found;
  });
};

const isPrincipal = (text: string | undefined, arn: PrincipalArn): boolean => {
  const other = parsePrincipalArn(text);
  return other !== undefined && samePrincipal(other, arn);
};

/** The first thing in which the ARN differs from the principal that is written. */
const difference = (written: PrincipalArn, arn: PrincipalArn): string => {
  if (written.partition !== arn.partition) return `the partition is ${arn.partition}, not ${written.partition}`;
  if (written.account !== arn.account) return `the account is ${arn.account}, not ${written.account}`;
  if (written.kind !== arn.kind) return `it is a ${arn.kind}, not a ${written.kind}`;
  if (written.name.toLowerCase() !== arn.name.toLowerCase()) return `the name is ${arn.name}, not ${written.name}`;
  return `the path is ${arn.path}, and aws-auth has the ARN of a user with its path, ${written.path}`;
};
