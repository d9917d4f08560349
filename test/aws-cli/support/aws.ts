import { jsonOf, Refused, textOf, type Call } from './call.ts';
import type { LiveCluster, LiveEntry } from './live-cluster.ts';
import { asText, search } from './query.ts';

/** What `aws` prints. Errors are those of the EKS API, the exit status that of version 2: 252 wrong usage, 254 an error of the service. */
export const aws = (call: Call, cluster: LiveCluster): string => {
  const { words, options } = call;
  const operation = operations[words[1] ?? ''];
  if (!operation) throw new Refused(252, `\naws: error: argument operation: Invalid choice: ${words[1]}\n`);
  const name = textOf(call, 'name') ?? textOf(call, 'cluster-name') ?? cluster.name;
  if (name !== cluster.name) refuse(call, 'ResourceNotFoundException', `No cluster found for name: ${name}.`);
  const answer = operation(call, cluster);
  const query = options.get('query');
  const shown = query === undefined ? answer : search(query, answer);
  return options.get('output') === 'text' ? asText(shown) : `${JSON.stringify(shown, null, 4)}\n`;
};

export const refuse = ({ words }: Call, code: string, message: string): never => {
  const operation = (words[1] ?? '').replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
  throw new Refused(254, `\nAn error occurred (${code}) when calling the ${operation} operation: ${message}\n`);
};

type Operation = (call: Call, cluster: LiveCluster) => object;

const modes = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

const withApi =
  (operation: Operation): Operation =>
  (call, cluster) => {
    const wanted = 'set to one of [API, API_AND_CONFIG_MAP] to perform this operation.';
    if (cluster.mode === 'CONFIG_MAP') {
      refuse(call, 'InvalidRequestException', `The cluster's authentication mode must be ${wanted}`);
    }
    return operation(call, cluster);
  };

const entryIn = (call: Call, { entries }: LiveCluster): LiveEntry =>
  entries[textOf(call, 'principal-arn') ?? ''] ??
  refuse(call, 'ResourceNotFoundException', 'The specified principalArn could not be found.');

const principalIn = (call: Call, known: Readonly<Record<string, string>>, kind: string): string => {
  const name = textOf(call, `${kind}-name`) ?? '';
  return known[name] ?? refuse(call, 'NoSuchEntity', `The ${kind} with name ${name} cannot be found.`);
};

const updateMode: Operation = (call, cluster) => {
  const to = textOf(call, 'access-config')?.replace('authenticationMode=', '') ?? '';
  if (modes.indexOf(to) !== modes.indexOf(cluster.mode ?? '') + 1) {
    refuse(call, 'InvalidParameterException', `Unsupported authentication mode update from ${cluster.mode} to ${to}`);
  }
  cluster.update = { to, left: 2 };
  return { update: { id: 'u-1', status: 'InProgress' } };
};

const describeUpdate: Operation = (call, cluster) => {
  const { update, updateFails } = cluster;
  if (!update || textOf(call, 'update-id') !== 'u-1')
    return refuse(call, 'ResourceNotFoundException', 'No update found');
  if (update.left-- > 0) return { update: { status: 'InProgress', errors: [] } };
  const errors = [{ errorCode: 'Unknown', errorMessage: 'no reason' }];
  if (updateFails) return { update: { status: 'Failed', errors } };
  cluster.mode = update.to;
  return { update: { status: 'Successful', errors: [] } };
};

const create: Operation = (call, { entries, missing = [] }) => {
  const arn = textOf(call, 'principal-arn') ?? '';
  if (entries[arn]) refuse(call, 'ResourceInUseException', 'The specified access entry resource is already in use.');
  if (missing.includes(arn))
    refuse(call, 'InvalidParameterException', 'The specified principalArn is invalid: invalid principal.');
  const type = textOf(call, 'type') ?? 'STANDARD';
  const given = (jsonOf(call, 'cli-input-json') ?? {}) as { readonly username?: string };
  const standard = type === 'STANDARD';
  const entry = {
    principalArn: arn,
    type,
    username: standard
      ? (textOf(call, 'username') ?? given.username ?? 'the default')
      : 'system:node:{{EC2PrivateDNSName}}',
    kubernetesGroups: standard ? ((jsonOf(call, 'kubernetes-groups') ?? []) as readonly string[]) : ['system:nodes'],
    policies: [],
  };
  entries[arn] = entry;
  return { accessEntry: entry };
};

const associate: Operation = (call, cluster) => {
  const entry = entryIn(call, cluster);
  const policyArn = textOf(call, 'policy-arn') ?? '';
  const scope = jsonOf(call, 'access-scope') as { readonly type: string; readonly namespaces?: readonly string[] };
  const policy = { policyArn, accessScope: { namespaces: [], ...scope } };
  const others = entry.policies.filter(own => own.policyArn !== policyArn);
  cluster.entries[entry.principalArn] = { ...entry, policies: [...others, policy] };
  return { associatedAccessPolicy: policy };
};

const operations: Readonly<Record<string, Operation>> = {
  'get-caller-identity': (_call, { caller }) => ({ Arn: caller, Account: caller.split(':')[4] }),
  'describe-cluster': (
    _call,
    { status, endpoint, mode, versions: [version, platformVersion] = ['1.31', 'eks.3'] },
  ) => ({
    cluster: { status, endpoint, version, platformVersion, accessConfig: { authenticationMode: mode } },
  }),
  'get-role': (call, { roles = {} }) => ({ Role: { Arn: principalIn(call, roles, 'role') } }),
  'get-user': (call, { users = {} }) => ({ User: { Arn: principalIn(call, users, 'user') } }),
  'list-access-policies': (_call, { accessPolicies = ['AmazonEKSClusterAdminPolicy', 'AmazonEKSViewPolicy'] }) => ({
    accessPolicies: accessPolicies.map(name => ({ name })),
  }),
  'list-nodegroups': (_call, { nodeGroups = {} }) => ({ nodegroups: Object.keys(nodeGroups) }),
  'describe-nodegroup': (call, { nodeGroups = {} }) => ({
    nodegroup: nodeGroups[textOf(call, 'nodegroup-name') ?? ''],
  }),
  'list-fargate-profiles': (_call, { fargateProfiles = {} }) => ({ fargateProfileNames: Object.keys(fargateProfiles) }),
  'describe-fargate-profile': (call, { fargateProfiles = {} }) => ({
    fargateProfile: { podExecutionRoleArn: fargateProfiles[textOf(call, 'fargate-profile-name') ?? ''] },
  }),
  'filter-log-events': (call, { log }) =>
    log
      ? { events: log.map(message => ({ message })) }
      : refuse(call, 'ResourceNotFoundException', 'The specified log group does not exist.'),
  'update-cluster-config': updateMode,
  'describe-update': describeUpdate,
  'list-access-entries': withApi((_call, { entries }) => ({ accessEntries: Object.keys(entries) })),
  'describe-access-entry': withApi((call, cluster) => ({
    accessEntry: { clusterName: cluster.name, ...entryIn(call, cluster) },
  })),
  'list-associated-access-policies': withApi((call, cluster) => {
    const { principalArn, policies } = entryIn(call, cluster);
    return { associatedAccessPolicies: policies, clusterName: cluster.name, principalArn };
  }),
  'create-access-entry': withApi(create),
  'associate-access-policy': withApi(associate),
};
