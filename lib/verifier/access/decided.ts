import type { Config } from '../../config/config.ts';
import { mastersGroup } from '../../eks/index.ts';
import type { Grant } from './rights.ts';

/** Whether a person has decided in the config that somebody goes without something. Principals by any of their spellings. */
export type Decided = (principals: readonly string[], grant: Grant) => boolean;

/** The codes whose acceptance gives up a username. */
const usernameCodes = ['TAE316', 'TAE319'];

/**
 * What the config gives up: all that a dropped principal has, a username that is left out, a group that becomes something else, and
 * system:masters where other policies take its place. A principal counts as it stands in the ConfigMap.
 */
export const decidedBy =
  ({ drop = [], accept = [], groups = {}, principals: decisions = {} }: Config): Decided =>
  (principals, { kind, name }) => {
    const is = (principal: string): boolean => principals.includes(principal);
    if (drop.some(({ principal }) => is(principal))) return true;
    if (kind === 'username') return accept.some(({ principal, code }) => usernameCodes.includes(code) && is(principal));
    if (kind === 'group') return name !== mastersGroup && Object.hasOwn(groups, name);
    return kind === 'admin' && Object.entries(decisions).some(([principal, { policies }]) => policies && is(principal));
  };
