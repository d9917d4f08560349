import { isNodeGroup, isNodeUsername } from '../../eks/index.ts';
import {
  fargateProfiles,
  managedGroups,
  managedGroups17,
  type NodeGroupForm,
  groupForms,
} from '../../eks/node-group-forms.ts';
import {
  stringValue,
  unwrapParentheses,
  type Expression,
  type ForExpression,
  attribute,
  quote,
} from '../../hcl/index.ts';
import { referencesOf, type RootModule } from '../../terraform/index.ts';
import { findModuleCalls, type ModuleCall } from '../clusters/module-call.ts';
import { partOf, placeOf, textOf, type Piece, type Item } from './piece.ts';
import { keysOf, resolve } from './resolve.ts';

/** What EKS makes entries for, by an output of the eks module. */
const forms: readonly NodeGroupForm[] = [managedGroups, fargateProfiles, managedGroups17];

/**
 * A `for` over all managed groups or Fargate profiles of a module that makes the node row of each: one row that stands for all of
 * them, its principal being the output. EKS makes their entries, so that nobody has to know how many they are.
 */
export const rowOfGroups = (module: RootModule, piece: Piece): Piece | undefined => {
  const { expression } = piece;
  // Whatever it leaves out: EKS makes the entries of those that are left.
  if (expression.kind !== 'for' || expression.object) return undefined;
  const row = unwrapParentheses(expression.value);
  if (row.kind !== 'object' || row.items.length !== 3) return undefined;
  const find = (key: string): Expression | undefined => row.items.find(({ name }) => name === key)?.value;
  const [role, username, groups] = ['rolearn', 'username', 'groups'].map(find);
  const output = role && outputOf(module, expression, role);
  if (!output || !username || !groups || !isNodeRow(username, groups)) return undefined;
  const text = (part: Expression): string => textOf(partOf(piece, part));
  const written = `{ rolearn = ${text(output)}, username = ${text(username)}, groups = ${text(groups)} }`;
  return { ...module.parseExpression(written), at: placeOf(piece) };
};

const isNodeRow = (username: Expression, groups: Expression): boolean =>
  isNodeUsername(stringValue(username) ?? '') &&
  groups.kind === 'tuple' &&
  groups.items.every(group => isNodeGroup(stringValue(group) ?? ''));

/** The output that the `for` runs over, `role` being what it makes of each item. */
const outputOf = (module: RootModule, { of, valueName }: ForExpression, role: Expression): Expression | undefined => {
  const whole = wholeOutput(module, of);
  if (whole) return isMember(role, valueName, whole.members) ? whole.output : undefined;
  // The roles of the groups, each once: `distinct(compact([for group in module.eks.fargate_profiles : group.iam_role_arn]))`.
  const roles = withoutFilters(of);
  if (roles.kind !== 'for' || roles.object || !isVariable(role, valueName)) return undefined;
  const inner = wholeOutput(module, roles.of);
  return inner && isMember(roles.value, roles.valueName, inner.members) ? inner.output : undefined;
};

const withoutFilters = (expression: Expression): Expression => {
  const inner = unwrapParentheses(expression);
  const [only, other] = inner.kind === 'call' ? inner.args : [];
  return inner.kind === 'call' && ['distinct', 'compact'].includes(inner.name) && only && !other
    ? withoutFilters(only)
    : inner;
};

const wholeOutput = (
  module: RootModule,
  expression: Expression,
): { readonly output: Expression; readonly members: readonly string[] } | undefined => {
  const output = unwrapParentheses(expression);
  const found = outputOfEks(module, output);
  const form = found && forms.find(({ argument }) => argument === found.name);
  return form && { output, members: form.arns };
};

/** The call of the eks module and the name of its output, where an expression is one as a whole. */
const outputOfEks = (
  module: RootModule,
  expression: Expression,
): { readonly call: ModuleCall; readonly name: string } | undefined => {
  const [reference, other] = referencesOf(expression);
  const [root, label, name = '', more] = reference?.path ?? [];
  if (expression.kind !== 'get' || root !== 'module' || expression.name !== name || other || more) return undefined;
  const call = findModuleCalls(module).find(one => one.label === label && one.source.submodule === undefined);
  return call && { call, name };
};

const isMember = (expression: Expression, variable: string, names: readonly string[]): boolean =>
  expression.kind === 'get' && names.includes(expression.name) && isVariable(expression.of, variable);

const isVariable = (expression: Expression, name: string): boolean =>
  expression.kind === 'variable' && expression.name === name;

/** Outputs of the eks module that have one member for each item of the argument of the same name. */
const outputs: readonly string[] = groupForms.map(({ argument }) => argument);

/**
 * `module.eks.eks_managed_node_groups`: what is in a group only a plan knows, which groups there are the call tells.
 * Source: terraform-aws-modules/eks 20 and 21, node_groups.tf and outputs.tf.
 */
export const groupItems = (module: RootModule, piece: Piece): readonly Item[] | undefined => {
  const { call, name: output = '' } = outputOfEks(module, piece.expression) ?? {};
  const argument = outputs.includes(output) && call && attribute(call.block.body, output);
  if (!argument) return undefined;
  const groups = resolve(module, { expression: argument.value, file: call.block.in });
  const names = groups.expression.kind === 'object' ? keysOf(module, groups.expression) : undefined;
  return (
    names &&
    [...new Set(names)].toSorted().map(name => ({
      key: quote(name),
      value: { ...module.parseExpression(`${call.address}.${output}[${quote(name)}]`), at: placeOf(piece) },
      comments: [],
    }))
  );
};
