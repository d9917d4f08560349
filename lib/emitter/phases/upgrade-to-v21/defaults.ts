import { diagnose, type Diagnostic, type Range } from '../../../diagnostics/index.ts';
import { oldGroupDefaults } from '../../../eks/typed-inputs.ts';
import { attributesOf } from '../../../hcl/index.ts';
import type { ModuleCall } from '../../../parser/index.ts';

/** Arguments of a group that are not written, and that version 21 gives another default. */
export const changedDefaults = (
  what: string,
  submodule: string,
  names: ReadonlySet<string | undefined>,
  at: Range,
  more: Readonly<Record<string, string>> = {},
): readonly Diagnostic[] => {
  const defaults = oldGroupDefaults[submodule];
  const missing = Object.entries({ ...defaults, ...(defaults ? more : {}) }).filter(([key]) => !names.has(key));
  if (missing.length === 0) return [];
  const old = missing.map(([key, value]) => `${key} = ${value}`).join('; ');
  return [diagnose('TAE451', { what, old }, at)];
};

/** The same of a group with a call of its own. The root module gives min_size, and the submodule alone does not. */
export const changedCallDefaults = ({ address, block, source }: ModuleCall): readonly Diagnostic[] => {
  const names = new Set(attributesOf(block.body).map(({ name }) => name));
  return changedDefaults(address, source.submodule ?? '', names, block.headerRange, { min_size: '0' });
};
