import { diagnose } from '../../../diagnostics/index.ts';
import type { AccessRule } from '../context.ts';
import { grantText } from '../rights.ts';

/**
 * Who has more by an entry than by aws-auth. The entry is in force already: it is looked at here so that nobody has more by mistake.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export const gainers: AccessRule = ({ compared }) =>
  compared.flatMap(({ principal, gained, before, after }) => {
    const counted = gained.filter(({ kind }) => kind === 'group' || kind === 'admin' || kind === 'policy');
    const unknown = before.length === 0 && after !== undefined && after.admin === undefined;
    const grants = [...counted.map(grantText), ...(unknown ? ['policies that the snapshot does not have'] : [])];
    if (before.length > 0 && grants.length === 0) return [];
    if (after === undefined) return [];
    return [diagnose('TAE603', { principal, gained: grants.join(', '), row: before.length > 0 })];
  });
