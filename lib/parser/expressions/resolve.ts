import { unwrapParentheses, type Expression, type ObjectExpression } from '../../hcl/index.ts';
import { evaluate, knownString, spend, type RootModule } from '../../terraform/index.ts';
import { partOf, type Piece } from './piece.ts';

/** Longer chains of locals are nobody's. */
const longestChain = 500;

/**
 * Follows `local.x`, members of literal objects and lists, and conditionals whose condition is known, in any file, to the
 * expression that stands at the end. What leads back to itself is left as it is: Terraform refuses it.
 */
export const resolve = (module: RootModule, piece: Piece, from: ReadonlySet<string> = new Set()): Piece => {
  const seen = new Set(from);
  for (let here = piece; ;) {
    spend(1);
    const expression = unwrapped(here.expression);
    here = partOf(here, expression);
    const local = localName(expression);
    if (local !== undefined && (seen.has(local) || seen.size >= longestChain)) return here;
    const next = local === undefined ? step(module, here, seen) : definition(module, local);
    if (!next) return here;
    if (local !== undefined) seen.add(local);
    here = next;
  }
};

/** Without parentheses, and without the quotes of a template that is one interpolation: HCL takes "${x}" for x itself. */
const unwrapped = (expression: Expression): Expression => {
  const inner = unwrapParentheses(expression);
  if (inner.kind !== 'template' || inner.heredoc || inner.parts.length !== 1) return inner;
  const [only] = inner.parts;
  return only?.kind === 'interpolation' ? unwrapped(only.value) : inner;
};

const localName = (expression: Expression): string | undefined =>
  expression.kind === 'get' && expression.of.kind === 'variable' && expression.of.name === 'local'
    ? expression.name
    : undefined;

const definition = ({ locals }: RootModule, name: string): Piece | undefined => {
  const local = locals.get(name);
  return local && { expression: local.value, file: local.in };
};

/** Undefined at the end of the way. */
const step = (module: RootModule, here: Piece, seen: ReadonlySet<string>): Piece | undefined => {
  const { expression } = here;
  if (expression.kind === 'conditional') {
    const condition = evaluate(expression.condition, module.scope);
    if (condition.kind !== 'bool') return undefined;
    return partOf(here, condition.value ? expression.then : expression.else);
  }
  if (expression.kind !== 'get' && expression.kind !== 'index') return undefined;
  if (expression.of.kind === 'variable') return undefined;
  const base = resolve(module, partOf(here, expression.of), seen);
  return expression.kind === 'get'
    ? namedMember(module, base, expression.name)
    : memberAt(module, base, evaluate(expression.key, module.scope));
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
