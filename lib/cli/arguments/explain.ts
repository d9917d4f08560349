import type { FlagsOf, Syntax } from './syntax.ts';

export const explainSyntax = {
  name: 'explain',
  summary: 'Print the page of a code',
  usage: '<code>',
  about: 'Prints the page of a code.',
  positional: { name: 'code', about: 'A code such as TAE317' },
  options: {},
} as const satisfies Syntax;

export type ExplainFlags = FlagsOf<typeof explainSyntax>;
