import { addressOf, type Graph } from '../terraform/index.ts';
import type { UnreadList } from '../parser/index.ts';

/**
 * The roles, users and module calls of the root module that rows come from, nearest first, by address. What one of them makes in the
 * same apply has no ARN while Terraform plans, and ARNs are the keys of the entries that the plan makes.
 * Source: https://developer.hashicorp.com/terraform/language/meta-arguments/for_each#limitations-on-values-used-in-for_each
 */
export const makersOf = (
  graph: Graph,
  { references, to }: Pick<UnreadList, 'references'> & { readonly to?: string },
): readonly string[] => {
  // Rows of nodes become no entries.
  if (to === 'node_rows') return [];
  const seen = new Set<string>();
  const makers: string[] = [];
  const queue = [...references];
  for (let reference = queue.shift(); reference; reference = queue.shift()) {
    const address = addressOf(reference);
    if (seen.has(address)) continue;
    seen.add(address);
    if (/^(module|aws_iam_role|aws_iam_user)\./.test(address)) makers.push(address);
    // What a call or a role reads in its turn does not decide how many ARNs there are.
    else queue.push(...(graph.get(address) ?? []));
  }
  return makers;
};
