import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { headerOf, type Cluster, type Snapshot, type WrittenEntry } from '../../parser/index.ts';
import type { RootModule } from '../../terraform/index.ts';
import type { Transformed } from '../../transformer/index.ts';
import { adoptAll } from './adopt-all.ts';
import { declarations } from './declarations.ts';
import { placeOf, textOf } from './declared.ts';
import { engineOf, printBlocks } from './form.ts';
import { writtenBlocks } from './written-blocks.ts';
import type { Config } from '../../config/index.ts';

export type Imports = {
  /** `import` and `moved` blocks; empty where there are none, and with an error among the diagnostics. */
  readonly hcl: string;
  readonly imports: readonly { readonly to: string; readonly id: string }[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly diagnostics: readonly Diagnostic[];
};

type Request = {
  readonly module: RootModule;
  readonly files: ReadonlyMap<string, string>;
  readonly cluster: Cluster | undefined;
  readonly entries: readonly WrittenEntry[];
  readonly transformed: Transformed | undefined;
  readonly options: {
    readonly config?: Config;
    readonly clusterName: string;
    readonly snapshot: Snapshot;
    readonly runner?: string;
    readonly moduleAddress?: string;
  };
};

/** Throws a Refusal where the addresses of the entries are not known. */
export const importsFor = ({ module, files, cluster, entries, transformed, options }: Request): Imports => {
  const { config = {}, clusterName, snapshot, runner, moduleAddress } = options;
  const place = placeOf(module, cluster, config, moduleAddress);
  const found = declarations(cluster, entries, transformed, runner, place);
  const written = writtenBlocks(found, place);
  const { imports, moves, ...adopted } = adoptAll(found, snapshot, clusterName, written);
  const places = [headerOf(cluster)?.file, ...found.declared.map(({ range }) => range?.file)];
  const printed = printBlocks(clusterName, imports, moves, engineOf(module, files, places), written.importsOf);
  const said = [...adopted.diagnostics, ...printed.diagnostics];
  const errors = said.filter(({ severity }) => severity === 'error');
  // What is said about blocks is said about those that are printed.
  if (errors.length > 0) return { hcl: '', imports: [], moves: [], diagnostics: errors };
  return {
    hcl: printed.hcl,
    imports: imports.map(({ to, id }) => ({ to: textOf(to), id })),
    moves,
    diagnostics: [
      ...said,
      ...halfSeen(snapshot, imports.length > 0),
      ...(imports.length + moves.length === 0 ? [nothingIn(found.declared.length)] : []),
    ],
  };
};

const halfSeen = ({ managed, stateOnly }: Snapshot, imports: boolean): readonly Diagnostic[] => {
  if (stateOnly) return [diagnose('TAE435', { missing: 'live' })];
  return imports && managed === undefined ? [diagnose('TAE435', { missing: 'state' })] : [];
};

const nothingIn = (declared: number): Diagnostic =>
  diagnose('TAE431', {
    reason:
      declared === 0
        ? 'no entry is declared whose address is known'
        : 'every declared entry that is live, and whose principal is known, is in the state or in an import block already',
  });
