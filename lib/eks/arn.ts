export type Arn = {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

/** Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const parseArn = (text: string): Arn | undefined => {
  const match = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
};

export type PrincipalKind = 'role' | 'user' | 'root' | 'service-linked-role' | 'sts' | 'federated' | 'other-iam';

/** `path` is `/` or `/a/b/`. `name` is the whole resource for kinds other than roles and users. */
export type PrincipalArn = {
  readonly kind: PrincipalKind;
  readonly partition: string;
  readonly account: string;
  readonly path: string;
  readonly name: string;
};

// The ones the authenticator knows; it refuses ARNs of others.
// Source: https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/arn/arn.go and its endpoints/partitions.go
const partitions = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);

// A name has no wildcards and no spaces, so "role/*" and "role/Admin " name no role.
// Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
const rolePattern = /^(role|user)(\/(?:[!-~]+\/)?)([\w+=,.@-]+)$/;

// The name alone is enough: aws-auth rows carry it without its path. Names beginning so are kept for AWS.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
const isServiceLinked = (path: string, name: string): boolean =>
  path.startsWith('/aws-service-role/') || name.toLowerCase().startsWith('awsservicerolefor');

/** Undefined where there is no text, or it is no ARN of IAM or STS. Whether the account is one is for `isAccountId` to say. */
export const parsePrincipalArn = (text: string | undefined): PrincipalArn | undefined => {
  const arn = parseArn(text ?? '');
  if (arn === undefined || !partitions.has(arn.partition) || arn.region !== '') return undefined;
  const { partition, account, resource } = arn;
  const whole = (kind: PrincipalKind): PrincipalArn => ({ kind, partition, account, path: '/', name: resource });
  if (arn.service === 'sts') return whole(resource.startsWith('federated-user/') ? 'federated' : 'sts');
  if (arn.service !== 'iam') return undefined;
  if (resource === 'root') return whole('root');
  if (/^(oidc|saml)-provider\//.test(resource)) return whole('federated');
  if (!/^(role|user)(\/|$)/.test(resource)) return resource === '' ? undefined : whole('other-iam');
  const match = rolePattern.exec(resource);
  if (match === null) return undefined;
  const [, type, path = '/', name = ''] = match;
  if (type === 'user') return { kind: 'user', partition, account, path, name };
  return { kind: isServiceLinked(path, name) ? 'service-linked-role' : 'role', partition, account, path, name };
};

/** Source: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html */
export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);

/** The ARN of a role, with another path if one is given. */
export const roleArn = (
  { partition, account, name, path }: Pick<PrincipalArn, 'partition' | 'account' | 'name' | 'path'>,
  newPath: string = path,
): string => `arn:${partition}:iam::${account}:role${newPath}${name}`;

// 16 hex digits in every role seen; no page of AWS promises the number.
// Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
const ssoPattern = /^AWSReservedSSO_(.+)_[\da-f]{12,20}$/i;

/** Whether it begins as the name of such a role and is none: each of them has the suffix. */
export const lacksSsoSuffix = (name: string): boolean => beginsAsSsoRole(name) && !isSsoRoleName(name);

export const beginsAsSsoRole = (name: string): boolean => /^AWSReservedSSO_/i.test(name);

/** Whether this is the name of a role that IAM Identity Center made. */
export const isSsoRoleName = (name: string): boolean => ssoPattern.test(name);

/** What tells that a person signs in by an ARN, and no AWS service. Another role may be for either. */
export const personIn = (arn: PrincipalArn | undefined): string | undefined => {
  if (arn?.kind === 'user') return 'an IAM user';
  return arn?.kind === 'role' && isSsoRoleName(arn.name) ? 'a role of IAM Identity Center' : undefined;
};

export const ssoPermissionSet = (name: string): string | undefined => ssoPattern.exec(name)?.[1];

/**
 * The path of those roles. The region is the home of Identity Center, not of the cluster; us-east-1 is left out.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
export const ssoPath = (homeRegion: string): string =>
  `/aws-reserved/sso.amazonaws.com/${homeRegion === 'us-east-1' ? '' : `${homeRegion}/`}`;

/**
 * Whether two ARNs mean one principal. A role is known by account and name: names are unique in an account whatever the path
 * and the case, and the aws-auth row lacks the path that the entry needs. A user ARN has its path in both, and is compared whole.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const samePrincipal = (a: PrincipalArn, b: PrincipalArn): boolean => keyOfPrincipal(a) === keyOfPrincipal(b);

/** The key of an ARN's principal; for what is no ARN, its text. */
export const principalKey = (arn: string): string => {
  const parsed = parsePrincipalArn(arn);
  return parsed === undefined ? arn : keyOfPrincipal(parsed);
};

/** The same text for two ARNs that name one principal, with its path or without. */
export const keyOfPrincipal = ({ kind, partition, account, path, name }: PrincipalArn): string =>
  JSON.stringify([kind, partition, account, ...(isRole(kind) ? [name.toLowerCase()] : [path, name])]);

const isRole = (kind: PrincipalArn['kind']): boolean => kind === 'role' || kind === 'service-linked-role';
