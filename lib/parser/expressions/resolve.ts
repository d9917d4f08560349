import { unwrapParentheses, type ObjectExpression } from '../../hcl/index.ts';
import { evaluate, knownString, type RootModule } from '../../terraform/index.ts';
import { partOf, type Piece } from './piece.ts';

/**
 * Follows `local.x`, members of literal objects and lists, and conditionals whose condition is known, in any file, to the
 * expression that stands at the end. What leads back to itself is left as it is: Terraform refuses it.
 */
export const resolve = (module: RootModule, piece: Piece, seen: ReadonlySet<string> = new Set()): Piece => {
  const expression = unwrapParentheses(piece.expression);
  const here = partOf(piece, expression);
  if (expression.kind === 'conditional') {
    const { kind, ...condition } = evaluate(expression.condition, module.scope);
    if (kind !== 'bool' || !('value' in condition)) return here;
    return resolve(module, partOf(piece, condition.value ? expression.then : expression.else), seen);
  }
  if (expression.kind !== 'get' && expression.kind !== 'index') return here;
  const { of } = expression;
  if (expression.kind === 'get' && of.kind === 'variable') {
    const local = of.name === 'local' && !seen.has(expression.name) ? module.locals.get(expression.name) : undefined;
    if (!local) return here;
    return resolve(module, { expression: local.value, file: local.in }, new Set([...seen, expression.name]));
  }
  const base = resolve(module, partOf(piece, of), seen);
  const member =
    expression.kind === 'get'
      ? namedMember(module, base, expression.name)
      : memberAt(module, base, evaluate(expression.key, module.scope));
  return member ? resolve(module, member, seen) : here;
};

/** `x.name` of a literal object. Undefined where the object has no such key, or a key that cannot be read. */
export const namedMember = (module: RootModule, base: Piece, name: string): Piece | undefined => {
  if (base.expression.kind !== 'object') return undefined;
  const names = keysOf(module, base.expression);
  const index = names?.lastIndexOf(name) ?? -1;
  const item = base.expression.items[index];
  return item && partOf(base, item.value);
};

const memberAt = (module: RootModule, base: Piece, key: ReturnType<typeof evaluate>): Piece | undefined => {
  if (base.expression.kind === 'tuple' && key.kind === 'number') {
    const item = base.expression.items[Number(key.text)];
    return item && partOf(base, item);
  }
  const name = knownString(key);
  return name === undefined ? undefined : namedMember(module, base, name);
};

/** The keys of an object in source order; undefined when one of them is not known. */
export const keysOf = (module: RootModule, object: ObjectExpression): readonly string[] | undefined => {
  const names = object.items.map(({ name, key }) => name ?? knownString(evaluate(key, module.scope)));
  return names.every(name => name !== undefined) ? names : undefined;
};
