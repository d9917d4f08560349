import type { Range } from '../../../diagnostics/index.ts';
import {
  attribute,
  carryLines,
  carryRange,
  hasComments,
  indent,
  linesAround,
  removeAttribute,
  removeItem,
  sourceOf,
  unwrapParentheses,
  wholeLines,
  type Attribute,
  type Edit,
  type HclFile,
  type ObjectItem,
} from '../../../hcl/index.ts';
import { commentsOfArgument, type ModuleCall } from '../../../parser/index.ts';
import { rolesValue } from './roles.ts';
import type { Split } from '../../splits.ts';

/**
 * The call of modules/aws-auth with what the eks call said about aws-auth, comments included. `edits` are those that the carried
 * text gets, `release` is the version of both.
 */
export const awsAuthCall = (
  { cluster: { call }, mapping }: Split,
  label: string,
  release: string,
  edits: readonly Edit[],
): string => {
  const { block } = call;
  const { body, in: file } = block;
  const find = (name: string): Attribute | undefined => attribute(body, name);
  const carry = (name: string): readonly string[] => {
    const argument = find(name);
    return argument ? [carryLines(file, argument.range, edits)] : [];
  };
  const repetition = ['count', 'for_each'].flatMap(carry);
  const provider = providerItem(call);
  const { createConfigMap, manageConfigMap, create, form } = mapping;
  const flags = [
    ...(create.attribute ? [`  create = ${carryRange(file, create.attribute.value.range, edits)}`] : []),
    ...(createConfigMap ? carry(createConfigMap.name) : []),
    // The default of the submodule is true.
    ...(manageConfigMap.attribute ? carry(manageConfigMap.name) : [`  ${manageConfigMap.name} = false`]),
  ];
  const roles = rolesLines(mapping, find('aws_auth_roles'), edits);
  // What an argument without rows said stands above the rows of the others.
  const remarks = form.others
    .filter(name => mapping.added.every(({ argument }) => argument !== name))
    .flatMap(name => find(name) ?? [])
    .flatMap(found => commentsOfArgument(file, found));
  const lists = form.rows.filter(([, list]) => list !== 'roles').flatMap(([name]) => carry(name));
  const paragraphs = [
    sourceLines(call, release),
    repetition.join('\n'),
    provider ? printProviders(call, provider, edits) : '',
    flags.join('\n'),
    indent(remarks.join('\n'), 2),
    ...(roles === undefined ? [] : [roles]),
    ...lists,
  ];
  return `module "${label}" {\n${paragraphs.filter(text => text !== '').join('\n\n')}\n}`;
};

/** An argument with comments and no other provider goes as it is. */
const printProviders = ({ block }: ModuleCall, item: ObjectItem, edits: readonly Edit[]): string => {
  const { in: file, body } = block;
  const given = attribute(body, 'providers');
  const inner = wholeLines(file, item.range) ?? item.range;
  const outer = given && (wholeLines(file, given.range) ?? given.range);
  const isAlone = given?.value.kind === 'object' && given.value.items.length === 1;
  const around = outer && [
    { start: outer.start, end: inner.start },
    { start: inner.end, end: outer.end },
  ];
  if (given && isAlone && around?.some(extent => hasComments(file, extent)))
    return indentedLines(file, given.range, edits, '  ');
  return `  providers = {\n${indentedLines(file, item.range, edits, '    ')}\n  }`;
};

const sourceLines = ({ block, source }: ModuleCall, release: string): string => {
  const found = attribute(block.body, 'source');
  const text = found ? sourceOf(block.in.text, unwrapParentheses(found.value).range) : '""';
  const [address = '', query] = text.slice(1, -1).split('?', 2);
  const inner = `${address}//modules/aws-auth`;
  if (source.kind === 'git' && query !== undefined) {
    return `  source = "${inner}?${query.replace(/(^|&)ref=[^&]*/, `$1ref=v${release}`)}"`;
  }
  return `  source = "${inner}"\n  version = "${release}"`;
};

/** The rows of the author with the comments above the argument, and before them those that the module added by itself. */
const rolesLines = (
  { block, added }: Split['mapping'],
  given: Attribute | undefined,
  edits: readonly Edit[],
): string | undefined => {
  const file = block.in;
  const value = rolesValue(file, given, added, edits);
  if (value === undefined) return undefined;
  if (!given) return `  aws_auth_roles = ${value}`;
  const [before, after] = linesAround(file, given.range, given.value.range);
  return `${before}${value}${after}`;
};

/** What leaves the eks call: the arguments about aws-auth, and the kubernetes provider, which version 20 does not have. */
export const leaving = ({ cluster: { call } }: Split, moved: readonly Attribute[]): readonly Edit[] => {
  const { block } = call;
  const providers = attribute(block.body, 'providers');
  const object = providers?.value.kind === 'object' ? providers.value : undefined;
  const item = providerItem(call);
  return [
    ...moved.map(argument => removeAttribute(block.in, argument)),
    ...(providers && object && item
      ? object.items.length === 1
        ? [removeAttribute(block.in, providers)]
        : removeItem(block.in, object, object.items.indexOf(item))
      : []),
  ];
};

/** `kubernetes = kubernetes.eks` of `providers`. */
const providerItem = ({ block }: ModuleCall): ObjectItem | undefined => {
  const providers = attribute(block.body, 'providers')?.value;
  return providers?.kind === 'object' ? providers.items.find(({ name }) => name === 'kubernetes') : undefined;
};

/** What shares a line with something else has no indentation of its own. */
const indentedLines = (file: HclFile, range: Range, edits: readonly Edit[], by: string): string => {
  const lines = carryLines(file, range, edits);
  return lines.startsWith(' ') || lines.startsWith('\t') ? lines : indent(lines, by);
};
