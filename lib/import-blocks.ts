import { withDefaults } from './config/defaults.ts';
import type { ConvertOptions } from './convert.ts';
import { defined, diagnose, Refusal, refusalOf, type Diagnostic } from './diagnostics/index.ts';
import { adoptAll } from './emitter/import-blocks/adopt-all.ts';
import { clusterNamed, standaloneNamed } from './emitter/import-blocks/cluster.ts';
import { declarations } from './emitter/import-blocks/declarations.ts';
import { placeOf, textOf } from './emitter/import-blocks/declared.ts';
import { engineOf, printBlocks } from './emitter/import-blocks/form.ts';
import { writtenBlocks } from './emitter/import-blocks/written-blocks.ts';
import { headerOf, partOf, ofClusters, type Snapshot } from './parser/index.ts';
import { readState } from './read-state.ts';
import { refuseWithoutCluster } from './refuse-state.ts';
import { seemsCalled } from './terraform/index.ts';

/** As for `convert`, where it is named so: what phase 2 adds depends on it. */
export type ImportBlocksOptions = Pick<
  ConvertOptions,
  'runtime' | 'config' | 'ssoRegion' | 'runner' | 'emit' | 'directory'
> & {
  /** The name of the cluster in EKS. */
  readonly clusterName: string;
  /** The entries of the live cluster, and the state where there is one. */
  readonly snapshot: Snapshot;
  /** The address under which the root module calls this directory, `root` where it is the root module. */
  readonly moduleAddress?: string;
};

export type ImportBlocksResult = {
  /** `import` and `moved` blocks; empty where there are none, and with an error among the diagnostics. */
  readonly hcl: string;
  readonly imports: readonly { readonly to: string; readonly id: string }[];
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * The blocks by which Terraform adopts entries that exist: those that the module declares, or phase 2 adds, and that are live. One
 * that the state has under another address is moved. Inputs that cannot be read end as diagnostics.
 */
export const importBlocks = async (
  files: ReadonlyMap<string, string>,
  options: ImportBlocksOptions,
): Promise<ImportBlocksResult> => {
  try {
    const found = await find(files, options);
    const refused = found.hcl === '' ? undefined : await options.runtime.gate('imports.tf', found.hcl);
    if (refused) throw new Error(`import blocks that HCL refuses: ${refused.message}`);
    return found;
  } catch (error) {
    return { hcl: '', imports: [], moves: [], diagnostics: refusalOf(error) };
  }
};

const find = async (files: ReadonlyMap<string, string>, options: ImportBlocksOptions): Promise<ImportBlocksResult> => {
  const { clusterName, directory = '.', moduleAddress } = options;
  const config = { ...options.config, clusterName };
  // Of a script, which the config may ask for, there is nothing to import.
  const { emit: form, ...told } = config;
  const defaults = form === 'aws-cli' ? told : config;
  const { runtime, snapshot: given, ssoRegion, emit, runner } = withDefaults(options, defaults);
  // Without the snapshot, so that an entry that exists is among what phase 2 adds. A caller may hand over options of convert.
  const state = await readState(files, { runtime, config, ...defined({ ssoRegion, runner, emit }) });
  const { source } = state;
  const { module } = source;
  const clusters = [...new Set([...source.clusters, ...source.pairs.map(({ cluster }) => cluster)])];
  const standalone = clusters.length > 0 ? [] : standaloneNamed(module, clusterName);
  refuseWithoutCluster(source, files, directory, standalone.length > 0);
  const snapshot = partOf(given, clusterName, true);
  if (snapshot === undefined) {
    const reason = `it is ${ofClusters(given)}, not of ${clusterName}`;
    throw new Refusal(diagnose('TAE010', { path: given.file, reason }));
  }
  if (moduleAddress === undefined && seemsCalled(module)) throw new Refusal(diagnose('TAE225', { path: directory }));
  const cluster = clusterNamed(clusters, clusterName);
  const transformed = state.transformed.find(one => cluster !== undefined && one.cluster === cluster);
  const entries = cluster ? cluster.existing.entries : standalone;
  const place = placeOf(module, cluster, config, moduleAddress);
  const found = declarations(cluster, entries, transformed, runner, place);
  const written = writtenBlocks(found, place);
  const { imports, moves, ...adopted } = adoptAll(found, snapshot, clusterName, written);
  const places = [headerOf(cluster)?.file, ...found.declared.map(({ range }) => range?.file)];
  const printed = printBlocks(clusterName, imports, moves, engineOf(module, files, places), written.importsOf);
  const said = [...adopted.diagnostics, ...printed.diagnostics];
  const errors = said.filter(({ severity }) => severity === 'error');
  // What is said about blocks is said about those that are printed.
  if (errors.length > 0) throw new Refusal(...errors);
  const unseen = imports.length > 0 && snapshot.managed === undefined ? 'state' : undefined;
  const missing = snapshot.stateOnly ? 'live' : unseen;
  const reason =
    found.declared.length === 0
      ? 'no entry is declared whose address is known'
      : 'every declared entry that is live, and whose principal is known, is in the state or in an import block already';
  return {
    hcl: printed.hcl,
    imports: imports.map(({ to, id }) => ({ to: textOf(to), id })),
    moves,
    diagnostics: [
      ...said,
      ...(missing ? [diagnose('TAE435', { missing })] : []),
      ...(imports.length + moves.length === 0 ? [diagnose('TAE431', { reason })] : []),
    ],
  };
};
