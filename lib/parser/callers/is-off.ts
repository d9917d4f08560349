import {
  blocksOf,
  evaluate,
  knownString,
  mergedAttribute,
  readsVariable,
  referencesOf,
  type Value,
} from '../../terraform/index.ts';
import type { Source } from '../source.ts';

/** What a call hands over for a variable; undefined where it says nothing of it. */
export type Given = (variable: string) => Value | undefined;

/** Whether a condition of the module, as HCL, does not hold with what a call hands over, as far as the source tells. */
export const isOffWith = (
  { module, graph }: Pick<Source, 'module' | 'graph'>,
  condition: string,
  given: Given,
): boolean => {
  const { expression } = module.parseExpression(condition);
  const references = referencesOf(expression);
  const names = new Set(blocksOf(module, 'variable').map(({ labels: [name = ''] }) => name));
  const values = [...names].flatMap((name): [string, Value][] => {
    // The others may be long lists of rows.
    if (!readsVariable(graph, references, one => one === name)) return [];
    const fallback = mergedAttribute(blocksOf(module, 'variable', name), 'default');
    const value = given(name) ?? (fallback && evaluate(fallback.value, module.scope));
    return value ? [[name, value]] : [];
  });
  const value = evaluate(expression, module.scopeWith(new Map(values)));
  return value.kind === 'bool' ? !value.value : knownString(value) === 'false';
};
