import type { Range } from '../diagnostics/range.ts';

/**
 * Our own tree of a native-syntax HCL file. Every node carries its range, so text is always cut from the source and never
 * printed from the tree. The shape follows HCL's specification (github.com/hashicorp/hcl, hclsyntax/spec.md), not the
 * grammar that produced it: conditionals are grouped to the right and operators by precedence.
 */
export type HclFile = {
  readonly file: string;
  readonly text: string;
  readonly body: Body;
  readonly comments: readonly Comment[];
};

export type Comment = { readonly range: Range; readonly text: string };

/** `items` in source order; `range` spans what lies between the braces (the whole file for the outermost body). */
export type Body = { readonly range: Range; readonly items: readonly (Attribute | Block)[] };

/** `range` from the name to the end of the value, without a trailing comment or newline. */
export type Attribute = {
  readonly kind: 'attribute';
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  readonly value: Expression;
};

/** `range` from the type to the closing brace; `labels` unquoted. */
export type Block = {
  readonly kind: 'block';
  readonly type: string;
  readonly labels: readonly string[];
  readonly range: Range;
  readonly headerRange: Range;
  readonly body: Body;
  /** The inputs of Terragrunt, read as a call of the module that they are for. It has no label. */
  readonly isUnit?: true;
};

export type Expression =
  | NumberLiteral
  | BoolLiteral
  | NullLiteral
  | Template
  | Tuple
  | ObjectExpression
  | Call
  | Variable
  | GetAttribute
  | Index
  | Splat
  | Conditional
  | Binary
  | Unary
  | Parentheses
  | ForExpression
  | Opaque;

/** `text` as written: a number never passes through a JavaScript number. */
export type NumberLiteral = { readonly kind: 'number'; readonly range: Range; readonly text: string };
export type BoolLiteral = { readonly kind: 'bool'; readonly range: Range; readonly value: boolean };
export type NullLiteral = { readonly kind: 'null'; readonly range: Range };

/**
 * A quoted string or a heredoc. `parts` are decoded literals and interpolated expressions; a plain string has one literal
 * part (none when empty). With a directive (`%{ if }`, `%{ for }`) or an ambiguous escape the whole content is one `opaque` part.
 */
export type Template = {
  readonly kind: 'template';
  readonly range: Range;
  readonly heredoc: boolean;
  readonly parts: readonly TemplatePart[];
};
export type TemplatePart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'interpolation'; readonly range: Range; readonly value: Expression }
  | Opaque;

export type Tuple = { readonly kind: 'tuple'; readonly range: Range; readonly items: readonly Expression[] };

export type ObjectExpression = {
  readonly kind: 'object';
  readonly range: Range;
  readonly items: readonly ObjectItem[];
};

/** `range` from the key to the end of the value. `name` is set when the key is a bare word or a plain quoted string. */
export type ObjectItem = {
  readonly range: Range;
  readonly key: Expression;
  readonly name?: string;
  readonly value: Expression;
};

/** `name` may be a provider function: `provider::aws::arn_parse`. `expand` when the last argument ends in `...`. */
export type Call = {
  readonly kind: 'call';
  readonly range: Range;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly expand: boolean;
};

export type Variable = { readonly kind: 'variable'; readonly range: Range; readonly name: string };
export type GetAttribute = {
  readonly kind: 'get';
  readonly range: Range;
  readonly of: Expression;
  readonly name: string;
};
export type Index = {
  readonly kind: 'index';
  readonly range: Range;
  readonly of: Expression;
  readonly key: Expression;
};

/**
 * `of[*]` (full) or `of.*`. The steps apply to each item, not to the result: a full splat takes every step to its right, stars
 * included (`a[*].b[*].c` is a list of lists), `of.*` takes names and legacy indexes only (`a.*.b[0]` is `(a.*.b)[0]`).
 */
export type Splat = {
  readonly kind: 'splat';
  readonly range: Range;
  readonly of: Expression;
  readonly full: boolean;
  readonly steps: readonly SplatStep[];
};
export type SplatStep =
  | { readonly kind: 'get'; readonly name: string }
  | { readonly kind: 'index'; readonly key: Expression }
  | { readonly kind: 'splat'; readonly full: boolean; readonly steps: readonly SplatStep[] };

export type Conditional = {
  readonly kind: 'conditional';
  readonly range: Range;
  readonly condition: Expression;
  readonly then: Expression;
  readonly else: Expression;
};
export type Binary = {
  readonly kind: 'binary';
  readonly range: Range;
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
};
export type Unary = {
  readonly kind: 'unary';
  readonly range: Range;
  readonly operator: '-' | '!';
  readonly operand: Expression;
};
export type Parentheses = { readonly kind: 'parentheses'; readonly range: Range; readonly inner: Expression };

/** `[for k, v in of : value if condition]` or, with `key`, `{for ... : key => value... if condition}`. */
export type ForExpression = {
  readonly kind: 'for';
  readonly range: Range;
  readonly keyName?: string;
  readonly valueName: string;
  readonly of: Expression;
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  readonly grouped: boolean;
  readonly object: boolean;
};

/**
 * Text the tree cannot vouch for; `why` completes "cannot be read: ...". `inside` holds the expressions found in it, for those
 * who look for references: what they mean there is unknown. With `reading` only its source cannot be cut: that is what the
 * content of a template with directives means, `%{ if }` as a conditional and `%{ for }` as `join("", [for ...])`.
 */
export type Opaque = {
  readonly kind: 'opaque';
  readonly range: Range;
  readonly why: string;
  readonly inside: readonly Expression[];
  readonly reading?: readonly TemplatePart[];
};
