import { stringValue, unwrapParentheses, type Expression } from '../../../hcl/index.ts';
import { referencesOf } from '../../../terraform/index.ts';
import { isRowList, rowLists } from '../live/aws-auth.ts';
import type { RowList } from '../row.ts';

/** The arguments that hold the data of the ConfigMap. */
const dataArguments = new Set(['all', 'data', 'manifest', 'object', 'yaml_body']);

/**
 * The lists of aws-auth whose changes Terraform ignores by these values of `ignore_changes`: those of a key that is named, as in
 * `data["mapRoles"]`, or all of them. Source: developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
 */
export const ignoredLists = (values: readonly Expression[]): readonly RowList[] => [
  ...new Set(values.map(unwrapParentheses).flatMap(ignoredBy)),
];

const ignoredBy = (expression: Expression): readonly RowList[] => {
  if (expression.kind === 'tuple') return ignoredLists(expression.items);
  const text = stringValue(expression);
  const [name = '', key] = text === undefined ? pathOf(expression) : pathInText(text);
  if (!dataArguments.has(name)) return [];
  if (name !== 'data' || key === undefined) return Object.values(rowLists);
  return isRowList(key) ? [rowLists[key]] : [];
};

/** An argument, and the key of its map where that is written out. */
type ArgumentPath = readonly [name: string | undefined, key: string | undefined];

const pathOf = (expression: Expression): ArgumentPath => {
  const [name] = referencesOf(expression).map(({ path }) => path[0]);
  if (expression.kind === 'get') return [name, expression.name];
  return [name, expression.kind === 'index' ? stringValue(expression.key) : undefined];
};

/** As `ignore_changes` is written in JSON, and was in old versions of Terraform. */
const pathInText = (text: string): ArgumentPath => {
  const [, name, dotted, quoted] = /^(\w+)(?:\.(\w+)|\["([^"]*)"\])?/.exec(text) ?? [];
  return [name, dotted ?? quoted];
};
