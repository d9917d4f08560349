import type { Answer, Build } from './authenticator.ts';

/** A comparison that failed: what was found, and what the authenticator says, of a principal or of all. */
type Failed = {
  readonly of: string;
  readonly found: unknown;
  readonly right: unknown;
  readonly answer: Answer;
  readonly build: Build;
  readonly principal?: string;
};

/** `reason` is undefined for a difference that is none of these. */
type Decision = { readonly source: string; readonly reason: (failed: Failed) => string | undefined };

/** What is refused here as a whole, whatever the authenticator makes of it (TAE022). */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/line \d+ has a tab before its text, which YAML readers take in different ways/, 'a tab in place of a token'],
  [/line \d+ cannot be read here .*, and the authenticator may read it/, 'a text that the package cannot read'],
  [
    /line \d+ has (?:the name of an anchor|signs in brackets without quotes|a quote|a quote or an escape|a key that is not right before its ":"|a key without a ":"), which/,
    'a text that Go takes more narrowly',
  ],
  [
    /line \d+ is indented less than the first one, which YAML readers take in different ways/,
    'a line before the first column',
  ],
  [/the character U\+\w+, which YAML readers take in different ways/, 'a line separator, or a byte order mark inside'],
  [/holds !!\w+, which YAML readers take in different ways/, 'a tag with a format of its own'],
  [/anchor .* inside of itself/, 'an alias of what it stands in'],
];

/** Partitions that v0.6.0 does not know. */
const later = /^arn:aws-(?:iso-e|iso-f|eusc):/;

/** Differences that are there on purpose. */
const decisions: readonly Decision[] = [
  {
    source: 'lib/terraform/yaml.ts (YamlTooLarge)',
    reason: ({ of, found }) => {
      if (of !== 'refused' || typeof found !== 'string') return undefined;
      const [, what] = refusals.find(([text]) => text.test(found)) ?? [];
      return what && `refused: ${what}`;
    },
  },
  {
    source:
      'v0.6.0, pkg/arn/arn.go (checkPartition), asks aws-sdk-go v1.44.107 for the partitions, and v0.7.18 has a list of its own in pkg/endpoints; a cluster of a later partition runs a release that knows it',
    reason: ({ build, principal = '', right }) =>
      build.tag === 'v06' && later.test(principal) && Array.isArray(right) && right.length === 0
        ? 'a partition that is newer than the release'
        : undefined,
  },
];

export const reasonOf = (failed: Failed): string | undefined =>
  decisions.map(({ reason }) => reason(failed)).find(reason => reason !== undefined);
