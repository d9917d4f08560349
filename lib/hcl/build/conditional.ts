import type { Expression } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';
import { checkDepth, child, rangeOf, type Source } from './source.ts';

export const isBareConditional = (node: RawNode): boolean => node.children[0]?.type === 'conditional';

/**
 * The grammar groups `a ? b : c ? d : e` to the left, HCL to the right. The operands in reading order are the same for both:
 * collected here by walking down the conditions that are conditionals themselves (without parentheses), then put together
 * from the right. Source: parseTernaryConditional in github.com/hashicorp/hcl, hclsyntax/parser.go.
 */
export const buildConditional = (source: Source, node: RawNode, depth: number): Expression => {
  const operands = operandsOf(node);
  const built: Expression[] = [];
  for (const [index, operand] of operands.entries()) {
    const level = depth + 1 + Math.floor(index / 2);
    checkDepth(source, operand, level);
    built.push(source.expression(operand, level));
  }
  let result = built.at(-1)!;
  for (let at = built.length - 3; at >= 0; at -= 2) {
    const condition = built[at]!;
    const range = rangeOf(source, { start: condition.range.start, end: result.range.end });
    result = { kind: 'conditional', range, condition, then: built[at + 1]!, else: result };
  }
  return result;
};

/** condition, then, condition, then, ..., else */
const operandsOf = (expression: RawNode): RawNode[] => {
  const tails: RawNode[][] = [];
  let node = expression;
  while (isBareConditional(node)) {
    const [condition, , then, , otherwise] = child(node, 0).children;
    if (!condition || !then || !otherwise) throw new Error('conditional without its three operands');
    tails.push([then, ...(isBareConditional(otherwise) ? operandsOf(otherwise) : [otherwise])]);
    node = condition;
  }
  return [node, ...tails.toReversed().flat()];
};
