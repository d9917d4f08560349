import type { Expression, ForExpression, ObjectExpression, ObjectItem, Tuple } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { checkSeparated, child, rangeOf, textOf, type Source } from './source.ts';

export const buildTuple = (source: Source, node: RawNode, depth: number): Tuple => {
  const items: Expression[] = [];
  for (const item of node.children) if (item.type === 'expression') items.push(source.expression(item, depth + 1));
  return { kind: 'tuple', range: rangeOf(source, node), items };
};

export const buildObject = (source: Source, node: RawNode, depth: number): ObjectExpression => {
  const items: ObjectItem[] = [];
  const nodes = node.children.filter(({ type }) => type === 'object_elem');
  checkSeparated(source, nodes, /[,\n]/);
  for (const item of nodes) items.push(buildItem(source, item, depth));
  return { kind: 'object', range: rangeOf(source, node), items };
};

const buildItem = (source: Source, node: RawNode, depth: number): ObjectItem => {
  const key = source.expression(child(node, 0), depth + 1);
  const name = nameOfKey(source, key);
  return {
    range: rangeOf(source, node),
    key,
    ...(name === undefined ? {} : { name }),
    value: source.expression(child(node, -1), depth + 1),
  };
};

/** A bare word is a key, not a reference, and so are `true`, `false` and `null`. */
const nameOfKey = (source: Source, key: Expression): string | undefined => {
  if (key.kind === 'variable' || key.kind === 'bool' || key.kind === 'null') return textOf(source, key.range);
  if (key.kind !== 'template' || key.heredoc || key.parts.length > 1) return undefined;
  const [part] = key.parts;
  return part === undefined ? '' : part.kind === 'literal' ? part.text : undefined;
};

/** The names of a `for`: of the item alone, or that of its key before it. */
export const iteratorsOf = (source: Source, intro: RawNode): Pick<ForExpression, 'keyName' | 'valueName'> => {
  const names = intro.children.filter(({ type }) => type === 'identifier').map(name => textOf(source, name));
  const [keyName, valueName = ''] = names.length > 1 ? names : [undefined, names[0]];
  return { ...(keyName === undefined ? {} : { keyName }), valueName };
};

export const buildFor = (source: Source, node: RawNode, depth: number): ForExpression => {
  const part = (type: string): RawNode | undefined => node.children.find(found => found.type === type);
  const intro = part('for_intro') ?? child(node, 1);
  const [first, second] = node.children.filter(({ type }) => type === 'expression');
  const result = second ?? first ?? child(node, -2);
  const condition = part('for_cond');
  const object = node.type === 'for_object_expr';
  // No helpers and no callbacks around the recursion: every frame counts in deep nesting.
  return {
    kind: 'for',
    range: rangeOf(source, node),
    ...iteratorsOf(source, intro),
    of: source.expression(child(intro, -2), depth + 1),
    ...(object && first ? { key: source.expression(first, depth + 1) } : {}),
    value: source.expression(result, depth + 1),
    ...(condition ? { condition: source.expression(child(condition, -1), depth + 1) } : {}),
    grouped: part('ellipsis') !== undefined,
    object,
  };
};
