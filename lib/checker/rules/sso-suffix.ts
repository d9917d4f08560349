import { diagnose } from '../../diagnostics/index.ts';
import { isSsoRoleName } from '../../eks/index.ts';
import { principalOf } from '../../transformer/index.ts';
import { entriesOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * A permission set that is assigned anew gets a role with another suffix. Source: IAM Identity Center user guide,
 * referencingpermissionsets.
 */
export const ssoSuffix: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const field = entry.written.principal;
    const { name = '', path = '/' } = field ? principalOf(field, entry.module) : {};
    if (!field || path === '/' || !isSsoRoleName(name)) return [];
    return [diagnose('TAE713', { entry: entry.name, role: name }, field.range)];
  });
