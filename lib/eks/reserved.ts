import { replaceHidden } from '../escape/terminal.ts';
import type { PrincipalKind } from './arn.ts';

/**
 * An access entry refuses usernames and groups that begin with one of these. `sts:` is not among them.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html (usernames),
 * https://github.com/badmintoncryer/cdk-preflight, pf-eks-accessentry-groups-reserved-prefix (groups, measured)
 */
const reservedPrefixes = ['system:', 'eks:', 'aws:', 'amazon:', 'iam:'] as const;

export const reservedPrefix = (text: string): string | undefined =>
  reservedPrefixes.find(prefix => text.startsWith(prefix));

/** Whether a string of which only the beginning is known may turn out to begin with a reserved prefix. */
export const mayBecomeReserved = (head: string): boolean =>
  reservedPrefixes.some(prefix => prefix.startsWith(head) || head.startsWith(prefix));

/** Bound to cluster-admin by default. Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
export const mastersGroup = 'system:masters';

/** What looks like system:masters, that group included: by case, a space, a letter or what is not seen it grants nothing. */
export const looksLikeMasters = (group: string): boolean =>
  /^\s*system:masters?\s*$/i.test(replaceHidden(group, () => ''));

/** Kubernetes adds it to every user that is let in. Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/ */
export const impliedGroup = 'system:authenticated';

/** The groups of node rows. Source: https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
export const nodeGroups = {
  bootstrappers: 'system:bootstrappers',
  nodes: 'system:nodes',
  fargate: 'system:node-proxier',
  windows: 'eks:kube-proxy-windows',
} as const;

/** `ec2` for nodes on EC2, `session` for Fargate and hybrid nodes. Source: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
export const nodeUsernames = {
  ec2: 'system:node:{{EC2PrivateDNSName}}',
  session: 'system:node:{{SessionName}}',
} as const;

export const isNodeGroup = (group: string): boolean => Object.values<string>(nodeGroups).includes(group);

export const isNodeUsername = (username: string): boolean => Object.values<string>(nodeUsernames).includes(username);

/** What aws-auth may fill in. Source: https://github.com/kubernetes-sigs/aws-iam-authenticator#full-configuration-format */
const templatePattern = /\{\{[^{}]*\}\}/;

/** The templates of a username or group, in order, as written. */
export const templatesIn = (text: string): string[] => text.match(new RegExp(templatePattern, 'g')) ?? [];

/**
 * Whether aws-auth fills it in, in usernames and groups.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/server/server.go (renderTemplate)
 */
export const isFilledIn = (template: string): boolean =>
  /^\{\{(?:EC2PrivateDNSName|AccountID|SessionName|SessionNameRaw|AccessKeyID)\}\}$/.test(template);

/** The template to name of a group: one that aws-auth fills in, else any. */
export const mainTemplate = (
  group: string,
): { readonly template: string; readonly isFilledIn: boolean } | undefined => {
  const all = templatesIn(group);
  const template = all.find(isFilledIn) ?? all[0];
  return template === undefined ? undefined : { template, isFilledIn: isFilledIn(template) };
};

/** Source: https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html */
const sessionTemplates = ['{{SessionName}}', '{{SessionNameRaw}}'];

/** Templates of a username that no page names for access entries. */
export const undocumentedTemplates = (username: string): readonly string[] =>
  templatesIn(username).filter(template => !sessionTemplates.includes(template));

/**
 * Why EKS refuses this username for an entry: words that complete `The username "x" of <principal> ...`.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html
 */
export const usernameRefusal = (text: string): string | undefined => {
  const prefix = reservedPrefix(text);
  if (prefix !== undefined) return `begins with the reserved prefix ${prefix}`;
  // One colon before the first is a colon before them all.
  const first = templatesIn(text).find(template => sessionTemplates.includes(template));
  if (first === undefined || text.slice(0, text.indexOf(first)).includes(':')) return undefined;
  return `has ${first} without a colon before it`;
};

/**
 * Why an access entry of a principal of this kind cannot have this username, for what is not filled in as well.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html;
 * kubernetes-sigs/aws-iam-authenticator, pkg/token/token.go (an IAM user has no session, so that its name is empty).
 */
export const usernameProblem = (text: string, kind?: PrincipalKind): string | undefined => {
  if (text === '') return 'is empty';
  if (reservedPrefix(text) !== undefined) return usernameRefusal(text);
  const [foreign] = undocumentedTemplates(text);
  if (foreign !== undefined) return `has the template ${foreign}, and nothing says that an access entry fills it in`;
  const [ofSession] = templatesIn(text);
  if (kind === 'user' && ofSession !== undefined)
    return `has ${ofSession}, which aws-auth leaves empty for an IAM user, and nothing says that an access entry does so`;
  return usernameRefusal(text);
};
