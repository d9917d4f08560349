import { attribute, sourceOf, stringValue, unwrapParentheses } from '../hcl/index.ts';
import { blocksOf, referencesOf, type PlacedBlock, type RootModule } from '../terraform/index.ts';
import type { NamedEntry } from './entries.ts';

/** An import block: the resource without the key of its instance, and that key where it is a literal. */
export type ImportBlock = { readonly block: PlacedBlock; readonly resource: string; readonly key?: string };

export const importBlocks = (module: RootModule): readonly ImportBlock[] =>
  blocksOf(module, 'import').flatMap(block => {
    const to = attribute(block.body, 'to');
    const [reference] = to ? referencesOf(to.value) : [];
    if (!to || !reference) return [];
    const target = unwrapParentheses(to.value);
    const key = target.kind === 'index' ? stringValue(target.key) : undefined;
    const resource =
      target.kind === 'index' ? sourceOf(block.in.text, target.of.range) : sourceOf(block.in.text, target.range);
    return [{ block, resource: resource.replace(/\s+/g, ''), ...(key === undefined ? {} : { key }) }];
  });

/** Whether an import block takes the entry into the state; one with a key that a plan decides may. */
export const isImported = ({ module, cluster, written }: NamedEntry): boolean => {
  const resource =
    written.form === 'resource'
      ? new RegExp(`^aws_eks_access_entry\\.${written.key}$`)
      : new RegExp(`^module\\.${cluster.label}(\\[.*\\])?\\.aws_eks_access_entry\\.this$`);
  return importBlocks(module).some(
    block =>
      resource.test(block.resource) &&
      (written.form === 'resource' || block.key === undefined || block.key === written.key),
  );
};
