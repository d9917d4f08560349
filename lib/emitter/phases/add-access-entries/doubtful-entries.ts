import type { Range } from '../../../diagnostics/index.ts';
import { parsePrincipalArn } from '../../../eks/index.ts';
import { unwrapParentheses } from '../../../hcl/index.ts';
import { meaningOf, type Cluster, type Field, type WrittenEntry } from '../../../parser/index.ts';
import { knownString, referencesOf, type RootModule } from '../../../terraform/index.ts';
import { roleName } from '../../../transformer/index.ts';
import type { State } from '../../phase.ts';

/** An entry of the source that may be of a principal which gets another one. `role`: the name that both have. */
export type DoubtfulEntry = { readonly range: Range; readonly role?: string };

/**
 * Entries whose principals only a plan knows: of many by one expression, or of a role with the name of one that gets an entry. Role
 * names are unique in an account, and of which account a looked-up role is the source does not tell.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const doubtfulEntries = (state: State, cluster: Cluster): readonly DoubtfulEntry[] => {
  // Rows of callers are of their modules, whose roles are not those of this one.
  if (cluster.wrapper) return [];
  const { module } = state.source;
  const added = new Map(
    state.transformed.flatMap(({ cluster: other, outcomes }) =>
      outcomes.flatMap(({ row, entry }) => {
        const named = other === cluster && entry && row.principal ? roleIn(row.principal, module) : undefined;
        return named ? [[named.name.toLowerCase(), named] as const] : [];
      }),
    ),
  );
  const { entries, beside } = cluster.existing;
  const there = [...entries, ...(beside?.entries ?? [])].filter(({ presence }) => presence !== 'never');
  return there.flatMap((entry): DoubtfulEntry | readonly [] => {
    if (isOfMany(entry)) return { range: entry.range };
    const named = entry.principal && roleIn(entry.principal, module);
    const same = named && added.get(named.name.toLowerCase());
    // Two ARNs are compared whole where the row is judged.
    return same && !(same.isArn && named.isArn) ? { range: entry.range, role: named.name } : [];
  });
};

/** Standalone resources by `for_each` over what only a plan knows. Parts of a map that cannot be read are ranges of their own. */
const isOfMany = ({ form, presence, identity }: WrittenEntry): boolean =>
  form === 'resource' && presence === 'many' && identity === undefined;

type NamedRole = { readonly name: string; readonly isArn: boolean };

/** The name of the role in an ARN, or in the block that a principal refers to. */
const roleIn = (principal: Field, module: RootModule): NamedRole | undefined => {
  const arn = parsePrincipalArn(knownString(principal.value));
  if (arn) return arn.kind === 'role' ? { name: arn.name, isArn: true } : undefined;
  const expression = unwrapParentheses(meaningOf(principal).expression);
  const [reference] = expression.kind === 'get' ? referencesOf(expression) : [];
  const name = reference?.path.at(-1) === 'arn' ? roleName(module, reference) : undefined;
  return name === undefined ? undefined : { name, isArn: false };
};
