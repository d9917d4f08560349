import type { Range } from '../../../diagnostics/index.ts';
import { attribute, wholeLines, type Attribute, type HclFile } from '../../../hcl/index.ts';
import { commentsIn } from '../../expressions/comments.ts';
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

/** The comments above the argument, in it and behind it, but for what belongs to an item already. */
const headingOf = (file: HclFile, argument: Attribute, parts: readonly Part[]): readonly string[] => {
  const known = parts.flatMap(({ comments }) => comments);
  const written = parts.flatMap(({ piece }) => (piece.at ? [] : [piece.expression.range]));
  return commentsOfArgument(file, argument, written).filter(text => {
    const at = known.indexOf(text);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
};

/** All comments on the lines of an argument and right above it. */
export const commentsOfArgument = (
  file: HclFile,
  { range }: Attribute,
  except: readonly Range[] = [],
): readonly string[] => commentsIn(file, wholeLines(file, range) ?? range, except);

/** The ARN, or the expression that gives it. */
const roleOf = (module: RootModule, piece: Piece): string =>
  knownString(evaluate(piece.expression, module.scope)) ?? normalizeSource(textOf(piece));

const isNothing = (module: RootModule, { expression }: Piece): boolean => {
  const value = evaluate(expression, module.scope);
  return value.kind === 'null' || knownString(value) === '';
};
