import { attribute } from '../../hcl/index.ts';
import {
  blocksOf,
  changeByType,
  isEmpty,
  isInJson,
  mergedAttribute,
  unknown,
  type RootModule,
  type Value,
} from '../../terraform/index.ts';
import type { Row } from '../aws-auth/row.ts';

/**
 * What the variable of a module may make of the rows that a call hands over: completes "<argument> is ...". Undefined where they stay as they are
 * written. `handed` is absent where the call says nothing of it.
 */
export const changeOf = (
  called: RootModule,
  variable: string,
  rows: readonly Row[],
  defaults: ReadonlySet<string>,
  handed: Value | undefined,
): string | undefined => {
  if (isInJson(called, variable)) return 'that of a variable in JSON syntax, which is not read';
  if (!handed) return undefined;
  if (handed.kind !== 'list' && defaults.has(variable) && !isNullable(called, variable))
    return 'null, or may be, and then the default of the variable counts, which has rows';
  const change = rows
    .map(row => changeByType(called, variable, valueOf(row), { ofItem: true }))
    .find(found => found !== undefined);
  return change === undefined ? undefined : `handed to a variable whose type ${change}`;
};

/** Source: developer.hashicorp.com/terraform/language/block/variable, nullable. */
const isNullable = (called: RootModule, variable: string): boolean => {
  const value = mergedAttribute(blocksOf(called, 'variable', variable), 'nullable')?.value;
  return value === undefined || (value.kind === 'bool' && value.value);
};

/** A row as its list has it: of keys that are nothing to aws-auth the value does not matter. */
const valueOf = ({ list, keys, principal, username, groups, many }: Row): Value => {
  if (list === 'accounts') return principal?.value ?? unknown;
  if (!keys || many) return unknown;
  const fields = new Map([
    ['rolearn', principal],
    ['userarn', principal],
    ['username', username],
    ['groups', groups],
  ]);
  const entries = keys.map((key): [string, Value] => {
    const name = key.toLowerCase();
    return [key, fields.has(name) ? (fields.get(name)?.value ?? { kind: 'null' }) : unknown];
  });
  return { kind: 'object', entries: new Map(entries) };
};

/** The variables that have rows, or entries, where a caller says nothing. */
export const variablesWithRows = (module: RootModule): ReadonlySet<string> =>
  new Set(
    blocksOf(module, 'variable').flatMap(({ labels: [name = ''], body }) => {
      const value = attribute(body, 'default')?.value;
      return !value || isEmpty(value) ? [] : [name];
    }),
  );
