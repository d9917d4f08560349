import { diagnose } from '../../diagnostics/index.ts';
import { isSsoRoleName } from '../../eks/index.ts';
import { principalOf, roleBlock, type Principal } from '../../transformer/index.ts';
import { referencesOf, type RootModule } from '../../terraform/index.ts';
import { entriesOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * aws-auth needs role ARNs without their path, an entry needs them with it. Roles of Identity Center always have one.
 * Sources: EKS user guide, creating-access-entries; terraform-aws-modules/eks issue 2969.
 */
export const rolePath: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const field = entry.written.principal;
    if (!field) return [];
    const principal = principalOf(field, entry.module);
    if (!isPathless(principal) && !isStripped(principal, entry.module)) return [];
    return [diagnose('TAE711', { entry: entry.name, principal: principal.text }, field.range)];
  });

const isPathless = ({ kind, path, name }: Principal): boolean =>
  kind === 'role' && path === '/' && isSsoRoleName(name ?? '');

/** Its path is taken off, and it is known to have one. */
const isStripped = ({ whole, meaning }: Principal, module: RootModule): boolean =>
  whole !== undefined &&
  referencesOf(meaning.expression).some(reference => roleBlock(module, reference)?.path === 'some');
