import { countsUnbound, type BoundBy } from './bindings.ts';
import type { Compared } from './principals.ts';
import type { Grant } from './rights.ts';

export type Losses = {
  /** What somebody may miss. */
  readonly real: readonly Grant[];
  /** What nothing depends on, and why. */
  readonly idle: readonly { readonly grant: Grant; readonly why: string }[];
};

/** Sorts what is lost. Without the bindings every group and every username may be bound. */
export const lossesOf = ({ lost, after }: Compared, boundBy: BoundBy | undefined): Losses => {
  const admin = after?.admin === true;
  const whyIdle = (grant: Grant): string | undefined => {
    if (grant.kind !== 'group' && grant.kind !== 'username') return undefined;
    if (grant.name === '') return 'no binding can name it';
    if (admin) return 'an administrator needs none';
    if (boundBy === undefined || countsUnbound(grant)) return undefined;
    return boundBy(grant).length === 0 ? 'nothing is bound to it' : undefined;
  };
  const named = lost.filter(({ kind }) => kind !== 'access').map(grant => ({ grant, why: whyIdle(grant) }));
  const idle = named.flatMap(({ grant, why }) => (why === undefined ? [] : [{ grant, why }]));
  const real = named.filter(({ why }) => why === undefined).map(({ grant }) => grant);
  // Who has nothing bound has lost nothing but to be let in.
  const access = lost.filter(({ kind }) => kind === 'access' && (real.length > 0 || boundBy === undefined));
  return { real: [...access, ...real], idle };
};
