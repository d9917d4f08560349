import { attribute, sourceOf } from '../../hcl/index.ts';
import { creatorKey, creatorPolicyKey, normalizeSource } from '../../parser/index.ts';
import { blocksOf, evaluate, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import type { Found } from './declarations.ts';
import { textOf, type Place } from './declared.ts';

export type WrittenBlocks = ReturnType<typeof writtenBlocks>;

/** What of the source a new `import` or `moved` block has to go with. */
export const writtenBlocks = (found: Found, place: Place) => {
  const { module, prefix } = place;
  const imports = blocksOf(module, 'import').map(block => ({ block, to: sourceIn(block, 'to') }));
  const moved = blocksOf(module, 'moved').map(block => `${prefix}${sourceIn(block, 'from')}`);
  const imported = new Set(imports.flatMap(({ block, to }) => targetsOf(block, to, module)));
  return {
    /** Addresses with an import block. */
    imported,
    importsCreator: imported.has(textOf(place.inCall('entry', creatorKey))),
    /** How many import blocks a resource has, by its address without instance keys. */
    importsOf: (resource: string) =>
      imports.filter(({ to }) => to === resource || to.startsWith(`${resource}[`)).length,
    /** Whether a `moved` block moves this address, or all that is below its beginning. */
    isMoved: (address: string) =>
      moved.some(from => address === from || [`${from}.`, `${from}[`].some(head => address.startsWith(head))),
    holds: holdsIn(found, place),
  };
};

const sourceIn = (block: PlacedBlock, name: string): string => {
  const found = attribute(block.body, name);
  return found ? normalizeSource(sourceOf(block.in.text, found.value.range)) : '';
};

/** With `for_each` one per key, where the keys are in the source. */
const targetsOf = (block: PlacedBlock, to: string, module: RootModule): readonly string[] => {
  const each = attribute(block.body, 'for_each');
  const value = each && evaluate(each.value, module.scope);
  if (value?.kind !== 'object') return [to];
  return [...value.entries.keys()].map(key => to.replaceAll('each.key', () => JSON.stringify(key)));
};

/**
 * Why an address of the state may still be declared, as completes "the state has it at X, ...". Terraform refuses to move from
 * there ("Moved object still exists").
 */
const holdsIn = ({ declared, unread, unnamedCreator }: Found, { module, prefix, inCall }: Place) => {
  const creator = [inCall('entry', creatorKey), inCall('policy_association', `${creatorKey}_${creatorPolicyKey}`)];
  const known = new Set(
    [
      ...declared.flatMap(({ address, associations }) => [address, ...associations.map(one => one.address)]),
      ...(unnamedCreator === undefined ? [] : creator),
    ].map(textOf),
  );
  const modules = new Set(blocksOf(module, 'module').map(({ labels }) => labels[0]));
  const resources = new Set(blocksOf(module, 'resource').map(({ labels }) => labels.join('.')));
  return (address: string): string | undefined => {
    if (!address.startsWith(prefix)) return 'which is outside of this directory';
    if (known.has(address)) return 'which the source declares, too';
    const inside = address.slice(prefix.length);
    const [, label, rest = ''] = /^module\.([\w-]+)(?:\[[^\]]*\])?\.(.*)$/.exec(inside) ?? [];
    if (label === undefined)
      return resources.has(inside.replace(/\[.*$/, '')) ? 'which the source declares, too' : undefined;
    if (!modules.has(label)) return undefined;
    if (!/^aws_eks_access_(entry|policy_association)\.this\["/.test(rest)) return `which module.${label} may declare`;
    return unread.length > 0 ? 'which may still be declared, since access_entries cannot be read in full' : undefined;
  };
};
