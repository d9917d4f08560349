import { alignAll, asValue, printKey, quote } from '../hcl/index.ts';
import { condition } from '../parser/index.ts';
import type { AccessEntry } from '../transformer/index.ts';
import { templates } from './templates.generated.ts';

/** An entry with the comments that stand above it, and those above its groups. */
export type PrintedEntry = AccessEntry & {
  readonly groupComments: readonly string[];
  /** The module demands a map of policies of every entry, also of one that takes none. */
  readonly wantsAssociations?: boolean;
};

/** An item of `access_entries`, not indented. */
export const printEntry = (entry: PrintedEntry): string =>
  render('access-entry', { ...entryData(entry), key: printKey(entry.key) });

/** The standalone resources of an entry. `cluster` and `provider` are HCL source. */
export const printResources = (entry: PrintedEntry, cluster: string, provider: string | undefined): string =>
  render('access-entry-resource', {
    ...entryData(entry),
    cluster,
    provider: provider ?? null,
    label: entry.label,
    guard: entry.guardSource === undefined ? null : condition(entry.guardSource),
  });

/** The data source that finds a role's path; undefined when the entry needs none. */
export const printLookup = (entry: AccessEntry, provider: string | undefined): string | undefined => {
  if (!entry.lookup) return undefined;
  const { roleName, account, label } = entry.lookup;
  return render('role-lookup', {
    label,
    roleName,
    account: asExpression(account),
    provider: provider ?? null,
    regex: quote(`^${roleName.replace(/[.+]/g, String.raw`\$&`)}$`),
    message: quote(
      `${/^\d+$/.test(account) ? `Account ${account}` : 'The account of the row'} must have exactly one role named ${roleName} below the path /aws-reserved/sso.amazonaws.com/. ` +
        `Find it with: aws iam get-role --role-name ${roleName} --query Role.Arn --output text. ` +
        'Then write that ARN as principal_arn in place of this data source.',
    ),
  });
};

/** `${x}` alone is `x`; digits and mixtures are a string. */
const asExpression = (account: string): string => /^\$\{([^{}]*)\}$/.exec(account)?.[1]?.trim() ?? `"${account}"`;

const entryData = (entry: PrintedEntry): Record<string, unknown> => ({
  comments: entry.comments,
  groupComments: entry.groupComments.map(nest),
  principal: nest(asValue(entry.principalSource)),
  type: entry.type,
  standard: entry.type === 'STANDARD',
  hasAssociations: entry.type === 'STANDARD' || entry.wantsAssociations === true,
  groups: nest(entry.groupsSource ?? '[]'),
  username: entry.usernameSource === undefined ? null : nest(entry.usernameSource),
  policies: entry.policies.map(({ key, arn, scope, namespaces }) => ({
    key,
    arn,
    scope,
    scoped: scope === 'namespace',
    namespaces: `[${namespaces.map(quote).join(', ')}]`,
  })),
});

/** An expression of several lines, as far to the right as the argument it belongs to. */
const nest = (source: string): string => (source.includes('<<') ? source : source.replaceAll('\n', '\n  '));

export const render = (name: string, data: object): string => {
  const template = templates[name as keyof typeof templates] as ((data: object) => string) | undefined;
  if (!template) throw new Error(`no template ${name}`);
  return alignAll(template(data).trimEnd());
};
