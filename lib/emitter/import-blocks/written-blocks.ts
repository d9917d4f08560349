import { attribute, sourceOf } from '../../hcl/index.ts';
import { normalizeSource } from '../../parser/index.ts';
import { blocksOf, evaluate, type PlacedBlock, type RootModule } from '../../terraform/index.ts';

/** The `import` and `moved` blocks that stand in the source already. */
export type WrittenBlocks = {
  /** Addresses with an import block. */
  readonly imported: ReadonlySet<string>;
  /** How many import blocks a resource has, by its address without instance keys. */
  readonly importsOf: (resource: string) => number;
  /** Whether a `moved` block moves this address, or all that is below its beginning. */
  readonly isMoved: (address: string) => boolean;
};

export const writtenBlocks = (module: RootModule, moduleAddress: string | undefined): WrittenBlocks => {
  const prefix = moduleAddress === undefined ? '' : `${moduleAddress}.`;
  const imports = blocksOf(module, 'import').map(block => ({ block, to: textOf(block, 'to') }));
  const moved = blocksOf(module, 'moved').map(block => `${prefix}${textOf(block, 'from')}`);
  return {
    imported: new Set(imports.flatMap(({ block, to }) => targetsOf(block, to, module))),
    importsOf: resource => imports.filter(({ to }) => to === resource || to.startsWith(`${resource}[`)).length,
    isMoved: address =>
      moved.some(from => address === from || [`${from}.`, `${from}[`].some(head => address.startsWith(head))),
  };
};

const textOf = (block: PlacedBlock, name: string): string => {
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
