import type { Tree } from 'web-tree-sitter';

/** A node of the grammar, copied out of the parser's memory: calls into it are slow, and the tree is freed at once. */
export type RawNode = {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: RawNode[];
  readonly missing: boolean;
};

/** Nodes whose text says everything. Not going into them halves the work: a literal holds a hidden node for every character. */
const leaves = new Set([
  'numeric_lit',
  'bool_lit',
  'null_lit',
  'string_lit',
  'variable_expr',
  'legacy_index',
  'get_attr',
  'template_literal',
  'heredoc_start',
  'block_start',
  'block_end',
  'tuple_start',
  'tuple_end',
  'object_start',
  'object_end',
]);

/** Walks without recursion, so that no nesting is too deep for it. */
export const copyNodes = (tree: Tree): { readonly root: RawNode; readonly comments: readonly RawNode[] } => {
  const faulty = tree.rootNode.hasError;
  const cursor = tree.walk();
  const read = (): RawNode => ({
    type: cursor.nodeType,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
    missing: faulty && cursor.nodeIsMissing,
  });
  const root = read();
  const comments: RawNode[] = [];
  const open: RawNode[] = [];
  let parent = root;
  let more = cursor.gotoFirstChild();
  while (more) {
    const node = read();
    (node.type === 'comment' ? comments : parent.children).push(node);
    if ((faulty || !leaves.has(node.type)) && cursor.gotoFirstChild()) {
      open.push(parent);
      parent = node;
      continue;
    }
    more = cursor.gotoNextSibling();
    for (let up = more ? undefined : open.pop(); up; up = more ? undefined : open.pop()) {
      parent = up;
      cursor.gotoParent();
      more = cursor.gotoNextSibling();
    }
  }
  cursor.delete();
  return { root, comments };
};

/**
 * The first place the grammar could not make sense of. When a block stays unfinished for it, that is the whole block: the last
 * thing it did recognize says more.
 */
export const findFault = (root: RawNode): RawNode | undefined => {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.missing) return node;
    const { children } = node;
    if (node.type === 'ERROR')
      return (
        (children.some(({ type }) => type === 'block_start') && children.findLast(({ start, end }) => start < end)) ||
        node
      );
    // One at a time: a list may be longer than a call may have arguments.
    for (const child of children.toReversed()) pending.push(child);
  }
  return undefined;
};
