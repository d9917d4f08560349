/** A principal's ARN, taken apart as far as access needs it. */
export type Arn = { partition: string; service: string; account: string; resource: string };

export function parseArn(arn: string): Arn | undefined {
  const match = /^arn:([^:]+):(iam|sts)::([^:]*):(.+)$/.exec(arn);
  if (!match) return undefined;
  const [, partition = '', service = '', account = '', resource = ''] = match;
  return { partition, service, account, resource };
}

/** The last segment of role/path/NAME; undefined when it is no role. */
export function roleName(arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed?.service !== 'iam' || !parsed.resource.startsWith('role/')) return undefined;
  return parsed.resource.slice(parsed.resource.lastIndexOf('/') + 1);
}

export function isUser(arn: string): boolean {
  return /^arn:[^:]+:iam::[^:]*:user\//.test(arn);
}

/**
 * What the authenticator sees of a caller. A role calls with a session, whose ARN has no IAM path
 * (assumed-role/NAME/SESSION), and that is turned into role/NAME. Users keep their path.
 * kubernetes-sigs/aws-iam-authenticator, pkg/arn/arn.go, Canonicalize
 */
export function canonicalArn(arn: string): string {
  const parsed = parseArn(arn);
  const name = roleName(arn) ?? /^assumed-role\/([^/]+)\//.exec(parsed?.resource ?? '')?.[1];
  if (!parsed || name === undefined) return arn;
  const { partition, account } = parsed;
  return `arn:${partition}:iam::${account}:role/${name}`;
}
