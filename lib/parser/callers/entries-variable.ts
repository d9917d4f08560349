import { defined, type Range } from '../../diagnostics/index.ts';
import { sourceOf, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import {
  blocksOf,
  changeByType,
  isInJson,
  referencesOf,
  stringOf,
  type RootModule,
  type Value,
} from '../../terraform/index.ts';
import type { CalledCluster } from '../clusters/cluster.ts';
import { variablesWithRows } from './change-of.ts';

/** The variable of a module that its callers hand entries over by. */
export type EntriesVariable = {
  readonly variable: string;
  readonly isWritten: boolean;
  /** Where it stands in `access_entries`. */
  readonly part?: Range;
  /** HCL of the condition that it stands under there. */
  readonly under?: string;
};

/**
 * The variable that is `access_entries` of the eks call, or a part of what is merged there, and leaves entries as they are; or a name that is free.
 */
export const entriesVariable = (module: RootModule, { existing }: Pick<CalledCluster, 'existing'>): EntriesVariable => {
  const given = existing.argument && unwrapParentheses(existing.argument.value);
  const isMerge = given?.kind === 'call' && given.name === 'merge' && !given.expand;
  const parts = isMerge ? given.args : given ? [given] : [];
  const [written] = parts.flatMap(part => {
    const { variable, condition } = entriesIn(part);
    const under = condition && existing.argument && sourceOf(existing.argument.in.text, condition.range);
    if (variable === undefined || !keepsEntries(module, variable)) return [];
    return [{ variable, isWritten: true, part: part.range, ...defined({ under }) }];
  });
  if (written) return written;
  const taken = new Set(blocksOf(module, 'variable').map(({ labels }) => labels[0]));
  const isFree = (name: string): boolean => !taken.has(name) && !isInJson(module, name);
  const [plain = ''] = ['access_entries', 'cluster_access_entries'].filter(isFree);
  for (let variable = plain, number = 2; ; number++) {
    if (variable !== '') return { variable, isWritten: false };
    const next = `access_entries_${number}`;
    if (isFree(next)) variable = next;
  }
};

/** `var.x`, and nothing beside it. */
export const variableIn = (expression: Expression): string | undefined => {
  const inner = unwrapParentheses(expression);
  return inner.kind === 'get' && inner.of.kind === 'variable' && inner.of.name === 'var' ? inner.name : undefined;
};

/**
 * The variable of a part of `access_entries`, also where all of it is there under a condition, as phase 2 writes it. Not where each entry has a
 * condition or a key of its own.
 */
export const entriesIn = (part: Expression): { readonly variable?: string; readonly condition?: Expression } => {
  const inner = unwrapParentheses(part);
  if (inner.kind !== 'for') return defined({ variable: variableIn(inner) });
  const { keyName, valueName, condition } = inner;
  const isSame = !inner.grouped && isName(inner.key, keyName) && isName(inner.value, valueName);
  const names = condition ? referencesOf(condition).map(({ path }) => path[0]) : [];
  if (!isSame || names.some(name => name === keyName || name === valueName)) return {};
  return defined({ variable: variableIn(inner.of), condition });
};

const isName = (expression: Expression | undefined, name: string | undefined): boolean =>
  expression?.kind === 'variable' && expression.name === name;

/** Whether what callers hand over reaches the eks module as they write it, whatever they leave out. */
const keepsEntries = (module: RootModule, variable: string): boolean =>
  !variablesWithRows(module).has(variable) &&
  [wholeEntry, leastEntry].every(entry => changeByType(module, variable, objectOf({ entry })) === undefined);

const objectOf = (members: Readonly<Record<string, Value>>): Value => ({
  kind: 'object',
  entries: new Map(Object.entries(members)),
});

const textList: Value = { kind: 'list', items: [stringOf('text')] };

/** All that counts in an entry. Source: main.tf of terraform-aws-modules/eks 20 (access_entries). */
const wholeEntry = objectOf({
  principal_arn: stringOf('text'),
  type: stringOf('STANDARD'),
  kubernetes_groups: textList,
  user_name: stringOf('text'),
  policy_associations: objectOf({
    one: objectOf({
      policy_arn: stringOf('text'),
      access_scope: objectOf({ type: stringOf('namespace'), namespaces: textList }),
    }),
  }),
});

/** One with nothing that may be left out. A type of STANDARD is what the eks module takes by default. */
const leastEntry = objectOf({
  principal_arn: stringOf('text'),
  type: stringOf('STANDARD'),
  policy_associations: objectOf({ one: objectOf({ policy_arn: stringOf('text'), access_scope: objectOf({}) }) }),
});
