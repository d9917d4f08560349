import { diagnose, Refusal, type Range } from '../../diagnostics/index.ts';
import { maxTreeNesting, tooDeep } from '../nesting.ts';
import type { Expression } from '../tree.ts';
import type { RawNode } from '../raw-node.ts';

/** What every builder needs. `expression` is passed along to keep the builders from importing each other in a circle. */
export type Source = {
  readonly file: string;
  readonly text: string;
  readonly expression: (node: RawNode, depth: number) => Expression;
};

export type Extent = { readonly start: number; readonly end: number };

export const rangeOf = ({ file }: Source, { start, end }: Extent): Range => ({ file, start, end });

export const textOf = ({ text }: Source, { start, end }: Extent): string => text.slice(start, end);

export const refuse = (reason: string, range: Range): never => {
  throw new Refusal(diagnose('TAE006', { reason }, range));
};

export const checkDepth = (source: Source, node: Extent, depth: number): void => {
  if (depth > maxTreeNesting) refuse(tooDeep(maxTreeNesting), rangeOf(source, node));
};

/** The grammar has promised this child; its absence means that the grammar has changed. */
export const child = (node: RawNode, index: number): RawNode => {
  const found = node.children.at(index);
  if (!found) throw new Error(`${node.type} has no child ${index}`);
  return found;
};

/** Newlines mean nothing to the grammar and a great deal to HCL: `a = 1e10` and `block {` below it must not become one. */
export const checkSeparated = (source: Source, nodes: readonly RawNode[], separator: RegExp): void => {
  for (const [index, node] of nodes.entries()) {
    const previous = nodes[index - 1];
    if (previous && !separator.test(source.text.slice(previous.end, node.start)))
      refuse('what should be on two lines is on one', rangeOf(source, node));
  }
};
