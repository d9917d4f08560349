import { singleQuoted } from '../../escape/shell.ts';
import { defaultUsername, parsePrincipalArn, policyArn } from '../../eks/index.ts';
import { compareText } from '../../terraform/index.ts';
import type { AccessEntry, PolicyAssociation } from '../../transformer/index.ts';

/** The lines of the script for one entry, as data of its template: words of a shell, quoted. */
export const commandsFor = (entry: AccessEntry): object => {
  const { principalArn: arn = '', policies } = entry;
  const wanted = wantedOf(entry);
  return {
    arn: singleQuoted(arn),
    wanted: singleQuoted(wanted.entry),
    arguments: argumentsOf(entry),
    policies: policies.map((policy, index) => ({
      arn: singleQuoted(wanted.policies[index]?.arn ?? ''),
      wanted: singleQuoted(wanted.policies[index]?.wanted ?? ''),
      scope: scopeArgument(policy),
    })),
  };
};

/** An entry and its policies as the functions of a script compare them with the live ones. */
export const wantedOf = (
  entry: AccessEntry,
): { readonly entry: string; readonly policies: readonly { readonly arn: string; readonly wanted: string }[] } => ({
  entry: wantedEntry(entry),
  policies: entry.policies.map(({ policyName, partition, scope, namespaces }) => {
    const arn = policyArn(parsePrincipalArn(entry.principalArn)?.partition ?? partition ?? 'aws', policyName);
    return { arn, wanted: canonicalJson([arn, scope, namespaces.toSorted(compareText)]) };
  }),
});

/** Of a node type EKS writes the username and the groups, so only the type is told; and where the source does not tell them. */
const wantedEntry = ({ type, principalArn, rights }: AccessEntry): string => {
  const arn = parsePrincipalArn(principalArn);
  const username = rights?.username ?? (arn && defaultUsername(arn));
  if (type !== 'STANDARD' || !rights || username === undefined) return `["${type}",`;
  return canonicalJson([type, username, rights.groups.toSorted(compareText)]);
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

const scopeArgument = ({ scope, namespaces }: PolicyAssociation): string =>
  `--access-scope=${singleQuoted(JSON.stringify(scope === 'cluster' ? { type: scope } : { type: scope, namespaces }))}`;

/**
 * JSON as `to_string` of JMESPath prints it, in ASCII and without white space.
 * Source: github.com/jmespath/jmespath.py, functions.py (json.dumps of Python).
 */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
