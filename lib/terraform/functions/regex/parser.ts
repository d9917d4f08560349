/** Where the parser is in the pattern. `groups` are the names of those that capture. */
export type Parser = {
  readonly text: string;
  at: number;
  readonly groups: (string | undefined)[];
  flags: { readonly i: boolean; readonly m: boolean; readonly s: boolean };
  depth: number;
};

/** Thrown where RE2 refuses the pattern. */
export const invalid = new Error('invalid pattern');
