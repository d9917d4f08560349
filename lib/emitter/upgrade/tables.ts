import { findRenames, type SubmoduleRenames } from '../../eks/renames.ts';
import type { ModuleCall } from '../../parser/index.ts';
import { parseVersion } from '../../terraform/index.ts';

const none: SubmoduleRenames = { submodule: '', inputs: {}, outputs: {}, goneInputs: {}, goneOutputs: {} };

export const majorOf = (version: string): number => parseVersion(version)?.numbers[0] ?? 0;

/** What became of the names that a call uses, between two releases of the module. */
export const tableFor = ({ source }: ModuleCall, from: string, to: string): SubmoduleRenames =>
  findRenames(majorOf(from), majorOf(to), source.submodule) ?? none;

/** Names that are looked up are those of the author: `constructor` is one too. */
export const ownOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
