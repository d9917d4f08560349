import type { Attribute, Block, Body } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { decodeQuoted } from './escapes.ts';
import { checkDepth, checkSeparated, child, rangeOf, refuse, textOf, type Extent, type Source } from './source.ts';

/** `node` is the grammar's body; an empty one has none. */
export const buildBody = (source: Source, node: RawNode | undefined, extent: Extent, depth: number): Body => {
  const items: (Attribute | Block)[] = [];
  const nodes = node?.children ?? [];
  checkSeparated(source, nodes, /\n/);
  for (const item of nodes)
    items.push(item.type === 'block' ? buildBlock(source, item, depth) : buildAttribute(source, item, depth));
  return { range: rangeOf(source, extent), items };
};

const buildAttribute = (source: Source, node: RawNode, depth: number): Attribute => {
  const name = child(node, 0);
  return {
    kind: 'attribute',
    name: textOf(source, name),
    nameRange: rangeOf(source, name),
    range: rangeOf(source, node),
    value: source.expression(child(node, -1), depth + 1),
  };
};

const buildBlock = (source: Source, node: RawNode, depth: number): Block => {
  checkDepth(source, node, depth);
  const opening = node.children.findIndex(({ type }) => type === 'block_start');
  const header = node.children.slice(0, opening);
  const headerRange = rangeOf(source, { start: node.start, end: (header.at(-1) ?? node).end });
  if (textOf(source, { start: node.start, end: child(node, opening).start }).includes('\n'))
    refuse('a block whose header is on two lines', headerRange);
  const body = node.children.find(({ type }) => type === 'body');
  const extent = { start: child(node, opening).end, end: child(node, -1).start };
  return {
    kind: 'block',
    type: textOf(source, child(node, 0)),
    labels: header.slice(1).map(label => labelOf(source, label)),
    range: rangeOf(source, node),
    headerRange,
    body: buildBody(source, body, extent, depth + 1),
  };
};

const labelOf = (source: Source, node: RawNode): string => {
  const text = textOf(source, node);
  return node.type === 'string_lit' ? decodeQuoted(text.slice(1, -1)) : text;
};
