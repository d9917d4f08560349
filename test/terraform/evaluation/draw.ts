import fc from 'fast-check';

/** What a generated expression is: `used` names its constructs and functions, one entry each time; `depth` is how deep they nest. */
export type Generated = { readonly text: string; readonly used: readonly string[]; readonly depth: number };

export type Kind = 'string' | 'number' | 'bool' | 'strings' | 'numbers' | 'list' | 'object' | 'objects' | 'any';

/** Makes choices, and keeps account of what has been made. */
export type Draw = {
  readonly below: (limit: number) => number;
  readonly names: readonly { readonly name: string; readonly kind: Kind }[];
  /** Inside of a quoted template there are no heredocs. */
  readonly quoted: boolean;
  readonly account: { used: string[]; depth: number };
  readonly level: number;
};

/** A rule writes one construct; `make` is asked for what goes inside. */
export type Rule = {
  readonly name: string;
  readonly write: (draw: Draw, make: (kind: Kind, draw?: Draw) => string) => string;
};

export const pick = <T>(draw: Draw, choices: readonly T[]): T => choices[draw.below(choices.length)]!;

export const chance = (draw: Draw, oneIn: number): boolean => draw.below(oneIn) === 0;

export const quoted = (draw: Draw): Draw => ({ ...draw, quoted: true });

export const withNames = (draw: Draw, ...names: readonly { readonly name: string; readonly kind: Kind }[]): Draw => ({
  ...draw,
  names: [...draw.names.filter(({ name }) => names.every(other => other.name !== name)), ...names],
});

/** An expression of any kind, from rules by kind. Once in a while one of a wrong kind, so that there are errors. */
export const arbitraryFrom = (
  rules: Readonly<Record<Kind, readonly Rule[]>>,
  leaves: Readonly<Record<Kind, readonly Rule[]>>,
): fc.Arbitrary<Generated> =>
  fc.gen().map(choose => {
    const account: Draw['account'] = { used: [], depth: 0 };
    const below = (limit: number): number => choose(fc.nat, limit - 1);
    const levels = 2 + below(4);
    const make = (kind: Kind, draw: Draw): string => {
      const wanted = draw.level > 0 && chance(draw, 40) ? 'any' : kind;
      const rule = pick(draw, draw.level >= levels ? leaves[wanted] : rules[wanted]);
      account.used.push(rule.name);
      account.depth = Math.max(account.depth, draw.level + 1);
      return rule.write(draw, (inner, other = draw) => make(inner, { ...other, level: draw.level + 1 }));
    };
    const start: Draw = { below, names: [], quoted: false, account, level: 0 };
    const text = make('any', start);
    // A sensitive value inside of others makes Terraform 1.6 panic now and then.
    if (below(40) > 0) return { text, ...account };
    return { text: `sensitive(${text})`, used: [...account.used, 'sensitive'], depth: account.depth + 1 };
  });
