import type { Config } from './config/config.ts';
import { defined, diagnose, Refusal, type Diagnostic } from './diagnostics/index.ts';
import { clusterNamed, importsFor, seemsCalled, standaloneNamed, type Imports } from './emitter/import-blocks/index.ts';
import type { Emit, Snapshot, Source } from './parser/index.ts';
import { readState } from './read-state.ts';
import { refuseWithoutCluster } from './refuse-state.ts';
import type { Runtime } from './terraform/index.ts';

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
    if (!(error instanceof Refusal)) throw error;
    return nothing(error.diagnostics);
  }
};

const nothing = (diagnostics: readonly Diagnostic[]): ImportBlocksResult => ({
  hcl: '',
  imports: [],
  moves: [],
  diagnostics,
});

const find = async (files: ReadonlyMap<string, string>, options: ImportBlocksOptions): Promise<Imports> => {
  const { runtime, clusterName, snapshot, ssoRegion, runner, emit, moduleAddress, directory = '.' } = options;
  const given = {
    runtime,
    clusterName,
    config: { ...options.config, clusterName },
    ...defined({ ssoRegion, runner, emit, moduleAddress }),
  };
  // Without the snapshot, so that an entry that exists is among what phase 2 adds.
  const { source, transformed } = await readState(files, given);
  const { module } = source;
  const standalone = orRefuse(standaloneNamed(module, clusterName));
  refuseWithoutCluster(source, files, directory, standalone.length > 0);
  refuseForeign(snapshot, clusterName);
  if (moduleAddress === undefined && seemsCalled(module)) throw new Refusal(diagnose('TAE225', { path: directory }));
  const cluster = hasCluster(source) ? orRefuse(clusterNamed(source, clusterName)) : undefined;
  const added = transformed.find(one => cluster !== undefined && one.cluster === cluster);
  return importsFor({ module, files, cluster, standalone, transformed: added, options: { ...given, snapshot } });
};

const hasCluster = ({ clusters, pairs }: Source): boolean => clusters.length > 0 || pairs.length > 0;

const orRefuse = <Value extends object>(found: Value | Diagnostic): Value => {
  if ('code' in found) throw new Refusal(found);
  return found;
};

const refuseForeign = ({ file, entries, managed = [] }: Snapshot, clusterName: string): void => {
  const names = [...entries, ...managed].flatMap(entry => entry.clusterName ?? []);
  const [first] = names;
  if (first === undefined || names.includes(clusterName)) return;
  throw new Refusal(diagnose('TAE010', { path: file, reason: `it is of the cluster ${first}, not of ${clusterName}` }));
};
