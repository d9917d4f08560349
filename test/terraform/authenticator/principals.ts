/** IAM principals with their real paths, and what STS says when they call. */
const accounts = ['111122223333', '012345678901', '000000000777'] as const;

const resources = [
  'role/ops',
  'role/Dev',
  'role/node',
  'role/team/deploy',
  'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admins_0123456789abcdef',
  'role/aws-service-role/emr-containers.amazonaws.com/AWSServiceRoleForAmazonEMRContainers',
  'user/ann',
  'user/x/Bob',
  'root',
] as const;

const partitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', 'aws-iso-f', 'aws-moon'];

const [home] = accounts;

export const principals: readonly string[] = [
  ...accounts.flatMap(account => resources.map(resource => `arn:aws:iam::${account}:${resource}`)),
  ...partitions.slice(1).map(partition => `arn:${partition}:iam::${home}:role/ops`),
  `arn:aws:sts::${home}:federated-user/Carl`,
];

/** As rows have them: right, without their path, in another case, of a session, and of nobody. */
export const spellings = (arn: string): readonly string[] => [
  arn,
  withoutPath(arn),
  withoutPath(arn),
  arn.toUpperCase().replace('ARN:AWS', 'arn:aws'),
  withoutPath(arn).toLowerCase(),
  callersOf(arn)[0] ?? arn,
  `${arn} `,
  arn.replace(/[^/:]+$/, '*'),
];

const withoutPath = (arn: string): string => arn.replace(/:role\/.*\//, ':role/');

const sessions = ['Jane@Example.com', 'i-0123456789abcdef0'] as const;

/**
 * The ARNs of its calls. A role calls by a session, without its path.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export const callersOf = (arn: string): readonly string[] => {
  const name = /:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (name === undefined) return [arn];
  const session = arn.replace(/:iam:(.*):role\/.*$/, ':sts:$1:assumed-role/');
  return sessions.map(own => `${session}${name}/${own}`);
};

/** The name in an ARN, by which a ConfigMap is searched for those whom it may concern. */
export const nameIn = (arn: string): string => /[^/:]+$/.exec(arn)?.[0] ?? arn;

export const accountIn = (arn: string): string => arn.split(':')[4] ?? '';
