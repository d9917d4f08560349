import { attributesOf, insertApart, insertBelow, prependToBody, type Edit } from '../../hcl/index.ts';
import { phaseVariable, type NumberedCall } from '../../parser/index.ts';
import type { PlacedBlock } from '../../terraform/index.ts';
import type { State } from '../phase.ts';

type ToNumber = NumberedCall & { readonly block: PlacedBlock };

/** The calls of this module that are read and say nothing of their phase. */
export const unnumbered = ({ calls = [] }: State): readonly ToNumber[] =>
  calls.flatMap(call => {
    const { block, given, untold } = call;
    return block && !given && untold === undefined ? [{ ...call, block }] : [];
  });

/** The argument of a call, or the input of a unit, that says how far the environment is. */
export const writeNumber = ({ block }: ToNumber, number: number): Edit => {
  const { in: file, body, isUnit } = block;
  const text = `${phaseVariable} = ${number}`;
  // The source of a unit stands elsewhere.
  const [first] = attributesOf(body).filter(
    ({ name, range: { start, end } }) =>
      (isUnit || name === 'source') && body.range.start <= start && end <= body.range.end,
  );
  if (!first) return prependToBody(file, body, text);
  if (!isUnit) return insertApart(file, body, first, text);
  const isTight = /^[ \t]*\r?\n[ \t]*\S/.test(file.text.slice(body.range.start, body.range.end));
  return isTight ? prependToBody(file, body, text) : insertBelow(file, body, first, text);
};
