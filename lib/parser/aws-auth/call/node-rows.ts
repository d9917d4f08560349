import { nodeGroups, nodeUsernames } from '../../../eks/index.ts';
import type { Range } from '../../../diagnostics/index.ts';
import { asValue, quote } from '../../../hcl/index.ts';

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
