import type { Call, Expression, NumberLiteral } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { buildFor, buildObject, buildTuple } from './collection.ts';
import { buildConditional, isBareConditional } from './conditional.ts';
import { applyPostfix } from './postfix.ts';
import { checkDepth, child, rangeOf, refuse, textOf, type Source } from './source.ts';
import { buildHeredoc, buildQuoted } from './template.ts';

export const buildExpression = (source: Source, node: RawNode, depth: number): Expression => {
  checkDepth(source, node, depth);
  return isBareConditional(node)
    ? buildConditional(source, node, depth)
    : buildTerm(source, node, node.children, depth);
};

/** The grammar does not wrap a term: its parts, the base and what is applied to it, are the children of what holds it. */
const buildTerm = (source: Source, parent: RawNode, parts: readonly RawNode[], depth: number): Expression => {
  const [base, inner, close] = parts;
  if (!base) return refuse('an expression is missing', rangeOf(source, parent));
  if (base.type === '(' && inner && close) {
    const range = rangeOf(source, { start: base.start, end: close.end });
    const parentheses: Expression = { kind: 'parentheses', range, inner: buildExpression(source, inner, depth + 1) };
    return applyPostfix(source, parentheses, parts.slice(3), depth);
  }
  const node = wrappers.has(base.type) ? child(base, 0) : base;
  const build = builders[node.type];
  if (!build) return refuse(`unknown syntax (${node.type})`, rangeOf(source, node));
  return applyPostfix(source, build(source, node, depth), parts.slice(1), depth);
};

const wrappers = new Set(['literal_value', 'template_expr', 'collection_value', 'for_expr', 'operation']);

const buildCall = (source: Source, node: RawNode, depth: number): Call => {
  const list = node.children.find(({ type }) => type === 'function_arguments')?.children ?? [];
  const args: Expression[] = [];
  for (const item of list) if (item.type === 'expression') args.push(buildExpression(source, item, depth + 1));
  return {
    kind: 'call',
    range: rangeOf(source, node),
    name: textOf(source, child(node, 0)),
    args,
    expand: list.some(({ type }) => type === 'ellipsis'),
  };
};

const binaryOperators = new Set(['*', '/', '%', '+', '-', '>', '>=', '<', '<=', '==', '!=', '&&', '||']);

const buildUnary = (source: Source, node: RawNode, depth: number): Expression => {
  checkDepth(source, node, depth);
  const operator = child(node, 0).type === '!' ? '!' : '-';
  const operand = buildTerm(source, node, node.children.slice(1), depth + 1);
  return { kind: 'unary', range: rangeOf(source, node), operator, operand };
};

/** The grammar's levels of precedence are those of HCL's specification, all grouped to the left. */
const buildBinary = (source: Source, node: RawNode, depth: number): Expression => {
  checkDepth(source, node, depth);
  const at = node.children.findIndex(({ type }) => binaryOperators.has(type));
  return {
    kind: 'binary',
    range: rangeOf(source, node),
    operator: child(node, at).type,
    left: buildTerm(source, node, node.children.slice(0, at), depth + 1),
    right: buildTerm(source, node, node.children.slice(at + 1), depth + 1),
  };
};

const buildNumber = (source: Source, node: RawNode): NumberLiteral => {
  const range = rangeOf(source, node);
  const text = textOf(source, node);
  // The grammar knows `1.5e3` but not `1e3`, and hexadecimal numbers, which HCL has not.
  if (text.startsWith('0x') || /^\w/.test(source.text.slice(node.end, node.end + 1))) refuse('an odd number', range);
  return { kind: 'number', range, text };
};

/** By the grammar's types of node. */
const builders: Readonly<Record<string, (source: Source, node: RawNode, depth: number) => Expression>> = {
  variable_expr: (source, node) => ({ kind: 'variable', range: rangeOf(source, node), name: textOf(source, node) }),
  numeric_lit: buildNumber,
  bool_lit: (source, node) => ({ kind: 'bool', range: rangeOf(source, node), value: textOf(source, node) === 'true' }),
  null_lit: (source, node) => ({ kind: 'null', range: rangeOf(source, node) }),
  string_lit: buildQuoted,
  quoted_template: buildQuoted,
  heredoc_template: buildHeredoc,
  tuple: buildTuple,
  object: buildObject,
  for_tuple_expr: buildFor,
  for_object_expr: buildFor,
  function_call: buildCall,
  unary_operation: buildUnary,
  binary_operation: buildBinary,
};
