import { moduleArgument, moduleOptions } from './options.ts';
import type { FlagsOf, Syntax } from './syntax.ts';

export const statusSyntax = {
  name: 'status',
  summary: 'Name the phase of the source, the rows and the blockers',
  usage: '<path>',
  about: 'Says at which phase the source is, what the rows become and what blocks. Writes nothing.',
  positional: moduleArgument,
  options: moduleOptions,
} as const satisfies Syntax;

export type StatusFlags = FlagsOf<typeof statusSyntax>;
