/** Code points from and to, both included. */
export type CodeRange = readonly [from: number, to: number];

/** A regular expression of RE2's kind, which Terraform has. `index` of a group that captures counts from one. */
export type Regex =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly ranges: readonly CodeRange[]; readonly negated: boolean }
  | { readonly kind: 'assertion'; readonly at: Place }
  | { readonly kind: 'group'; readonly index: number; readonly inner: Regex }
  | { readonly kind: 'sequence'; readonly items: readonly Regex[] }
  | { readonly kind: 'choice'; readonly items: readonly Regex[] }
  | {
      readonly kind: 'repeat';
      readonly inner: Regex;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    };

export type Place = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';
