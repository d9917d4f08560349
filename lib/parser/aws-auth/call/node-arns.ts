import { attribute, ownLinesText, type Attribute, type HclFile } from '../../../hcl/index.ts';
import { evaluate, knownString, type RootModule } from '../../../terraform/index.ts';
import { normalizeSource } from '../../expressions/identity.ts';
import { readList, type Part } from '../../expressions/read-list.ts';
import { placeOf, textOf, type Piece } from '../../expressions/piece.ts';
import type { ModuleCall } from '../../clusters/module-call.ts';
import type { AddedRows, NodeSystem } from './node-rows.ts';

/** The rows that an argument with ARNs of node roles stands for. The module leaves out what is null or empty. */
export const rowsOfArns = (
  module: RootModule,
  { block }: ModuleCall,
  argument: string,
  system: NodeSystem,
): readonly AddedRows[] => {
  const found = attribute(block.body, argument);
  if (!found) return [];
  return readList(module, { expression: found.value, file: block.in })
    .filter(({ kind, piece }) => kind === 'list' || !isNothing(module, piece))
    .map(({ kind, piece, comments, guards }, index, all) => ({
      ...(index === 0 ? { heading: headingOf(block.in, found, all) } : {}),
      kind: kind === 'item' ? 'row' : 'list',
      principal: textOf(piece),
      ...(piece.at ? {} : { principalAt: piece.expression.range }),
      ...(kind === 'item' ? { role: roleOf(module, piece) } : {}),
      system,
      at: placeOf(piece),
      argument,
      index,
      comments,
      guards,
    }));
};

/** The comments above the argument and behind it, but for what belongs to an item already. */
const headingOf = (file: HclFile, { range, value }: Attribute, parts: readonly Part[]): readonly string[] => {
  const [before, after] = ownLinesText(file, range, value.range);
  const lines = `${before.slice(0, before.length - (value.range.start - range.start))}${after}`.split(/\r?\n/);
  const known = new Set(parts.flatMap(({ comments }) => comments));
  return lines.map(line => line.trim()).filter(line => line !== '' && !known.has(line));
};

/** The ARN, or the expression that gives it. */
export const roleOf = (module: RootModule, piece: Piece): string =>
  knownString(evaluate(piece.expression, module.scope)) ?? normalizeSource(textOf(piece));

const isNothing = (module: RootModule, { expression }: Piece): boolean => {
  const value = evaluate(expression, module.scope);
  return value.kind === 'null' || knownString(value) === '';
};
