import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../lib/config/index.ts';
import { Refusal } from '../../lib/diagnostics/index.ts';

const file = 'tf-access-entries.config.json';

/** What is refused: code, message, and the text the range marks. */
const refused = (text: string): string[] => {
  try {
    parseConfig(file, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.diagnostics.map(
      ({ code, message, range }) => `${code} ${message} <${text.slice(range?.start, range?.end)}>`,
    );
  }
  return [];
};

test('a config with every key', () => {
  const config = {
    $schema: './config.schema.json',
    moduleVersion: '20.24.3',
    clusterName: 'prod',
    runner: 'arn:aws:iam::111122223333:role/ci/terraform',
    accept: [{ principal: 'arn:aws:iam::111122223333:role/team/dev', code: 'TAE308', reason: 'wanted' }],
    drop: [{ principal: '111122223333', reason: 'nobody uses it' }],
    principals: { 'module.x.arn': { key: 'x', arn: 'arn:aws:iam::111122223333:role/a/x' } },
    groups: {
      'system:nodes-readers': { group: 'node-readers' },
      'eks:old': { drop: true },
      'system:viewers': { policy: 'AmazonEKSViewPolicy', scope: { type: 'namespace', namespaces: ['a'] } },
      'system:admins': { policy: 'AmazonEKSAdminPolicy', scope: { type: 'cluster' } },
      'system:editors': { policy: 'AmazonEKSEditPolicy' },
    },
  };
  expect(parseConfig(file, JSON.stringify(config))).toEqual(config);
});

test('resources that are paired', () => {
  const config = {
    pair: { 'kubernetes_config_map_v1_data.aws_auth': 'aws_eks_cluster.this', 'config-map': 'module.eks' },
  };
  expect(parseConfig(file, JSON.stringify(config))).toEqual(config);
});

test('an empty object', () => {
  expect(parseConfig(file, '\ufeff{}\n')).toEqual({});
});

describe('does not fit', () => {
  test.each([
    ['{"moduleversion": "20.1.0"}', 'TAE102 moduleversion: is no key of the config <"moduleversion">'],
    ['{"__proto__": {"moduleVersion": "20.1.0"}}', 'TAE102 __proto__: is no key of the config <"__proto__">'],
    [
      '{"drop": [{"principal": "a", "reason": "r", "__proto__": 1}]}',
      'TAE102 drop[0].__proto__: is no key of the config <"__proto__">',
    ],
    ['{"groups": {"__proto__": {"drop": true}}}', 'TAE102 groups.__proto__: is no key of the config <"__proto__">'],
    ['{"pair": {"__proto__": "module.eks"}}', 'TAE102 pair.__proto__: is no key of the config <"__proto__">'],
    ['{"moduleVersion": "~> 20"}', 'TAE102 moduleVersion: must be a release such as 20.24.3 <"~> 20">'],
    [
      '{"moduleVersion": "20.9007199254740993.0"}',
      'TAE102 moduleVersion: must be a release such as 20.24.3 <"20.9007199254740993.0">',
    ],
    ['{"moduleVersion": 20}', 'TAE102 moduleVersion: must be a string <20>'],
    ['{"clusterName": "a; b"}', 'TAE102 clusterName: must be the name of an EKS cluster <"a; b">'],
    ['{"runner": "terraform"}', 'TAE102 runner: must be the ARN of an IAM role or user <"terraform">'],
    [
      '{"runner": "arn:aws:sts::111122223333:assumed-role/a/b"}',
      'TAE102 runner: must be the ARN of an IAM role or user <"arn:aws:sts::111122223333:assumed-role/a/b">',
    ],
    ['{"accept": {}}', 'TAE102 accept: must be a list <{}>'],
    [
      '{"accept": [{"principal": "a", "code": "TAE308"}]}',
      'TAE102 accept[0].reason: is missing <{"principal": "a", "code": "TAE308"}>',
    ],
    [
      '{"accept": [{"principal": "a", "code": "TAE308", "reason": " "}]}',
      'TAE102 accept[0].reason: must not be empty <" ">',
    ],
    [
      '{"accept": [{"principal": "a", "code": "TAE201", "reason": "r"}]}',
      'TAE102 accept[0].code: must be the code of a blocked row, such as TAE308 <"TAE201">',
    ],
    [
      '{"accept": [{"principal": "a", "code": "TAE399", "reason": "r"}]}',
      'TAE102 accept[0].code: is no code <"TAE399">',
    ],
    ['{"drop": [{"principal": "a", "reason": ""}]}', 'TAE102 drop[0].reason: must not be empty <"">'],
    ['{"drop": [{"reason": "r"}]}', 'TAE102 drop[0].principal: is missing <{"reason": "r"}>'],
    ['{"principals": {"arn:x": {}}}', 'TAE102 principals["arn:x"]: must have key, arn or policies <{}>'],
    [
      '{"principals": {"a": {"key": "cluster_creator"}}}',
      'TAE102 principals.a.key: must not be cluster_creator, which the module uses itself <"cluster_creator">',
    ],
    [
      '{"principals": {"a": {"key": "1st"}}}',
      'TAE102 principals.a.key: must begin with a letter and hold letters, digits, "_" and "-" only <"1st">',
    ],
    [
      '{"principals": {"a": {"key": "b", "scope": {"type": "cluster"}}}}',
      'TAE102 principals.a.scope: scope goes with policies <{"type": "cluster"}>',
    ],
    ['{"principals": {"a": {"policies": []}}}', 'TAE102 principals.a.policies: must name a policy at least <[]>'],
    [
      '{"principals": {"a": {"policies": ["AmazonEKSViewPolicy", "AmazonEKSViewPolicy"]}}}',
      'TAE102 principals.a.policies: must not name a policy twice <["AmazonEKSViewPolicy", "AmazonEKSViewPolicy"]>',
    ],
    [
      '{"pair": {"auth": "module.eks"}}',
      'TAE102 pair.auth: must be the address of what writes aws-auth, such as module.aws_auth, or config-map <"module.eks">',
    ],
    [
      '{"pair": {"module.auth": "aws_iam_role.this"}}',
      'TAE102 pair["module.auth"]: must be the address of a cluster, such as module.eks or aws_eks_cluster.this <"aws_iam_role.this">',
    ],
    ['{"groups": {"a": {}}}', 'TAE102 groups.a: must have exactly one of group, drop and policy <{}>'],
    [
      '{"groups": {"a": {"group": "b", "drop": true}}}',
      'TAE102 groups.a: must have exactly one of group, drop and policy <{"group": "b", "drop": true}>',
    ],
    ['{"groups": {"a": {"drop": false}}}', 'TAE102 groups.a.drop: must be true <false>'],
    [
      '{"groups": {"a": {"policy": "view"}}}',
      'TAE102 groups.a.policy: is no access policy; the nearest is AmazonEKSViewPolicy <"view">',
    ],
    ...(
      [
        ['AmazonEKSAdminViewPolcy', 'is no access policy; the nearest is AmazonEKSAdminViewPolicy'],
        ['EKSEditPolicy', 'is no access policy; the nearest is AmazonEKSEditPolicy'],
        [
          'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          'must be the name without the rest of the ARN: AmazonEKSViewPolicy',
        ],
        [
          'arn:aws:eks::aws:cluster-access-policy/AmazonEKSVeiwPolicy',
          'must be the name without the rest of the ARN: AmazonEKSViewPolicy',
        ],
        [
          'arn:aws:iam::aws:policy/AmazonEKSClusterAdmin',
          'must be the name of an access policy, such as AmazonEKSClusterAdminPolicy',
        ],
        ['AmazonEKSAutoNodePolicy', 'is for nodes of EKS Auto Mode, whose entry is of type EC2'],
        ['AmazonEKSNetworkingPolicy', 'is for the IAM role of a cluster with EKS Auto Mode; EKS makes its entry'],
        [
          'arn:aws:eks::aws:cluster-access-policy/AmazonEKSHybridPolicy',
          'is AmazonEKSHybridPolicy, which is for service-linked roles of AWS only',
        ],
        ['AmazonEKSHybridPolicy', 'is for service-linked roles of AWS only'],
      ] as const
    ).flatMap(([policy, words]): [string, string][] => [
      [`{"groups": {"a": {"policy": "${policy}"}}}`, `TAE102 groups.a.policy: ${words} <"${policy}">`],
      [`{"principals": {"a": {"policies": ["${policy}"]}}}`, `TAE102 principals.a.policies[0]: ${words} <"${policy}">`],
    ]),
    // Only people sign in by these two. A service has a role of its own.
    ...(
      [
        ['user/ana', 'an IAM user'],
        ['role/AWSReservedSSO_Ops_0123456789abcdef', 'a role of IAM Identity Center'],
      ] as const
    ).map(([name, who]): [string, string] => [
      `{"principals": {"arn:aws:iam::111122223333:${name}": {"policies": ["AmazonEKSViewPolicy", "AWSBackupFullAccessPolicyForBackup"]}}}`,
      `TAE102 principals["arn:aws:iam::111122223333:${name}"].policies[1]: is for a role that an AWS service uses, and this is ${who} <"AWSBackupFullAccessPolicyForBackup">`,
    ]),
    [
      '{"groups": {"a": {"group": "b", "scope": {"type": "cluster"}}}}',
      'TAE102 groups.a.scope: scope goes with policy <{"type": "cluster"}>',
    ],
    [
      '{"groups": {"a": {"policy": "AmazonEKSViewPolicy", "scope": {"type": "pod"}}}}',
      'TAE102 groups.a.scope.type: must be { "type": "cluster" } or { "type": "namespace", "namespaces": [...] } <"pod">',
    ],
    [
      '{"groups": {"a": {"policy": "AmazonEKSViewPolicy", "scope": {"type": "namespace", "namespaces": []}}}}',
      'TAE102 groups.a.scope.namespaces: must name a namespace at least <[]>',
    ],
    ['{"groups": {"a": {"drop": true}, "a": {"group": "b"}}}', 'TAE102 a: is written twice <"a">'],
    ['[]', 'TAE102 the config: must be an object <[]>'],
  ])('%s', (text, expected) => {
    expect(refused(text)).toEqual([expected]);
  });

  test('says all of it', () => {
    expect(refused('{"a": 1, "b": 2, "clusterName": 3}')).toHaveLength(3);
  });
});

test.each(['AmazonEKSFutureThingPolicy', 'AmazonEMRJobPolicy', 'AWSBackupFullAccessPolicyForBackup'])(
  'a role may have %s',
  policy => {
    expect(refused(`{"principals": {"arn:aws:iam::111122223333:role/a": {"policies": ["${policy}"]}}}`)).toEqual([]);
  },
);

describe('is not JSON', () => {
  test.each([
    ['', 'TAE103 tf-access-entries.config.json is not JSON: the file is empty <>'],
    ['{"a": 1', 'TAE103 tf-access-entries.config.json is not JSON: "," or "}" is expected and the text ends <>'],
    ['{} {}', 'TAE103 tf-access-entries.config.json is not JSON: something follows the closing bracket <{>'],
    ['{ // why\n}', 'TAE103 tf-access-entries.config.json is not JSON: a comment is found, and JSON has none </>'],
  ])('%j', (text, expected) => {
    expect(refused(text)).toEqual([expected]);
  });
});
