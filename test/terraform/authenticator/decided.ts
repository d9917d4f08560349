import type { Answer } from './authenticator.ts';

/** A comparison that failed: what was found, and what the authenticator says. */
type Failed = { readonly of: string; readonly found: unknown; readonly right: unknown; readonly answer: Answer };

type Decision = { readonly reason: string; readonly source: string; readonly is: (failed: Failed) => boolean };

/** Differences that are there on purpose. */
const decisions: readonly Decision[] = [
  {
    reason: 'a file with what is not read here is refused as a whole, whatever the authenticator makes of it (TAE022)',
    source: 'lib/terraform/yaml.ts (YamlTooLarge)',
    is: ({ of, found }) =>
      of === 'refused' && typeof found === 'string' && /anchor .* inside of itself|which is not read here/.test(found),
  },
];

export const reasonOf = (failed: Failed): string | undefined => decisions.find(({ is }) => is(failed))?.reason;
