import { creatorKey, creatorPolicyKey } from '../../parser/index.ts';
import { blocksOf } from '../../terraform/index.ts';
import type { Found } from './declarations.ts';
import { textOf } from './declared.ts';
import type { Place } from './place.ts';

/**
 * Why an address of the state may still be declared, as completes "the state has it at X, ...". Terraform refuses to move from
 * there ("Moved object still exists").
 */
export const holdsIn = (
  { module, entryAt, associationAt }: Place,
  { declared, unread, unnamedCreator }: Found,
  moduleAddress: string | undefined,
): ((address: string) => string | undefined) => {
  const prefix = moduleAddress === undefined ? '' : `${moduleAddress}.`;
  const creator = [entryAt(creatorKey), associationAt(`${creatorKey}_${creatorPolicyKey}`)];
  const known = new Set(
    [
      ...declared.flatMap(({ address, associations }) => [address, ...associations.map(own => own.address)]),
      ...(unnamedCreator === undefined ? [] : creator),
    ].map(textOf),
  );
  const modules = new Set(blocksOf(module, 'module').map(({ labels }) => labels[0]));
  const resources = new Set(blocksOf(module, 'resource').map(({ labels }) => labels.join('.')));
  return address => {
    if (!address.startsWith(prefix)) return 'which is outside of this directory';
    if (known.has(address)) return 'which the source declares, too';
    const own = address.slice(prefix.length);
    const [, label, rest = ''] = /^module\.([\w-]+)(?:\[[^\]]*\])?\.(.*)$/.exec(own) ?? [];
    if (label === undefined)
      return resources.has(own.replace(/\[.*$/, '')) ? 'which the source declares, too' : undefined;
    if (!modules.has(label)) return undefined;
    if (!/^aws_eks_access_(entry|policy_association)\.this\["/.test(rest)) return `which module.${label} may declare`;
    return unread.length > 0 ? 'which may still be declared, since access_entries cannot be read in full' : undefined;
  };
};
