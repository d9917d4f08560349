import type { Expression } from '../../hcl/index.ts';
import type { Range } from '../../diagnostics/index.ts';
import type { Value } from '../../terraform/index.ts';

export type RowList = 'roles' | 'users' | 'accounts' | 'node-role-arns';

/** An expression of a row: its source for what is written, its value as far as the source tells it. */
export type Field = {
  readonly source: string;
  readonly expression: Expression;
  readonly value: Value;
  /** Where it stands in the source. An expanded \`for\` has an expression of its own, with ranges that are not of the source. */
  readonly range: Range;
  /** White space before the line on which the expression begins. */
  readonly indentation: string;
  /** Of a principal that is a local's name, or a member of one: what that stands for. */
  readonly meaning?: Meaning;
};

export type Meaning = { readonly source: string; readonly expression: Expression };

/** A part of an expression, with its text. */
export const partOfMeaning = ({ source, expression }: Meaning, part: Expression): Meaning => {
  const start = part.range.start - expression.range.start;
  return { source: source.slice(start, start + part.range.end - part.range.start), expression: part };
};

/** What a field says, with a local's name followed. */
export const meaningOf = (field: Field): Meaning => field.meaning ?? field;

/** One item of the mapping, in source order within its list. */
export type Row = {
  readonly list: RowList;
  /** The argument it stands in, `aws_auth_roles`; the data of the ConfigMap where the row is live. */
  readonly argument: string;
  readonly index: number;
  /** Where it stands, for messages, when that is no item of a list. */
  readonly position?: string;
  readonly origin: Range;
  readonly principal?: Field;
  readonly username?: Field;
  readonly groups?: Field;
  /** The keys of the object, as they are written. */
  readonly keys?: readonly string[];
  /** HCL of the conditions under which the row is in force: all of them at once. */
  readonly guards: readonly string[];
  /** Comment lines above and beside the row, as written, without indentation. */
  readonly comments: readonly string[];
  /** What is wrong with the row's shape; completes "The row ...". */
  readonly problem?: string;
  /** Of a row that the module adds by itself: whose it is, where the source does not tell the role. */
  readonly unclear?: string;
  /** It stands for the rows of all groups of an output, which is its principal. */
  readonly many?: true;
  /** It stands in the live ConfigMap, not in the source. */
  readonly live?: true;
  /** Set when the item is no object at all: "a reference", "a function call". */
  readonly opaque?: string;
};

/** Where a row stands in its list, for messages: `aws_auth_roles[0]`, or `mapRoles[0]` of the ConfigMap. */
export const positionOf = ({ argument, index, position }: Pick<Row, 'argument' | 'index' | 'position'>): string =>
  position ?? `${argument}[${index}]`;
