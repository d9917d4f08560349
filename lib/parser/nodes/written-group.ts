import type { Range } from '../../diagnostics/index.ts';
import type { NodeGroupForm } from '../../eks/node-group-forms.ts';
import { attribute, endOfLine, walk, type ObjectExpression, type Expression, type HclFile } from '../../hcl/index.ts';
import { evaluate, knownString, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { partOf, placeOf } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import { expandFor } from '../expressions/substitute.ts';
import { fieldsOf, objectOf, type WrittenField, type WrittenObject } from '../expressions/field.ts';

/** What is written of a group: its own fields, and those that all groups of its argument have in common. */
export type WrittenGroup = { readonly fields: WrittenObject; readonly defaults: WrittenObject };

export const groupOfNothing: WrittenObject = { fields: new Map(), whole: true };
const unread: WrittenObject = { fields: new Map(), whole: false };

/** The arguments of a submodule call, or of a resource. */
export const groupOfBlock = ({ body, in: file }: PlacedBlock): WrittenGroup => ({
  fields: { fields: fieldsOf(body, file), whole: true },
  defaults: groupOfNothing,
});

/** An item of an argument with groups. `key` is absent where the source does not tell it. */
export type GroupItem = { readonly key?: string; readonly range: Range; readonly written: WrittenGroup };

type Argument = Pick<NodeGroupForm, 'argument' | 'defaults'>;

/** The groups of an argument; undefined where the source does not tell which there are. */
export const groupItemsOf = (
  module: RootModule,
  { body, in: file }: PlacedBlock,
  form: Argument,
): readonly GroupItem[] | undefined => {
  const groups = attribute(body, form.argument ?? '');
  if (!groups || groups.value.kind === 'null') return [];
  const found = resolve(module, { expression: groups.value, file });
  if (found.expression.kind !== 'object') return undefined;
  const defaults = defaultsOf(module, { body, in: file }, form);
  return found.expression.items.map(item => {
    const key = item.name ?? knownString(evaluate(item.key, module.scope));
    const fields = objectOf(module, { ...found, expression: item.value }) ?? unread;
    return { range: item.range, written: { fields, defaults }, ...(key === undefined ? {} : { key }) };
  });
};

/** The items that a `for` makes of what the source tells, under keys that are told. */
export const itemsByFor = (
  module: RootModule,
  { body, in: file }: PlacedBlock,
  form: Argument,
): readonly (GroupItem & { readonly key: string })[] => {
  const groups = attribute(body, form.argument ?? '');
  const found = groups && resolve(module, { expression: groups.value, file });
  const loop = found?.expression;
  if (!found || loop?.kind !== 'for' || !loop.key || loop.grouped) return [];
  const asList = { ...loop, object: false };
  const values = expandFor(module, partOf(found, asList)) ?? [];
  const keys = expandFor(module, partOf(found, { ...asList, value: loop.key })) ?? [];
  if (keys.length !== values.length || values.some(({ guards }) => guards.length > 0)) return [];
  const defaults = defaultsOf(module, { body, in: file }, form);
  return values.flatMap(({ value }, index) => {
    const key = keys[index] && knownString(evaluate(keys[index].value.expression, module.scope));
    const fields = objectOf(module, value) ?? unread;
    return key === undefined ? [] : [{ key, range: placeOf(value), written: { fields, defaults } }];
  });
};

export const defaultsOf = (
  module: RootModule,
  { body, in: file }: Pick<PlacedBlock, 'body' | 'in'>,
  form: Argument,
): WrittenObject => {
  const found = attribute(body, form.defaults ?? '');
  if (!found || found.value.kind === 'null') return groupOfNothing;
  return objectOf(module, { expression: found.value, file }) ?? unread;
};

/** The fields of every object in an argument. */
export const objectsInArgument = (
  module: RootModule,
  { body, in: file }: PlacedBlock,
  form: Argument,
): readonly (readonly WrittenField[])[] => {
  const found = attribute(body, form.argument ?? '');
  const objects: ObjectExpression[] = [];
  if (!found) return [];
  const piece = resolve(module, { expression: found.value, file });
  walk(piece.expression, node => {
    if (node.kind === 'object') objects.push(node);
  });
  return objects.map(({ items }) =>
    items.flatMap(({ name, key, value }) =>
      name === undefined ? [] : [{ name, nameRange: key.range, piece: { ...piece, expression: value } }],
    ),
  );
};

/** A group's own value beats the defaults'. Source: node_groups.tf of terraform-aws-modules/eks 18 to 20. */
export const fieldOfGroup = (
  { fields, defaults }: WrittenGroup,
  name: string,
): WrittenField | 'unclear' | undefined => {
  const field = fields.fields.get(name);
  if (field) return field;
  if (!fields.whole) return 'unclear';
  return defaults.fields.get(name) ?? (defaults.whole ? undefined : 'unclear');
};

/** A flag that is true by default; undefined where an expression decides. */
export const flagOf = (module: RootModule, group: WrittenGroup, name: string): boolean | undefined => {
  // `create` is read from the group alone.
  const field = fieldOfGroup(name === 'create' ? { ...group, defaults: groupOfNothing } : group, name);
  if (field === 'unclear') return undefined;
  const value = field && evaluate(field.piece.expression, module.scope);
  if (value === undefined || value.kind === 'null') return true;
  return value.kind === 'bool' ? value.value : undefined;
};

/** A text; null where there is none, undefined where an expression decides. */
export const textOfGroup = (module: RootModule, group: WrittenGroup, name: string): string | null | undefined => {
  const field = fieldOfGroup(group, name);
  if (field === 'unclear') return undefined;
  const value = field && evaluate(field.piece.expression, module.scope);
  return value === undefined || value.kind === 'null' ? null : knownString(value);
};

/** Behind `create_access_entry = false` where phase 0 has written it, so that phase 2 knows its own from the author's. */
export const pinComment = 'until phase 2, add-access-entries';

/** Whether the value is one that phase 0 has written for the time until phase 2. */
export const isPinned = ({ text }: HclFile, { kind, range }: Expression): boolean => {
  return kind === 'bool' && text.slice(range.end, endOfLine(text, range.end)).trim() === `# ${pinComment}`;
};
