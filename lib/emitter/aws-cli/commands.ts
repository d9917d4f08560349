import { singleQuoted } from '../../escape/shell.ts';
import { defaultUsername, parsePrincipalArn, policyArn } from '../../eks/index.ts';
import { compareText } from '../../terraform/index.ts';
import type { AccessEntry, PolicyAssociation } from '../../transformer/index.ts';

/** The lines of the script for one entry, as data of its template: words of a shell, quoted. */
export const commandsFor = (entry: AccessEntry): object => {
  const { principalArn: arn = '', policies } = entry;
  return {
    arn: singleQuoted(arn),
    wanted: singleQuoted(wantedEntry(entry)),
    arguments: argumentsOf(entry),
    policies: policies.map(policy => policyCommand(policy, parsePrincipalArn(arn)?.partition ?? 'aws')),
  };
};

/** Of a node type EKS writes the username and the groups, so only the type is told. */
const wantedEntry = ({ type, principalArn = '', rights }: AccessEntry): string => {
  if (type !== 'STANDARD' || !rights) return `["${type}",`;
  const arn = parsePrincipalArn(principalArn);
  const { username = arn && defaultUsername(arn), groups } = rights;
  return canonicalJson([type, username, groups.toSorted(compareText)]);
};

/** A list is JSON: a name in it is then neither taken for an option nor for a file, whatever it begins with. */
const argumentsOf = ({ type, rights }: AccessEntry): readonly string[] => [
  `--type=${type}`,
  ...(rights?.username === undefined ? [] : [usernameArgument(rights.username)]),
  ...(rights && rights.groups.length > 0 ? [`--kubernetes-groups=${singleQuoted(JSON.stringify(rights.groups))}`] : []),
];

/**
 * The AWS CLI takes a value that begins so for the name of a file or of a page to read, but not one inside JSON.
 * Source: docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 */
const usernameArgument = (username: string): string =>
  /^(?:fileb?|https?):\/\//.test(username)
    ? `--cli-input-json=${singleQuoted(JSON.stringify({ username }))}`
    : `--username=${singleQuoted(username)}`;

const policyCommand = ({ policyName, scope, namespaces }: PolicyAssociation, partition: string): object => {
  const arn = policyArn(partition, policyName);
  return {
    arn: singleQuoted(arn),
    wanted: singleQuoted(canonicalJson([arn, scope, namespaces.toSorted(compareText)])),
    scope: `--access-scope=${singleQuoted(JSON.stringify(scope === 'cluster' ? { type: scope } : { type: scope, namespaces }))}`,
  };
};

/**
 * JSON as `to_string` of JMESPath prints it, in ASCII and without white space.
 * Source: github.com/jmespath/jmespath.py, functions.py (json.dumps of Python).
 */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
