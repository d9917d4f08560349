import { parsePrincipalArn, type PrincipalArn } from '../eks/index.ts';
import { unwrapParentheses, type Expression } from '../hcl/index.ts';
import { meaningOf, type Field, type Meaning } from '../parser/index.ts';
import { knownString, referencesOf, type RootModule } from '../terraform/index.ts';
import { nameForArn, type NameForArn } from './name-for-arn.ts';
import { otherByReference } from './other-kind.ts';
import { partialArn, sidesOf, type PartialArn } from './partial-arn.ts';
import { unstrip } from './unstrip.ts';

/** What the source tells about a principal. Everything but `text` and `source` is absent where it is not known. */
export type Principal = PartialArn & {
  /** For messages: the ARN where it is known, else the expression. */
  readonly text: string;
  readonly source: string;
  readonly expression: Expression;
  /** The same with a local's name followed: to be read, not to be written. */
  readonly meaning: Meaning;
  /** The same with the path that was taken off; absent where none was. */
  readonly whole?: Meaning;
  readonly arn?: PrincipalArn;
  /** It is the name of a role or user, or its unique id, and so it is no ARN. */
  readonly nameForArn?: NameForArn;
  /** HCL that gives the partition, for a policy ARN: a literal, or `${...}`. */
  readonly partition: string;
};

/** A principal as messages name it. */
export const principalText = ({ value, source }: Field): string => knownString(value) ?? source;

export const principalOf = (field: Field, module: RootModule): Principal => {
  const text = knownString(field.value);
  const meaning = meaningOf(field);
  const whole = unstrip(meaning, module);
  const base = { source: field.source, expression: field.expression, meaning, ...(whole ? { whole } : {}) };
  if (text === undefined) {
    const name = nameForArn(meaning);
    if (name) return { ...base, text: field.source, invalid: true, nameForArn: name, partition: 'aws' };
    if (noTexts.has(field.value.kind)) return { ...base, text: field.source, invalid: true, partition: 'aws' };
    const partial =
      partialArn(field.value) ??
      otherByReference(meaning.expression) ??
      sidesOf(meaning.expression, module.scope) ??
      kindByReference(meaning.expression);
    return { ...base, text: field.source, partition: partitionSource(field), ...partial };
  }
  const arn = parsePrincipalArn(text);
  if (!arn) return { ...base, text, invalid: true, partition: 'aws' };
  const { kind, account, path, name } = arn;
  const known = { ...base, text, arn, account, path, name, partition: partitionSource(field) };
  return kind === 'role' || kind === 'user' ? { ...known, kind } : { ...known, otherKind: kind };
};

/** A number is no ARN, quoted or not, and neither is a list. */
const noTexts: ReadonlySet<string> = new Set(['number', 'bool', 'list', 'object']);

/** `aws_iam_role.x.arn` is a role, whatever list it stands in. */
const kindByReference = (expression: Expression): PartialArn => {
  const path = referencesOf(expression)[0]?.path ?? [];
  const type = path[0] === 'data' ? path[1] : path[0];
  if (type === 'aws_iam_role' || type === 'aws_iam_roles') return { kind: 'role' };
  return type === 'aws_iam_user' ? { kind: 'user' } : {};
};

/** The author's own partition where the ARN is a template with one, else cut from the ARN at plan time. */
const partitionSource = (field: Field): string => {
  const template = unwrapParentheses(field.expression);
  if (template.kind === 'template' && !template.heredoc) {
    const [first, second] = template.parts;
    const literal = first?.kind === 'literal' ? /^arn:([\w-]+):/.exec(first.text)?.[1] : undefined;
    if (literal !== undefined) return literal;
    if (first?.kind === 'literal' && first.text === 'arn:' && second?.kind === 'interpolation') {
      const start = second.range.start - field.expression.range.start;
      return field.source.slice(start, start + (second.range.end - second.range.start));
    }
  }
  return `\${split(":", ${inOneLine(field.source)})[1]}`;
};

/** A comment ends with its line, so an expression with one keeps its lines. */
export const inOneLine = (source: string): string =>
  /#|\/\/|<</.test(source) ? source : source.replace(/\s*\n\s*/g, ' ');
