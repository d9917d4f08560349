import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import {
  entryTypes,
  isAccessEntryType,
  isAccessPolicyArn,
  isAccountId,
  isSsoRoleName,
  parsePrincipalArn,
  principalKey,
  reservedPrefix,
  usernameRefusal,
} from '../../../eks/index.ts';
import { groupBy } from '../../../parser/index.ts';
import { textAt } from '../attribute.ts';
import type { PlanRule } from '../context.ts';
import {
  mayShareCluster,
  type AssociationFact,
  type AssociationSide,
  type EntryFact,
  type EntrySide,
  type Facts,
} from '../facts.ts';

/**
 * What the API refuses of an entry or of a policy. The provider sends it all the same, the apply stops half-way, and who had an entry
 * made before that is without a policy.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html,
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessScope.html
 */
export const eksTakesIt: PlanRule = ({ facts, phase }) => {
  if (phase !== 'add-access-entries') return [];
  return [
    ...facts.entries.filter(isMade).flatMap(({ change, after }) => said(change.address, after && entryProblem(after))),
    ...facts.associations
      .filter(isMade)
      .flatMap(({ change, after }) => said(change.address, after && associationProblem(after))),
    ...policiesTwice(facts.associations),
    ...withoutPath(facts),
    ...ofItsEntry(facts),
  ];
};

/** A role of the plan whose ARN has a path, while its entry names it without: EKS looks for another role, and finds none. */
const withoutPath = ({ entries, changes }: Facts): readonly Diagnostic[] => {
  const roles = changes.flatMap(({ type, after }) => {
    const arn = type === 'aws_iam_role' ? textAt(after, 'arn') : undefined;
    return arn === undefined ? [] : [[principalKey(arn), arn] as const];
  });
  const byKey = new Map(roles);
  return entries.filter(isMade).flatMap(({ change, after }) => {
    const { principal, shown } = after ?? {};
    const whole = principal === undefined ? undefined : byKey.get(principalKey(principal));
    const problem = `is for ${shown}, and the ARN of that role in the plan is ${whole}`;
    return whole === undefined || whole === principal ? [] : said(change.address, problem);
  });
};

/** A policy whose entry, in the plan or live, is for another ARN of the role, or of a type that takes none. */
const ofItsEntry = ({ associations, entriesAfter, liveEntries }: Facts): readonly Diagnostic[] =>
  associations.filter(isMade).flatMap(({ change, after }) => {
    if (after?.principal === undefined) return [];
    const planned = entriesAfter(after.principal).flatMap(({ after: entry }) =>
      entry?.principal !== undefined && mayShareCluster(entry, after) ? [{ ...entry, arn: entry.principal }] : [],
    );
    const live = liveEntries(after.principal).map(({ principalArn, type }) => ({
      arn: principalArn,
      shown: principalArn,
      type,
    }));
    const entries = [...planned, ...live];
    const [entry] = entries;
    if (entry === undefined) return [];
    if (entries.every(({ arn }) => arn !== after.principal))
      return said(change.address, `is for ${after.shown}, and the entry is for ${entry.shown}`);
    return entries.some(({ type }) => !isAccessEntryType(type) || entryTypes[type].policies)
      ? []
      : said(change.address, `is for ${after.shown}, whose entry has the type ${entry.type}, which takes no policy`);
  });

const isMade = ({ change }: EntryFact | AssociationFact): boolean =>
  ['create', 'replace', 'update'].includes(change.action);

const said = (address: string, problem: string | undefined): readonly Diagnostic[] =>
  problem === undefined ? [] : [diagnose('TAE518', { address, problem })];

const entryProblem = (entry: EntrySide): string | undefined =>
  principalProblem(entry) ?? (entry.type === 'STANDARD' ? namesProblem(entry) : nodeProblem(entry));

const principalProblem = ({ principal, shown }: EntrySide): string | undefined => {
  if (principal === undefined) return undefined;
  const arn = parsePrincipalArn(principal);
  if (arn === undefined) return `is for ${shown}, which is not the ARN of an IAM role or user`;
  const { kind, account, name, path } = arn;
  // EKS takes it, and it lets nobody in. Source: kubernetes-sigs/aws-iam-authenticator issue 797.
  if (kind === 'root') return undefined;
  if (kind === 'service-linked-role') return `is for ${shown}, a service-linked role`;
  if (kind !== 'role' && kind !== 'user') return `is for ${shown}, which is neither a role nor a user`;
  if (!isAccountId(account)) return `is for ${shown}, whose account id does not have 12 digits`;
  return kind === 'role' && path === '/' && isSsoRoleName(name)
    ? `is for ${shown}, a role of IAM Identity Center without its path`
    : undefined;
};

const namesProblem = ({ username, groups, isSensitive }: EntrySide): string | undefined => {
  const refusal = username === undefined ? undefined : usernameRefusal(username);
  if (refusal !== undefined)
    return `has the username ${isSensitive ? 'that is sensitive' : `"${username}"`}, which ${refusal}`;
  const group = groups.find(name => reservedPrefix(name) !== undefined);
  if (group === undefined) return undefined;
  return `has the group ${isSensitive ? 'that is sensitive' : `"${group}"`}, which begins with ${reservedPrefix(group)}`;
};

const nodeProblem = ({ type, principal, username, groups }: EntrySide): string | undefined => {
  if (!isAccessEntryType(type)) return `has the type "${type}", which is none that EKS documents`;
  if (type === 'HYPERPOD_LINUX') return undefined;
  const kind = parsePrincipalArn(principal)?.kind;
  if (kind === 'user' || kind === 'root')
    return `is for ${kind === 'user' ? 'a user' : 'the root of an account'}, and its type ${type} takes roles only`;
  if (groups.length > 0) return `has groups, and its type ${type} takes none`;
  return username === undefined ? undefined : `has a username, and its type ${type} takes none`;
};

const associationProblem = ({ policy, scope, namespaces }: AssociationSide): string | undefined => {
  if (policy !== undefined && !isAccessPolicyArn(policy))
    return `has policy_arn "${policy}", which is no access policy of EKS`;
  if (scope === 'cluster' && (namespaces?.length ?? 0) > 0) return 'has the scope cluster, and namespaces';
  return scope === 'namespace' && namespaces?.length === 0 ? 'has the scope namespace, and no namespace' : undefined;
};

/** To EKS two of one policy and principal are one, with the scope that is written last. */
const policiesTwice = (associations: readonly AssociationFact[]): readonly Diagnostic[] => {
  const there = associations.filter(({ after }) => after?.principal !== undefined && after.policy !== undefined);
  const same = groupBy(there, ({ after }) =>
    JSON.stringify([after?.cluster, after?.beside, after?.principal, after?.policy]),
  );
  return [...same.values()].flatMap(group => {
    const [first, ...others] = group;
    if (first === undefined || !group.some(isMade)) return [];
    const policy = first.after?.policy?.split('/').at(-1);
    return others.map(({ change }) =>
      diagnose('TAE518', {
        address: change.address,
        problem: `gives ${first.after?.shown} ${policy}, as ${first.change.address} does: the two are one association, with the scope that is written last`,
        isTaken: true,
      }),
    );
  });
};
