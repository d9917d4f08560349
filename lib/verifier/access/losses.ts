import { type BoundBy, boundBySigningIn, countsUnbound } from './bindings.ts';
import type { Compared } from './principals.ts';
import { type Grant, grantText } from './rights.ts';

/**
 * Sorts what is lost: `real` is what somebody may miss, `idle` what nothing depends on, and why. Without the bindings every group and
 * every username may be bound.
 */
export const lossesOf = ({ lost, before, after }: Compared, boundBy: BoundBy | undefined) => {
  const admin = after?.admin === true;
  // No policy stands for the name and the group by which a node is known.
  const isNode = before.some(
    ({ username, admin: wasAdmin }) => wasAdmin !== true && countsUnbound({ kind: 'username', name: username }),
  );
  const whyIdle = (grant: Grant): string | undefined => {
    if (grant.kind !== 'group' && grant.kind !== 'username') return undefined;
    if (grant.name === '') return 'no binding can name it';
    if (admin && !(isNode && countsUnbound(grant))) return 'an administrator needs none';
    if (boundBy === undefined || countsUnbound(grant)) return undefined;
    return boundBy(grant).length === 0 ? 'nothing is bound to it' : undefined;
  };
  const named = lost.filter(({ kind }) => kind !== 'access').map(grant => ({ grant, why: whyIdle(grant) }));
  const idle = named.flatMap(({ grant, why }) => (why === undefined ? [] : [`${grantText(grant)} (${why})`]));
  const real = named.filter(({ why }) => why === undefined).map(({ grant }) => grant);
  // Who has nothing bound has lost nothing but to be let in: that alone counts where something is bound to all who are.
  const isMissed = real.length > 0 || boundBy === undefined || boundBySigningIn(boundBy);
  const access = lost.filter(({ kind }) => kind === 'access' && isMissed);
  return { real: [...access, ...real], idle };
};
