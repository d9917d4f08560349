import { attribute } from '../hcl/index.ts';
import type { RootModule } from '../terraform/index.ts';
import { readList } from './lists/read-list.ts';
import { placeOf, textOf } from './lists/piece.ts';
import type { ModuleCall } from './module-call.ts';
import type { AddedRows, NodeSystem } from './node-rows.ts';

/** The rows that an argument with ARNs of node roles stands for. */
export const rowsOfArns = (
  module: RootModule,
  { block }: ModuleCall,
  argument: string,
  system: NodeSystem,
): readonly AddedRows[] => {
  const found = attribute(block.body, argument);
  if (!found) return [];
  return readList(module, { expression: found.value, file: block.in }).map(
    ({ kind, piece, comments, guards }, index) => ({
      kind: kind === 'item' ? 'row' : 'list',
      principal: textOf(piece),
      ...(piece.at ? {} : { principalAt: piece.expression.range }),
      system,
      at: placeOf(piece),
      argument,
      index,
      comments,
      guards,
    }),
  );
};
