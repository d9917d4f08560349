import type { Expression, SplatStep, TemplatePart } from '../../../lib/hcl/index.ts';

/** What our tree and that of HashiCorp's parser are both reduced to. */
export type Shape = string | readonly Shape[];

/** Positions, the kind of quotes and the spelling of escapes do not count. */
export const shapeOf = (expression: Expression): Shape => {
  switch (expression.kind) {
    case 'number':
      return `#${expression.text}`;
    case 'bool':
      return String(expression.value);
    case 'null':
      return 'null';
    case 'variable':
      return expression.name;
    case 'template': {
      const [only] = expression.parts;
      if (expression.parts.length === 1 && only?.kind === 'interpolation') return ['wrap', shapeOf(only.value)];
      return ['template', ...expression.parts.map(partShape)];
    }
    case 'tuple':
      return ['tuple', ...expression.items.map(shapeOf)];
    case 'object':
      return [
        'object',
        ...expression.items.map(({ key, value }) => [
          key.kind === 'variable' || key.kind === 'bool' || key.kind === 'null' ? 'word' : shapeOf(key),
          shapeOf(value),
        ]),
      ];
    case 'call':
      return ['call', expression.name, String(expression.expand), ...expression.args.map(shapeOf)];
    case 'get':
      return ['get', shapeOf(expression.of), expression.name];
    case 'index':
      return ['index', shapeOf(expression.of), keyShape(expression.key)];
    case 'splat':
      return splatShape(shapeOf(expression.of), expression);
    case 'conditional':
      return ['if', shapeOf(expression.condition), shapeOf(expression.then), shapeOf(expression.else)];
    case 'binary':
      return [expression.operator, shapeOf(expression.left), shapeOf(expression.right)];
    case 'unary':
      return [expression.operator, shapeOf(expression.operand)];
    case 'parentheses':
      return ['parentheses', shapeOf(expression.inner)];
    case 'for':
      return [
        'for',
        expression.object ? '{' : '[',
        expression.keyName ?? '',
        expression.valueName,
        String(expression.grouped),
        ...[expression.of, expression.key, expression.value, expression.condition].flatMap(part =>
          part ? [shapeOf(part)] : [],
        ),
      ];
    case 'opaque':
      return 'opaque';
  }
};

const partShape = (part: TemplatePart): Shape =>
  part.kind === 'literal' ? `"${part.text}` : part.kind === 'interpolation' ? shapeOf(part.value) : 'opaque';

const splatShape = (of: Shape, { full, steps }: { full: boolean; steps: readonly SplatStep[] }): Shape => {
  let each: Shape = 'item';
  for (const step of steps)
    each =
      step.kind === 'get'
        ? ['get', each, step.name]
        : step.kind === 'index'
          ? ['index', each, keyShape(step.key)]
          : splatShape(each, step);
  return ['splat', full ? '[*]' : '.*', of, each];
};

/** A node of hcl2json's tree. Its own types name neither all fields nor all nodes. */
export type Ast = {
  readonly type: string;
  readonly children: readonly Ast[];
  readonly meta: Readonly<Record<string, unknown>>;
};

const operators: Readonly<Record<string, string>> = {
  logicalOr: '||',
  logicalAnd: '&&',
  equal: '==',
  notEqual: '!=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
  lessThan: '<',
  lessThanOrEqual: '<=',
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
  negate: '-',
  logicalNot: '!',
};

export const shapeOfAst = ({ type, children, meta }: Ast): Shape => {
  const inner = (): Shape[] => children.map(shapeOfAst);
  const field = (name: string): string => {
    const value = meta[name] ?? '';
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new Error(`${type}.${name} is no scalar`);
  };
  switch (type) {
    case 'literalValue':
      return meta['type'] === 'number' ? `#${field('value')}` : field('value');
    case 'template':
      return ['template', ...joinText(children)];
    case 'templateWrap':
      return ['wrap', ...inner()];
    case 'tuple':
      return ['tuple', ...inner()];
    case 'object':
      return ['object', ...pairs(children)];
    case 'function':
      return ['call', field('name'), field('expandedFinalArgument'), ...inner()];
    case 'scopeTraversal': {
      const [root, ...rest] = meta['traversal'] as readonly Segment[];
      return rest.reduce(follow, root?.segment ?? '');
    }
    case 'relativeTraversal':
      return (meta['traversal'] as readonly Segment[]).reduce(follow, shapeOfAst(children[0]!));
    case 'index':
      return ['index', ...inner()];
    case 'splat':
      return ['splat', field('anonSymbolExpression'), ...inner()];
    case 'conditional':
      return ['if', ...inner()];
    case 'binaryOp':
    case 'unaryOp':
      return [operators[field('operator')] ?? field('operator'), ...inner()];
    case 'for':
      return ['for', field('openRangeValue'), field('keyVar'), field('valVar'), field('groupedValue'), ...inner()];
    case '':
      return children.length === 0 ? 'item' : ['parentheses', ...inner()];
    default:
      throw new Error(`unknown ${type}`);
  }
};

type Segment = { readonly type: string; readonly segment?: string };

const follow = (of: Shape, { type, segment }: Segment): Shape =>
  type === 'nameTraversal' ? ['get', of, segment ?? ''] : ['index', of, segmentShape(segment)];

/** A constant key is folded, to nothing if it is no number and no string. */
const segmentShape = (segment: string | undefined): Shape => {
  if (segment === undefined) return 'constant';
  return segment.startsWith('"')
    ? ['template', ...(segment === '""' ? [] : [segment.slice(0, -1)])]
    : `#${Number(segment).toPrecision(9)}`;
};

const keyShape = (key: Expression): Shape =>
  key.kind === 'number'
    ? `#${Number(key.text).toPrecision(9)}`
    : key.kind === 'bool' || key.kind === 'null'
      ? 'constant'
      : shapeOf(key);

const pairs = (children: readonly Ast[]): Shape[] => {
  const result: Shape[] = [];
  for (let at = 0; at < children.length; at += 2) {
    const key = children[at]!.children[0];
    result.push([key ? shapeOfAst(key) : 'word', shapeOfAst(children[at + 1]!)]);
  }
  return result;
};

/** HashiCorp's literals are cut where its scanner cut them, and given as written; an empty string has one. */
const joinText = (children: readonly Ast[]): Shape[] => {
  const result: Shape[] = [];
  let text = '';
  for (const child of [...children, undefined]) {
    if (child?.type === 'literalValue' && child.meta['type'] === 'string') {
      text += String(child.meta['value']);
      continue;
    }
    if (text !== '') result.push(`"${decode(text)}`);
    text = '';
    if (child) result.push(shapeOfAst(child));
  }
  return result;
};

/** The escapes the generator writes are those of JSON. */
const decode = (text: string): string =>
  (JSON.parse(`"${text}"`) as string).replaceAll(/(\$\$|%%)\{/g, marker => marker.slice(1)).normalize('NFC');
