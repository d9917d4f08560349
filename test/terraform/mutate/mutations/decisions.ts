import { replace, withEntry } from '../edits.ts';
import { unchanged, type Mutation } from '../mutation.ts';

const entries = 'add-access-entries';

const codeOf =
  (key: string, code: string): NonNullable<Mutation['report']> =>
  rows =>
    rows.map(row => (row.key === key ? { ...row, codes: [...(row.codes ?? []), code] } : row));

/** What a person decides goes as far as it says; and the report does not decide what is right. */
export const ofDecisions: readonly Mutation[] = [
  {
    name: 'a blocked row lost, in the entries and in the report',
    of: 'rows/twelve-rows',
    from: entries,
    edit: unchanged,
    report: rows => rows.filter(({ principal }) => !principal.endsWith('/support')),
  },
  {
    name: 'a row lost, in the entries and in the report, while another one is blocked',
    seldom: true,
    of: 'rows/twelve-rows',
    from: entries,
    edit: replace(/ {4}alice = \{[^]*?\n {4}\}\n/, ''),
    report: rows => rows.filter(({ key }) => key !== 'alice'),
  },
  {
    name: 'a row lost that the report calls converted, of a mapping with a blocked row',
    of: 'rows/twelve-rows',
    from: entries,
    edit: replace(/ {4}alice = \{[^]*?\n {4}\}\n/, ''),
    report: rows => rows.map(({ key, ...row }) => (key === undefined || key === 'alice' ? row : { ...row, key })),
  },
  {
    name: 'a username left out that the report says is kept out',
    of: 'examples/quickstart',
    from: entries,
    edit: replace(/ +user_name +=  *"developer"\n/, ''),
    report: codeOf('developer', 'TAE402'),
  },
  {
    name: 'another username where an administrator\u2019s is left out',
    seldom: true,
    of: 'advice/tae402-username-left-out',
    from: entries,
    edit: replace(/(principal_arn +=[^\n]*\n)/, '$1      user_name = "somebody-else"\n'),
  },
  {
    name: 'who is accepted by name becomes an administrator',
    of: 'rows/twelve-rows-settled',
    from: entries,
    edit: replace(
      /(role\/support"[^]*?)policy_associations = \{\}/,
      '$1policy_associations = { a = { policy_arn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy", access_scope = { type = "cluster" } } }',
    ),
  },
  {
    name: 'who is given other policies by name becomes an administrator',
    of: 'principals/policies-and-scope',
    from: entries,
    edit: replace(
      'cluster-access-policy/AmazonEKSAdminViewPolicy',
      'cluster-access-policy/AmazonEKSClusterAdminPolicy',
    ),
  },
  {
    name: 'who is accepted by name loses a group',
    seldom: true,
    of: 'rows/twelve-rows-settled',
    from: entries,
    edit: replace(/(role\/support"[^]*?kubernetes_groups +=) \[[^\]]+\]/, '$1 []'),
  },
  {
    name: 'the namespaces of a scope with another row',
    of: 'groups/what-they-become',
    from: entries,
    edit: text =>
      text
        .replace(
          /type( +)= "namespace"(\s+)namespaces = \["builds", "builds-\*"\]/,
          'type$1= "cluster"$2namespaces = []',
        )
        .replace(
          /(AmazonEKSViewPolicy"[^]*?)type( +)= "cluster"(\s+)namespaces = \[\]/,
          '$1type$2= "namespace"$3namespaces = ["builds", "builds-*"]',
        ),
  },
  {
    name: 'one of two policies left out',
    seldom: true,
    of: 'principals/policies-and-scope',
    from: entries,
    edit: replace(/ +secret_reader = \{[^]*?\n {8}\}\n/, ''),
  },
  {
    name: 'a dropped row with an entry',
    of: 'drop/rows-and-accounts',
    from: entries,
    edit: withEntry(
      'old = { principal_arn = "arn:aws:iam::111122223333:role/old", user_name = "old", kubernetes_groups = ["old"] }',
    ),
  },
  {
    name: 'a row that is not in force and dropped with an entry',
    seldom: true,
    of: 'accept/mapping-not-in-force',
    from: entries,
    edit: withEntry(
      'viewers = { principal_arn = "arn:aws:iam::111122223333:role/viewers", user_name = "viewers", kubernetes_groups = ["viewers"] }',
    ),
  },
  {
    name: 'system:authenticated kept as a group',
    seldom: true,
    of: 'examples/quickstart',
    from: entries,
    edit: replace('["developers", "viewers"]', '["system:authenticated", "developers", "viewers"]'),
  },
  {
    name: 'the session\u2019s name in another spelling',
    seldom: true,
    of: 'examples/quickstart',
    from: entries,
    edit: replace('"platform-admin:{{SessionName}}"', '"platform-admin:{{SessionNameRaw}}"'),
  },
  {
    name: 'a username with the default of another account',
    seldom: true,
    of: 'examples/quickstart',
    from: entries,
    edit: replace(
      /user_name( +)= "developer"/,
      'user_name$1= "arn:aws:sts::444455556666:assumed-role/developers/{{SessionName}}"',
    ),
  },
  {
    name: 'the policies of two rows exchanged',
    seldom: true,
    of: 'examples/quickstart',
    from: entries,
    edit: text => {
      const one =
        /(deploy\.arn\n[^]*?)(policy_associations = \{\n[^]*?\n {6}\})([^]*?role\/developers"[^]*?)(policy_associations = \{\})/;
      return text.replace(one, '$1$4$3$2');
    },
  },
  {
    name: 'the policy of one row in another partition',
    seldom: true,
    of: 'examples/quickstart',
    from: entries,
    edit: replace('arn:${split(":", aws_iam_role.deploy.arn)[1]}:eks', 'arn:aws-us-gov:eks'),
  },
];
