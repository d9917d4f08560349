import { ssoPath } from '../eks/index.ts';
import {
  findExpression,
  quote,
  sourceOf,
  unwrapParentheses,
  walk,
  type Expression,
  type Template,
} from '../hcl/index.ts';
import { normalizeSource, resolve, type Meaning, type UnreadList, partOfMeaning } from '../parser/index.ts';
import { evaluate, knownString, referencesOf, type RootModule } from '../terraform/index.ts';
import { roleBlock } from './role-path.ts';

/**
 * Undoes what authors write to take the path off a role ARN for aws-auth: `replace(arn, "<path>", "")` in its spellings, and an
 * ARN built again from the name of a role that is at hand. Returns the expression with the path; undefined where there is
 * nothing to undo. `source` is the text of `expression`.
 */
export const unstrip = (whole: Meaning, module: RootModule): Meaning | undefined => {
  const inner = unwrapParentheses(whole.expression);
  const meaning = (part: Expression): Meaning => partOfMeaning(whole, part);
  if (inner.kind === 'call' && inner.name === 'replace') {
    const [of, pattern, replacement] = inner.args;
    if (!of || !pattern || !replacement || !stripsPath(meaning(pattern), meaning(replacement), module))
      return undefined;
    return unstrip(meaning(of), module) ?? meaning(of);
  }
  const [only, ...others] = inner.kind === 'template' ? inner.parts : [];
  if (only?.kind === 'interpolation' && others.length === 0) return unstrip(meaning(only.value), module);
  const name = nameIn(inner);
  return name && roleOfName(followed(meaning(name), module), module);
};

/** What a local stands for. */
const followed = (name: Meaning, module: RootModule): Meaning => {
  const { expression } = name;
  const isLocal = expression.kind === 'get' && expression.of.kind === 'variable' && expression.of.name === 'local';
  const local = isLocal ? module.locals.get(expression.name) : undefined;
  if (!isLocal || !local) return name;
  const found = resolve(module, { expression: local.value, file: local.in }, new Set([expression.name]));
  return { expression: found.expression, source: sourceOf(found.file.text, found.expression.range) };
};

/**
 * Whether a replace takes the path off a role of Identity Center, tried on such a role. Any other replace may make the ARN of
 * another role, or one that aws-auth never matches: a pattern that begins and ends with a slash is a regular expression without
 * them, often by accident, and leaves the slashes where they are.
 */
const stripsPath = (pattern: Meaning, replacement: Meaning, module: RootModule): boolean => {
  const [from, to] = [pattern, replacement].map(({ expression }) => sampleText(expression, module));
  if (to === undefined) return false;
  // A path that is somebody else's value: only its place tells that it is one.
  if (from === undefined) return /^"\/.*\$\{.*\}.*\/"$/s.test(pattern.source) && ['', '/'].includes(to);
  const region = /sso\.amazonaws\.com\/([a-z]{2}(?:-[a-z]+)+-\d)\b/.exec(from)?.[1] ?? sampleRegion;
  return [ssoPath(region), ssoPath('us-east-1')].some(path => {
    const call = `replace(${[`${sampleArn}${path}${sampleName}`, from, to].map(quote).join(', ')})`;
    const result = knownString(evaluate(module.parseExpression(call).expression, module.scope));
    return result === `${sampleArn}/${sampleName}`;
  });
};

const sampleRegion = 'eu-west-1';
const sampleArn = 'arn:aws:iam::111122223333:role';
const sampleName = 'AWSReservedSSO_Sample_0123456789abcdef';

/** A string, where what only a plan knows of it is taken for the region; undefined where that cannot be all. */
const sampleText = (expression: Expression, module: RootModule): string | undefined => {
  const value = evaluate(expression, module.scope);
  if (value.kind !== 'string') return undefined;
  const isPath = value.parts.some(part => part?.includes('sso.amazonaws.com'));
  if (value.parts.includes(undefined) && !isPath) return undefined;
  return value.parts.map(part => part ?? sampleRegion).join('');
};

/** Functions that cut an ARN to pieces, or change it. */
const rewriting = new Set(['replace', 'regex', 'regexall', 'split', 'substr', 'trimprefix', 'trimsuffix', 'basename']);

/** Whether something that may take the path off stands somewhere in a principal: such a function, or the name of a role that is read. */
export const isRewritten = (expression: Expression): boolean =>
  findExpression(expression, node => node.kind === 'call' && rewriting.has(node.name)) !== undefined ||
  referencesOf(expression).some(
    ({ path }) => path[0] === 'data' && /^aws_iam_roles?$/.test(path[1] ?? '') && /^names?$/.test(path[3] ?? ''),
  );

/** Whether that stands where a local is defined which is the name at the end of an ARN, or a part of that name. */
export const hasRewrittenName = (whole: Expression, module: RootModule): boolean => {
  const name = nameIn(unwrapParentheses(whole));
  return name !== undefined && definitionsOf(name, module).some(isRewritten);
};

/** The locals that an expression reads, and those that these read. */
const definitionsOf = (
  expression: Expression,
  module: RootModule,
  seen: Set<string> = new Set(),
): readonly Expression[] =>
  referencesOf(expression).flatMap(({ path: [root, name = ''] }) => {
    const value = root === 'local' && !seen.has(name) ? module.locals.get(name)?.value : undefined;
    seen.add(name);
    return value ? [value, ...definitionsOf(value, module, seen)] : [];
  });

