import { unwrapParentheses, walk, type Expression, type Template } from '../hcl/index.ts';
import { normalizeSource } from '../parser/index.ts';

/**
 * Undoes what authors write to take the path off a role ARN for aws-auth: `replace(arn, "<path>", "")` in its spellings, and an
 * ARN built again from the name of a role that is at hand. Returns the expression with the path; undefined where there is
 * nothing to undo. `source` is the text of `expression`.
 */
export const unstrip = (
  expression: Expression,
  source: string,
): { readonly source: string; readonly expression: Expression } | undefined => {
  const inner = unwrapParentheses(expression);
  const cut = (part: Expression): string =>
    source.slice(part.range.start - expression.range.start, part.range.end - expression.range.start);
  if (inner.kind === 'call' && inner.name === 'replace') {
    const [of, pattern, replacement] = inner.args;
    if (!of || !pattern || !replacement || !stripsPath(cut(pattern), cut(replacement))) return undefined;
    return unstrip(of, cut(of)) ?? { source: cut(of), expression: of };
  }
  if (inner.kind !== 'template') return undefined;
  const [only] = inner.parts;
  if (inner.parts.length === 1 && only?.kind === 'interpolation') return unstrip(only.value, cut(only.value));
  return rebuilt(inner, cut);
};

/**
 * Whether a pattern stands for the path of Identity Center, and the replacement for nothing in its place. Any other replace may
 * make the ARN of another role. A pattern that begins and ends with a slash is a regular expression, often by accident.
 */
const stripsPath = (pattern: string, replacement: string): boolean => {
  if (!['""', '"/"', '"/AWSReservedSSO"'].includes(replacement)) return false;
  return pattern.includes('aws-reserved') || /^"\/.*\$\{.*\}.*\/"$/s.test(pattern);
};

/** Functions that cut an ARN to pieces, or change it. */
const rewriting = new Set(['replace', 'regex', 'regexall', 'split', 'substr', 'trimprefix', 'trimsuffix', 'basename']);

/** Whether a function that may take the path off stands somewhere in a principal. */
export const isRewritten = (expression: Expression): boolean => {
  let found = false;
  walk(expression, node => {
    if (node.kind === 'call' && rewriting.has(node.name)) found = true;
  });
  return found;
};

/**
 * `"arn:...:role/${one(data.aws_iam_roles.x.names)}"` and the like: the data source has `arns`, or `arn`, with the path in it.
 */
const rebuilt = (template: Template, cut: (part: Expression) => string): ReturnType<typeof unstrip> => {
  const last = template.parts.at(-1);
  const before = template.parts.at(-2);
  if (last?.kind !== 'interpolation' || before?.kind !== 'literal' || !before.text.endsWith(':role/')) return undefined;
  const text = cut(last.value);
  const source = normalizeSource(text);
  const many = /^(?:one\(|tolist\(|sort\()*data\.aws_iam_roles\.[\w-]+(?:\[[^\]]*\])?\.names\b/.test(source);
  if (many) return { source: text.replace(/\.names\b/, '.arns'), expression: last.value };
  const single = /^data\.aws_iam_role\.[\w-]+(?:\[[^\]]*\])?\.(?:name|id)$/.test(source);
  return single ? { source: text.replace(/\.(?:name|id)$/, '.arn'), expression: last.value } : undefined;
};
