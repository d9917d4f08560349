import type { Config } from './config/config.ts';
import { diagnose, Refusal } from './diagnostics/index.ts';
import { clusterNamed, importsFor, standaloneNamed, type Imports } from './emitter/import-blocks/index.ts';
import { blocks } from './hcl/index.ts';
import { isSnapshotOf, snapshotCluster, type Emit, type Snapshot } from './parser/index.ts';
import { readState } from './read-state.ts';
import { refuseWithoutCluster } from './refuse-state.ts';
import { blocksOf, type RootModule, type Runtime } from './terraform/index.ts';

export type ImportBlocksOptions = {
  /** The HCL parser and the gate. `loadRuntime` of `tf-access-entries/node` makes one on Node. */
  readonly runtime: Runtime;
  /** The name of the cluster in EKS. */
  readonly clusterName: string;
  /** The entries of the live cluster, and the state where there is one. */
  readonly snapshot: Snapshot;
  readonly config?: Config;
  /** As for `convert`: what phase 2 adds depends on it. */
  readonly ssoRegion?: string;
  readonly runner?: string;
  readonly emit?: Emit;
  /** The address under which the root module calls this directory, `root` where it is the root module. */
  readonly moduleAddress?: string;
  /** How messages name the directory. */
  readonly directory?: string;
};

export type ImportBlocksResult = Imports;

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
    if (!(error instanceof Refusal)) throw error;
    return { hcl: '', imports: [], moves: [], diagnostics: error.diagnostics };
  }
};

const find = async (files: ReadonlyMap<string, string>, options: ImportBlocksOptions): Promise<Imports> => {
  const { clusterName, directory = '.', moduleAddress } = options;
  // Without the snapshot, so that an entry that exists is among what phase 2 adds.
  const { snapshot, ...others } = options;
  const { source, transformed } = await readState(files, { ...others, config: { ...options.config, clusterName } });
  const { module } = source;
  const clusters = [...new Set([...source.clusters, ...source.pairs.map(({ cluster }) => cluster)])];
  const standalone = clusters.length > 0 ? [] : standaloneNamed(module, clusterName);
  refuseWithoutCluster(source, files, directory, standalone.length > 0);
  if (isSnapshotOf(snapshot, clusterName) === false) {
    const reason = `it is of the cluster ${snapshotCluster(snapshot)}, not of ${clusterName}`;
    throw new Refusal(diagnose('TAE010', { path: snapshot.file, reason }));
  }
  if (moduleAddress === undefined && seemsCalled(module)) throw new Refusal(diagnose('TAE225', { path: directory }));
  const cluster = clusterNamed(clusters, clusterName);
  const added = transformed.find(one => cluster !== undefined && one.cluster === cluster);
  const entries = cluster ? cluster.existing.entries : standalone;
  return importsFor({ module, files, cluster, entries, transformed: added, options });
};

/**
 * Whether other modules seem to call this directory: it takes variables, and has neither a provider nor a backend, which a called
 * module does not have. Source: developer.hashicorp.com/terraform/language/modules/develop/providers.
 */
const seemsCalled = (module: RootModule): boolean =>
  blocksOf(module, 'variable').length > 0 &&
  blocksOf(module, 'provider').length === 0 &&
  !blocksOf(module, 'terraform').some(
    ({ body }) => blocks(body, 'backend').length > 0 || blocks(body, 'cloud').length > 0,
  );
