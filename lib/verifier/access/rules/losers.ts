import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import type { AccessContext, AccessRule } from '../context.ts';
import { lossesOf } from '../losses.ts';
import type { Compared } from '../principals.ts';
import { grantText, type Grant } from '../rights.ts';

/**
 * Who has more by aws-auth than by an entry. A binding of kind User goes by the username, so one that changes is a loss, too.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html
 */
export const losers: AccessRule = context =>
  context.compared
    .filter(({ lost, before }) => lost.length > 0 && before.length > 0)
    .flatMap(one => loser(one, context));

const loser = (one: Compared, { boundBy }: AccessContext): readonly Diagnostic[] => {
  const { principal, after, before, entry } = one;
  const wasAdmin = before.some(({ admin }) => admin === true);
  if (wasAdmin && after !== undefined && after.admin === undefined) {
    return [diagnose('TAE608', { principal })];
  }
  const { real, idle } = lossesOf(one, boundBy);
  if (real.length > 0) {
    const args = { principal, lost: listed(real), entry: entry !== undefined, checked: boundBy !== undefined };
    return [diagnose('TAE601', args)];
  }
  const lost = idle.map(({ grant, why }) => `${grantText(grant)} (${why})`);
  if (after === undefined) return [diagnose('TAE602', { principal, lost: ['access', ...lost].join(', ') })];
  return lost.length === 0 ? [] : [diagnose('TAE602', { principal, lost: lost.join(', ') })];
};

const listed = (grants: readonly Grant[]): string => grants.map(grantText).join(', ');