/** The name at the end of an ARN that is put together. */
const nameIn = (arn: Expression): Expression | undefined => {
  if (arn.kind === 'template') return lastPart(arn);
  return arn.kind === 'call' ? builtName(arn) : undefined;
};

/** The name at the end of `"arn:...:role/${name}"`. */
const lastPart = (template: Template): Expression | undefined => {
  const last = template.parts.at(-1);
  const before = template.parts.at(-2);
  if (last?.kind !== 'interpolation' || before?.kind !== 'literal' || !before.text.endsWith(':role/')) return undefined;
  return last.value;
};

/** The name in `format("arn:...:role/%s", ..., name)` and `join("/", ["arn:...:role", name])`. */
const builtName = ({ name, args, expand }: Extract<Expression, { kind: 'call' }>): Expression | undefined => {
  const [first, second] = args;
  if (expand || !first || !second) return undefined;
  if (name === 'format') return endsWith(first, ':role/%s') ? args.at(-1) : undefined;
  if (name !== 'join' || !endsWith(first, '/') || second.kind !== 'tuple' || second.items.length !== 2)
    return undefined;
  const [head, last] = second.items;
  return head && endsWith(head, ':role') ? last : undefined;
};

const endsWith = (expression: Expression, end: string): boolean => {
  const last = expression.kind === 'template' ? expression.parts.at(-1) : undefined;
  return last?.kind === 'literal' && last.text.endsWith(end);
};

/** The ARN of the role whose name this is: data sources have `arns` or `arn` beside it, with the path in it, and so have resources. */
const roleOfName = ({ source: text, expression }: Meaning, module: RootModule): Meaning | undefined => {
  const source = normalizeSource(text);
  const many = /^(?:(?:one|tolist|sort|element)\()*data\.aws_iam_roles\.[\w-]+(?:\[[^\]]*\])?\.names\b/.test(source);
  if (many) return { source: text.replace(/\.names\b/, '.arns'), expression };
  const single = /^(data\.)?aws_iam_role\.([\w-]+)(?:\[[^\]]*\])?\.(?:name|id)$/.exec(source);
  if (!single || (single[1] === undefined && !mayHavePath(expression, module))) return undefined;
  return { source: text.replace(/\.(?:name|id)$/, '.arn'), expression };
};

/** An ARN that is built of a role's name is right as it stands where the role has no path. */
const mayHavePath = (expression: Expression, module: RootModule): boolean =>
  referencesOf(expression).some(reference => (roleBlock(module, reference)?.path ?? 'none') !== 'none');

/** `restored`: what took the path off its principals is taken back. */
export type RestoredList = UnreadList & { readonly restored: boolean };

/**
 * A list with what takes the path off its principals taken back, as for rows that are written out. Undefined where that is not
 * understood, or where rows of another origin stand beside them.
 */
export const unstripRows = (list: UnreadList, module: RootModule): RestoredList | undefined => {
  const { expression, text } = list.definition;
  const names = namesIn({ expression, source: text });
  const arnOf = (principal: Expression): string | undefined =>
    arnByName(principal, names) ?? unstrip(partOfMeaning({ expression, source: text }, principal), module)?.source;
  const principals = principalsOf(expression).filter(
    principal => isRewritten(principal) || arnByName(principal, names) !== undefined,
  );
  if (principals.length === 0) return { ...list, restored: false };
  if (!isOneFor(expression)) return undefined;
  let [source, at] = ['', 0];
  for (const principal of principals) {
    const whole = arnOf(principal);
    if (whole === undefined) return undefined;
    source += text.slice(at, principal.range.start - expression.range.start) + whole;
    at = principal.range.end - expression.range.start;
  }
  return { ...list, source: source + text.slice(at), restored: true };
};

/** The values of `rolearn` and `userarn`, wherever they stand. */
const principalsOf = (expression: Expression): readonly Expression[] => {
  const found: Expression[] = [];
  walk(expression, node => {
    if (node.kind !== 'object') return;
    found.push(...node.items.flatMap(({ name, value }) => (/^(rolearn|userarn)$/i.test(name ?? '') ? [value] : [])));
  });
  return found;
};

/** The iterators that go through the names of roles, and the ARNs beside these. */
const namesIn = (list: Meaning): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  walk(list.expression, node => {
    if (node.kind !== 'for' || node.object) return;
    const of = partOfMeaning(list, node.of).source;
    if (/^data\.aws_iam_roles\.[\w-]+(\[[^\]]*\])?\.names$/.test(of))
      found.set(node.valueName, of.replace(/names$/, 'arns'));
  });
  return found;
};

/** `"arn:...:role/${name}"` in such a `for`: of the ARNs the one with that name. */
const arnByName = (principal: Expression, names: ReadonlyMap<string, string>): string | undefined => {
  const last = principal.kind === 'template' ? lastPart(principal) : undefined;
  const arns = last?.kind === 'variable' ? names.get(last.name) : undefined;
  if (last?.kind !== 'variable' || arns === undefined) return undefined;
  return `one([for arn in ${arns} : arn if endswith(arn, "/\${${last.name}}")])`;
};

const isOneFor = (expression: Expression): boolean =>
  expression.kind === 'for' ||
  (expression.kind === 'call' && expression.name === 'flatten' && isOneItem(expression.args[0]));

const isOneItem = (list: Expression | undefined): boolean =>
  list !== undefined &&
  (isOneFor(list) || (list.kind === 'tuple' && list.items.length === 1 && isOneItem(list.items[0])));
