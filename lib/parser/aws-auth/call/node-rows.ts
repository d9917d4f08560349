import { nodeGroups, nodeUsernames } from '../../../eks/index.ts';
import type { Range } from '../../../diagnostics/index.ts';
import { asValue, quote, attribute, wholeLines, type Attribute, type HclFile } from '../../../hcl/index.ts';
import { commentsIn } from '../../expressions/comments.ts';
import { evaluate, knownString, type RootModule } from '../../../terraform/index.ts';
import { normalizeSource } from '../../expressions/identity.ts';
import { readList, type Part } from '../../expressions/read-list.ts';
import { placeOf, textOf, type Piece } from '../../expressions/piece.ts';
import type { ModuleCall } from '../../clusters/module-call.ts';

/** What a row lets in. Source: aws_auth.tf of terraform-aws-modules/eks 17.24.0, main.tf of 18.20.0 to 19.21.0. */
export type NodeSystem = 'linux' | 'windows' | 'fargate';

/** Rows that a release before version 20 adds by itself: one, or a list of them where only a plan knows the roles. */
export type AddedRows = {
  readonly kind: 'row' | 'list';
  /** HCL of the role, or of the list of roles. */
  readonly principal: string;
  /** Where the principal stands in the source, where it does. */
  readonly principalAt?: Range;
  /** Of a row: what it has in common with another of the same role, as far as the source tells. */
  readonly role?: string;
  readonly system: NodeSystem;
  /** Where in the source they come from. */
  readonly at: Range;
  readonly argument: string;
  readonly index: number;
  readonly position?: string;
  readonly comments: readonly string[];
  /** Of the first row of an argument: the comments that belong to the argument. */
  readonly heading?: readonly string[];
  readonly guards: readonly string[];
  /** Whose rows they are, where the source does not tell the role. */
  readonly unclear?: string;
};

/** Rows of an argument that is not about aws-auth. */
export const rowsOfArgument = (
  kind: AddedRows['kind'],
  argument: string,
  at: Range,
  principal: string,
  system: NodeSystem,
): AddedRows => ({ kind, argument, at, principal, system, index: 0, comments: [], guards: [] });

/** In the order in which the old module writes them, so that the ConfigMap stays as it is. */
const groupsOf: Readonly<Record<NodeSystem, readonly string[]>> = {
  linux: [nodeGroups.bootstrappers, nodeGroups.nodes],
  windows: [nodeGroups.windows, nodeGroups.bootstrappers, nodeGroups.nodes],
  fargate: [nodeGroups.bootstrappers, nodeGroups.nodes, nodeGroups.fargate],
};

/** The rows as they would be written out: one row, or a list of them. */
export const textOfAdded = ({ kind, system }: AddedRows, principal: string): string =>
  (kind === 'row' ? nodeRowText : nodeRowsText)(principal, system);

const nodeRowText = (principal: string, system: NodeSystem): string =>
  [
    '{',
    `  rolearn  = ${asValue(principal)}`,
    `  username = ${quote(system === 'fargate' ? nodeUsernames.session : nodeUsernames.ec2)}`,
    `  groups   = [${groupsOf[system].map(quote).join(', ')}]`,
    '}',
  ].join('\n');

/** The rows of a list of roles: as the old module does, each once, and none for what is null or empty. */
const nodeRowsText = (principals: string, system: NodeSystem): string => {
  const row = nodeRowText('role_arn', system).replaceAll('\n', '\n  ');
  return `[\n  for role_arn in distinct(compact(${principals})) : ${row}\n]`;
};

/** The rows that an argument with ARNs of node roles stands for. The module leaves out what is null or empty. */
export const rowsOfArns = (
  module: RootModule,
  { block }: ModuleCall,
  argument: string,
  system: NodeSystem,
): readonly AddedRows[] => {
  const found = attribute(block.body, argument);
  if (!found) return [];
  return readList(module, { expression: found.value, file: block.in })
    .filter(({ kind, piece }) => kind === 'list' || !isNothing(module, piece))
    .map(({ kind, piece, comments, guards }, index, all) => ({
      ...(index === 0 ? { heading: headingOf(block.in, found, all) } : {}),
      kind: kind === 'item' ? 'row' : 'list',
      principal: textOf(piece),
      ...(piece.at ? {} : { principalAt: piece.expression.range }),
      ...(kind === 'item' ? { role: roleOf(module, piece) } : {}),
      system,
      at: placeOf(piece),
      argument,
      index,
      comments,
      guards,
    }));
};

/** The comments above the argument, in it and behind it, but for what belongs to an item already. */
const headingOf = (file: HclFile, argument: Attribute, parts: readonly Part[]): readonly string[] => {
  const known = parts.flatMap(({ comments }) => comments);
  const written = parts.flatMap(({ piece }) => (piece.at ? [] : [piece.expression.range]));
  return commentsOfArgument(file, argument, written).filter(text => {
    const at = known.indexOf(text);
    if (at !== -1) known.splice(at, 1);
    return at === -1;
  });
};

/** All comments on the lines of an argument and right above it. */
export const commentsOfArgument = (
  file: HclFile,
  { range }: Attribute,
  except: readonly Range[] = [],
): readonly string[] => commentsIn(file, wholeLines(file, range) ?? range, except);

/** The ARN, or the expression that gives it. */
const roleOf = (module: RootModule, piece: Piece): string =>
  knownString(evaluate(piece.expression, module.scope)) ?? normalizeSource(textOf(piece));

const isNothing = (module: RootModule, { expression }: Piece): boolean => {
  const value = evaluate(expression, module.scope);
  return value.kind === 'null' || knownString(value) === '';
};
