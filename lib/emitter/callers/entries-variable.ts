import { appendAfterBlock, insertAfter, replace, unwrapParentheses, type Edit } from '../../hcl/index.ts';
import type { CalledCluster, Handed } from '../../parser/index.ts';
import { blocksOf, type PlacedBlock } from '../../terraform/index.ts';
import type { State } from '../phase.ts';
import { render } from '../print-entry.ts';

/** The variable that takes the entries of the callers, where it is still to be written. */
export const variableToWrite = ({ handed, transformed }: State): Handed['entries'] | undefined => {
  if (!handed || handed.entries.isWritten) return undefined;
  // An entry beside the call needs no variable.
  const isNeeded = transformed.some(
    ({ cluster, entries }) =>
      cluster?.kind === 'module' && cluster.wrapper && entries.some(({ form }) => form === 'argument'),
  );
  return isNeeded ? handed.entries : undefined;
};

/** The block of the variable, below that of the rows. */
export const declareVariable = (state: State): readonly Edit[] => {
  const { handed } = state;
  const entries = variableToWrite(state);
  const block = handed && blockOf(state, handed);
  if (!entries || !block) return [];
  return [appendAfterBlock(block.in, block, render('entries-variable', { name: entries.variable }))];
};

const blockOf = ({ source: { module } }: State, { lists }: Handed): PlacedBlock | undefined =>
  lists.flatMap(({ variable }) => blocksOf(module, 'variable', variable)).at(-1);

/** Whether the variable is still to be merged into `access_entries` of this cluster. */
export const mergesVariable = (state: State, { address, wrapper }: CalledCluster): boolean =>
  wrapper === undefined && state.handed?.cluster.address === address && variableToWrite(state) !== undefined;

/**
 * What is merged into `access_entries` of the eks call: `more`, as HCL, or edits around a map that is written out, whose lines keep their
 * indentation.
 */
export const mergeVariable = (
  state: State,
  cluster: CalledCluster,
): { readonly more: readonly string[]; readonly edits: readonly Edit[] } => {
  const entries = variableToWrite(state);
  if (!entries || !mergesVariable(state, cluster)) return { more: [], edits: [] };
  const name = printVariable(entries);
  const { argument } = cluster.existing;
  const value = argument && unwrapParentheses(argument.value);
  if (value?.kind !== 'object' || value.items.length === 0) return { more: [name], edits: [] };
  const { range } = value;
  return {
    more: [],
    edits: [replace({ ...range, end: range.start }, 'merge('), insertAfter(range, `, ${name})`)],
  };
};

/** A conditional would want both sides to be of one type. */
const printVariable = ({ variable, condition }: Handed['entries']): string =>
  condition === undefined ? `var.${variable}` : `{ for key, entry in var.${variable} : key => entry if ${condition} }`;
