import { children, stringValue, type Body, type Expression } from '../hcl/index.ts';
import type { Range } from '../diagnostics/index.ts';

/** One reference to something of the module: `module.eks.cluster_name` is `['module', 'eks', 'cluster_name']`. */
export type Reference = {
  readonly path: readonly string[];
  readonly range: Range;
  /** It picks an instance of a module by what is no constant: to Terraform that is a reference to all outputs of the call. */
  readonly isToAll?: true;
};

const local = new Set(['each', 'count', 'self', 'path', 'terraform']);

/** Every reference of an expression, with names bound by `for` left out. */
export const referencesOf = (expression: Expression, bound: ReadonlySet<string> = new Set()): readonly Reference[] => {
  const traversal = traversalOf(expression);
  if (traversal) {
    const traversed =
      bound.has(traversal[0] ?? '') || local.has(traversal[0] ?? '')
        ? []
        : [
            {
              path: traversal,
              range: expression.range,
              ...(traversal[0] === 'module' && picksInstance(expression) ? { isToAll: true as const } : {}),
            },
          ];
    return [...traversed, ...indexKeys(expression).flatMap(key => referencesOf(key, bound))];
  }
  if (expression.kind === 'for') {
    const inner = new Set([
      ...bound,
      expression.valueName,
      ...(expression.keyName === undefined ? [] : [expression.keyName]),
    ]);
    const body = [expression.key, expression.value, expression.condition].filter(part => part !== undefined);
    return [...referencesOf(expression.of, bound), ...body.flatMap(part => referencesOf(part, inner))];
  }
  return children(expression).flatMap(child => referencesOf(child, bound));
};

/** Every reference of a body: its attributes and, in depth, its blocks. */
export const bodyReferences = (body: Body): readonly Reference[] =>
  body.items.flatMap(item => (item.kind === 'attribute' ? referencesOf(item.value) : bodyReferences(item.body)));

/** The names of `a.b.c`, through indexes and up to a splat. Undefined when the expression is no traversal. */
const traversalOf = (expression: Expression): readonly string[] | undefined => {
  if (expression.kind === 'variable') return [expression.name];
  if (expression.kind === 'get') {
    const of = traversalOf(expression.of);
    return of && [...of, expression.name];
  }
  if (expression.kind === 'index' || expression.kind === 'splat') return traversalOf(expression.of);
  return undefined;
};

/**
 * Whether the call of a module is indexed by an expression, or by a splat. Only constant keys are part of a reference.
 * Source: github.com/hashicorp/hcl, hclsyntax/variables.go, and github.com/hashicorp/terraform, internal/addrs/parse_ref.go
 */
const picksInstance = (expression: Expression): boolean => {
  if (expression.kind !== 'get' && expression.kind !== 'index' && expression.kind !== 'splat') return false;
  const of = traversalOf(expression.of);
  const isOfCall = of?.length === 2 && of[0] === 'module';
  if (expression.kind === 'splat' && isOfCall) return true;
  if (expression.kind === 'index' && isOfCall && expression.key.kind !== 'number')
    return stringValue(expression.key) === undefined;
  return picksInstance(expression.of);
};

const indexKeys = (expression: Expression): readonly Expression[] => {
  const [of, ...keys] = children(expression);
  return of ? [...indexKeys(of), ...keys] : [];
};

/** The address of what a reference names: `module.eks`, `local.roles`, `data.aws_iam_roles.admin`, `aws_iam_role.ci`. */
export const addressOf = ({ path }: Reference): string => path.slice(0, path[0] === 'data' ? 3 : 2).join('.');
