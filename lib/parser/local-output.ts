import { attribute, type Expression } from '../hcl/index.ts';
import { blocksOf, callSource, type PlacedBlock, type RootModule } from '../terraform/index.ts';
import type { Source } from './source.ts';

/** An output of a local module that was read: the call, the module, the block of the output and its value. */
export type LocalOutput = {
  readonly call: PlacedBlock;
  readonly called: RootModule;
  readonly block: PlacedBlock;
  readonly value: Expression;
};

/** What `module.<label>.<name>` stands for; undefined where the module was not read, or has no such output. */
export const localOutput = (
  { module, localModules }: Pick<Source, 'module' | 'localModules'>,
  label = '',
  name = '',
): LocalOutput | undefined => {
  const call = blocksOf(module, 'module', label).at(-1);
  const called = call && localModules.get(callSource(module, call) ?? '');
  const block = called && blocksOf(called, 'output', name).at(-1);
  const value = block && attribute(block.body, 'value')?.value;
  return value && { call, called, block, value };
};
