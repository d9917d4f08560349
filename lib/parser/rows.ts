import type { Range } from '../diagnostics/index.ts';
import { attribute, unwrapParentheses, type Expression, type HclFile, type ObjectExpression } from '../hcl/index.ts';
import { referencesOf, type PlacedAttribute, type RootModule } from '../terraform/index.ts';
import { commentsOf } from './comments.ts';
import { fieldOf } from './field.ts';
import type { ModuleCall } from './module-call.ts';
import type { Row, RowList } from './row.ts';

/** A list whose items cannot be read from the source. `what` completes "<list> is ...". */
export type UnreadList = {
  readonly list: RowList;
  readonly argument: string;
  readonly what: string;
  readonly range: Range;
};

export type ReadRows = { readonly rows: readonly Row[]; readonly unread: readonly UnreadList[] };

/** The arguments of the aws-auth submodule that hold rows (its variables.tf). */
export const rowArguments: readonly (readonly [argument: string, list: RowList])[] = [
  ['aws_auth_roles', 'roles'],
  ['aws_auth_users', 'users'],
  ['aws_auth_accounts', 'accounts'],
];

export const readRows = (module: RootModule, call: ModuleCall): ReadRows => {
  const reads = rowArguments.map(([argument, list]) => {
    const found = attribute(call.block.body, argument);
    return found
      ? readList(module, { expression: found.value, file: call.block.in }, argument, list)
      : { rows: [], unread: [] };
  });
  return { rows: reads.flatMap(({ rows }) => rows), unread: reads.flatMap(({ unread }) => unread) };
};

type Placed = { readonly expression: Expression; readonly file: HclFile };

const readList = (module: RootModule, placed: Placed, argument: string, list: RowList): ReadRows => {
  const { expression, file } = resolveLocal(module, placed);
  if (expression.kind === 'null') return { rows: [], unread: [] };
  if (expression.kind !== 'tuple') {
    return { rows: [], unread: [{ list, argument, what: describe(expression), range: placed.expression.range }] };
  }
  let previous = { end: expression.range.start + 1, isItem: false };
  const rows = expression.items.map((item, index) => {
    const comments = commentsOf(
      file,
      item.range,
      previous,
      expression.items[index + 1]?.range.start ?? file.text.length,
    );
    previous = { end: item.range.end, isItem: true };
    return readRow(module, { expression: item, file }, list, index, comments);
  });
  return { rows, unread: [] };
};

/** Follows `local.x` to its definition, in any file, as often as it leads to another local. */
const resolveLocal = (module: RootModule, placed: Placed, seen: ReadonlySet<string> = new Set()): Placed => {
  const expression = unwrapParentheses(placed.expression);
  const local = expression.kind === 'get' ? localNamed(module, expression) : undefined;
  if (!local || seen.has(local.name)) return { expression, file: placed.file };
  return resolveLocal(module, { expression: local.value, file: local.in }, new Set([...seen, local.name]));
};

const localNamed = (module: RootModule, expression: Expression): PlacedAttribute | undefined => {
  const path = referencesOf(expression)[0]?.path ?? [];
  return path.length === 2 && path[0] === 'local' ? module.locals.get(path[1] ?? '') : undefined;
};

const readRow = (
  module: RootModule,
  placed: Placed,
  list: RowList,
  index: number,
  comments: readonly string[],
): Row => {
  const base = { list, index, origin: placed.expression.range, comments };
  if (list === 'accounts') return { ...base, principal: fieldOf(module, placed.expression, placed.file) };
  const { expression, file } = resolveLocal(module, placed);
  if (expression.kind !== 'object') return { ...base, opaque: describe(expression) };
  return { ...base, ...readKeys(module, expression, file, list === 'users' ? 'userarn' : 'rolearn') };
};

/**
 * The keys of a row as EKS reads them: without regard to case, unknown ones ignored.
 * Source: kubernetes-sigs/aws-iam-authenticator, pkg/config/mapper.go and pkg/mapper/configmap (JSON decoding).
 */
const readKeys = (module: RootModule, row: ObjectExpression, file: HclFile, principalKey: string): Partial<Row> => {
  const find = (key: string): Expression | undefined =>
    row.items.findLast(({ name }) => name?.toLowerCase() === key)?.value;
  const fields = Object.entries({
    principal: find(principalKey),
    username: find('username'),
    groups: find('groups'),
  }).flatMap(([name, value]) => (value && value.kind !== 'null' ? [[name, fieldOf(module, value, file)]] : []));
  const problem = keyProblem(row, principalKey);
  return { ...Object.fromEntries(fields), ...(problem === undefined ? {} : { problem }) };
};

const keyProblem = (row: ObjectExpression, principalKey: string): string | undefined => {
  const known = [principalKey, 'username', 'groups'];
  const names = row.items.map(({ name }) => name);
  if (names.includes(undefined)) return 'has a key that is an expression';
  const strange = names
    .filter(name => name !== undefined && !known.includes(name.toLowerCase()))
    .map(name => `"${name}"`);
  const missing = names.some(name => name?.toLowerCase() === principalKey) ? undefined : `no ${principalKey}`;
  if (strange.length === 0) return missing && `has ${missing}`;
  const keys = `has the unknown ${strange.length === 1 ? 'key' : 'keys'} ${strange.join(', ')}`;
  return missing === undefined ? keys : `${keys} and ${missing}`;
};

/** Completes "<list> is ...". */
const describe = (expression: Expression): string => {
  const root = referencesOf(expression)[0]?.path;
  switch (expression.kind) {
    case 'call':
      return `the result of ${expression.name}(...)`;
    case 'for':
      return 'a for expression';
    case 'conditional':
      return 'a conditional';
    case 'splat':
      return 'a splat expression';
    case 'get':
    case 'index':
    case 'variable':
      if (root?.[0] === 'var') return `the variable ${root.slice(0, 2).join('.')}`;
      return `the reference ${root?.join('.') ?? ''}`;
    default:
      return `an expression of another kind (${expression.kind})`;
  }
};
