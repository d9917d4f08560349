import { unwrapParentheses, type Expression } from '../hcl/index.ts';
import { jsonBlocks, jsonDocuments } from './json-syntax.ts';
import { blocksOf, mergedAttribute, type RootModule } from './root-module.ts';
import { type Value } from './value.ts';

/**
 * What the type of a variable may make of a value that is given to it, or of a row in a list that is: words that complete "the type of the
 * variable ...". Undefined where it provably stays as it is. Source: developer.hashicorp.com/terraform/language/expressions/type-constraints.
 */
export const changeByType = (
  module: RootModule,
  variable: string,
  value: Value,
  { ofItem = false } = {},
): string | undefined => {
  if (isInJson(module, variable)) return 'is in JSON syntax, which is not read';
  const type = mergedAttribute(blocksOf(module, 'variable', variable), 'type')?.value;
  const item = type && ofItem ? itemType(type) : type;
  if (type && !item) return 'is not that of a list';
  return item && changeBy(item, value, ofItem ? 'a row' : 'it');
};

export const isInJson = ({ json }: RootModule, variable: string): boolean =>
  jsonDocuments(json).some(document => jsonBlocks(document, 'variable').some(([name]) => name === variable));

/** Whether the type of a variable is that of one text, number or bool. */
export const isPrimitive = (module: RootModule, variable: string): boolean => {
  const type = mergedAttribute(blocksOf(module, 'variable', variable), 'type')?.value;
  return type !== undefined && isNamed(unwrapParentheses(type), primitives);
};

const primitives = ['string', 'number', 'bool'];
const collections = ['list', 'set', 'map'];

/** The type of the items of a list: of `any` as of `list(any)`. Undefined where it is no type of lists. A set has an order of its own. */
const itemType = (type: Expression): Expression | undefined => {
  const inner = unwrapParentheses(type);
  if (isNamed(inner, ['any'])) return inner;
  return inner.kind === 'call' && inner.name === 'list' ? inner.args[0] : undefined;
};

const isNamed = (type: Expression, names: readonly string[]): boolean =>
  type.kind === 'variable' && names.includes(type.name);

const changeBy = (type: Expression, value: Value, name: string): string | undefined => {
  const inner = unwrapParentheses(type);
  if (value.kind === 'null' || isNamed(inner, ['any'])) return undefined;
  const isUnknown = value.kind === 'unknown' || value.kind === 'error';
  if (inner.kind === 'variable' && primitives.includes(inner.name))
    return isUnknown || value.kind === inner.name ? undefined : `makes a ${inner.name} of ${name}`;
  const [of] = inner.kind === 'call' ? inner.args : [];
  if (inner.kind !== 'call' || !of) return `says of ${name} what is not read`;
  if (collections.includes(inner.name)) {
    const items = isUnknown ? [value] : itemsOf(value, inner.name === 'map');
    if (!items) return `makes a ${inner.name} of ${name}`;
    return items.map(item => changeBy(of, item, name)).find(change => change !== undefined);
  }
  if (inner.name !== 'object' || of.kind !== 'object') return `says of ${name} what is not read`;
  return value.kind === 'object'
    ? changeByObject(of, value, name)
    : `names the attributes of ${name}, and which of them it has only a plan knows`;
};

const itemsOf = (value: Value, isMap: boolean): readonly Value[] | undefined => {
  if (isMap) return value.kind === 'object' ? [...value.entries.values()] : undefined;
  return value.kind === 'list' ? value.items : undefined;
};

const changeByObject = (
  { items }: Extract<Expression, { kind: 'object' }>,
  { entries }: Extract<Value, { kind: 'object' }>,
  name: string,
): string | undefined => {
  const attributes = new Map(items.map(item => [item.name, item.value]));
  const dropped = [...entries.keys()].find(key => !attributes.has(key));
  if (dropped !== undefined) return `has no attribute ${dropped} for ${name}`;
  return [...attributes]
    .map(([key = 'an attribute', written]) => {
      const { type, preset } = optional(written);
      const value = entries.get(key);
      const mayBeNull = !value || ['null', 'unknown', 'error'].includes(value.kind);
      if (preset && mayBeNull) return `has a default for ${key}`;
      return value && changeBy(type, value, key);
    })
    .find(change => change !== undefined);
};

/** `optional(type, default)`. An attribute that is null or empty by default is as one that is not there. */
const optional = (written: Expression): { readonly type: Expression; readonly preset?: Expression } => {
  const inner = unwrapParentheses(written);
  const [type, preset] = inner.kind === 'call' && inner.name === 'optional' ? inner.args : [];
  if (!type) return { type: inner };
  return preset && !isEmpty(preset) ? { type, preset } : { type };
};

/** Whether a default stands for nothing: null, an empty list, an empty map. */
export const isEmpty = (preset: Expression): boolean => {
  const inner = unwrapParentheses(preset);
  return inner.kind === 'null' || ((inner.kind === 'tuple' || inner.kind === 'object') && inner.items.length === 0);
};
