import type { Range } from '../diagnostics/index.ts';
import { appendToBody, attribute, blocks, setAttribute, sourceOf, type Edit } from '../hcl/index.ts';
import { accessConfigOf, type ResourceCluster } from '../parser/index.ts';

const bootstrap = 'access_config[0].bootstrap_cluster_creator_admin_permissions';

/**
 * Writes the mode of an `aws_eks_cluster`. Where its block is new, a change of the attribute beside the mode is ignored: the state
 * has a value for it that the API does not return, `true` or `false` with the release of the provider that stored it, and each
 * value that the source may have, none included, replaces the cluster in one of the two cases.
 * Source: terraform-provider-aws, internal/service/eks/cluster.go (ForceNew); its pull request 38295, issues 35824 and 38967
 */
export const modeOfResource = ({ block }: ResourceCluster, mode: string): readonly Edit[] => {
  const value = `"${mode}"`;
  const written = accessConfigOf(block);
  if (written) return [setAttribute(block.in, written, 'authentication_mode', value)];
  const access = `access_config {\n  authentication_mode = ${value}\n}`;
  const [lifecycle] = blocks(block.body, 'lifecycle');
  if (!lifecycle) {
    return [appendToBody(block.in, block.body, `${access}\n\nlifecycle {\n  ignore_changes = [${bootstrap}]\n}`)];
  }
  const ignored = attribute(lifecycle.body, 'ignore_changes');
  const edit = appendToBody(block.in, block.body, access);
  if (!ignored) return [edit, appendToBody(block.in, lifecycle.body, `ignore_changes = [${bootstrap}]`)];
  if (ignored.value.kind !== 'tuple') return [edit];
  const { items, range } = ignored.value;
  const isThere = items.some(item => sourceOf(block.in.text, item.range).replaceAll(/\s/g, '') === bootstrap);
  return isThere ? [edit] : [edit, prependItem(block.in.text, range, items[0]?.range)];
};

/** Behind the bracket, so that the comments of the other items stay with them. */
const prependItem = (text: string, { file, start }: Range, first: Range | undefined): Edit => {
  const gap = /^\s*/.exec(text.slice(start + 1))?.[0] ?? '';
  const at = { file, start: start + 1, end: start + 1 };
  if (!first) return { ...at, text: bootstrap };
  return { ...at, text: gap.includes('\n') ? `${gap}${bootstrap},` : `${bootstrap}, ` };
};
