import type { Diagnostic, Range } from '../../diagnostics/index.ts';
import type { Edit } from '../../hcl/index.ts';
import type { ModuleCall } from '../../parser/index.ts';
import { findRenames, type RenameTable } from '../../eks/renames.ts';
import { parseVersion } from '../../terraform/index.ts';

/** What the new release does not know any more and nobody can rewrite for its author. */
export type Refused = {
  readonly call: ModuleCall;
  /** `whole`: the call is read as one object, so that it is not seen which of its outputs are. `json`: a file that is not edited. */
  readonly kind: 'argument' | 'output' | 'submodule' | 'whole' | 'json';
  /** The argument, the output, or the submodule. */
  readonly name: string;
  /** What to do, as a sentence. */
  readonly advice?: string | undefined;
  /** Absent for JSON files, which are not parsed: `file` names them. */
  readonly range?: Range;
  readonly file?: string;
};

/** What an upgrade does to a part of the source: edits, one line each of what they do, and what is left to its author. */
export type Change = {
  readonly edits: readonly Edit[];
  readonly changes: readonly string[];
  readonly refused: readonly Refused[];
  readonly findings: readonly Diagnostic[];
};

/** All that these do, in their order. */
export const joined = (parts: readonly Partial<Change>[]): Change => ({
  edits: parts.flatMap(({ edits = [] }) => edits),
  changes: parts.flatMap(({ changes = [] }) => changes),
  refused: parts.flatMap(({ refused = [] }) => refused),
  findings: parts.flatMap(({ findings = [] }) => findings),
});

const none: RenameTable = { submodule: '', inputs: {}, outputs: {}, goneInputs: {}, goneOutputs: {} };

export const majorOf = (version: string): number => parseVersion(version)?.numbers[0] ?? 0;

/** What became of the names that a call uses, between two releases of the module. */
export const tableFor = ({ source }: ModuleCall, from: string, to: string): RenameTable =>
  findRenames(majorOf(from), majorOf(to), source.submodule) ?? none;

/** Names that are looked up are those of the author: `constructor` is one too. */
export const ownOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
