import { withDefaults } from './config/defaults.ts';
import type { ConvertOptions } from './convert.ts';
import { defined, diagnose, firstOf, Refusal, refusalOf, type Diagnostic } from './diagnostics/index.ts';
import { adoptAll } from './emitter/import-blocks/adopt-all.ts';
import { clusterNamed, standaloneNamed } from './emitter/import-blocks/cluster.ts';
import { declarations, type Found } from './emitter/import-blocks/declarations.ts';
import { placeOf, textOf, type Place } from './emitter/import-blocks/declared.ts';
import { engineOf, printBlocks } from './emitter/import-blocks/form.ts';
import { writtenBlocks } from './emitter/import-blocks/written-blocks.ts';
import type { Config } from './config/config.ts';
import type { State } from './emitter/index.ts';
import {
  headerOf,
  instanceOf,
  isCalled,
  ofClusters,
  partOf,
  type CalledCluster,
  type Caller,
  type Cluster,
  type Handed,
  type Snapshot,
} from './parser/index.ts';
import { readState } from './read-state.ts';
import { refuseWithoutCluster } from './refuse-state.ts';
import { seemsCalled } from './terraform/index.ts';

/** As for `convert`, where it is named so: what phase 2 adds depends on it. */
export type ImportBlocksOptions = Pick<
  ConvertOptions,
  'runtime' | 'config' | 'ssoRegion' | 'runner' | 'emit' | 'directory' | 'callers'
> & {
  /** The name of the cluster in EKS. */
  readonly clusterName: string;
  /** The entries of the live cluster, and the state where there is one. */
  readonly snapshot: Snapshot;
  /** The address under which the root module calls this directory, `root` where it is the root module. */
  readonly moduleAddress?: string;
  /** The one of `callers` that the blocks are for, by its label. */
  readonly caller?: string;
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
  const { callers, caller: named } = options;
  const state = await readState(files, { runtime, config, ...defined({ ssoRegion, runner, emit, callers }) });
  const { source, handed, calls = [] } = state;
  const snapshot = partOf(given, clusterName, true);
  if (snapshot === undefined) {
    const reason = `it is ${ofClusters(given)}, not of ${clusterName}`;
    throw new Refusal(diagnose('TAE010', { path: given.file, reason }));
  }
  const caller = handed?.callers.find(({ label }) => label === named);
  const roots = callers?.find(({ label }) => label === named)?.roots;
  if (caller && roots) {
    const [call] = caller.calls;
    const why = `it stands in ${caller.label}, which is no root module: ${roots.map(({ label }) => label).join(', ')} call it`;
    const { address = caller.label, block } = call?.cluster ?? {};
    throw new Refusal(diagnose('TAE224', { call: address, why, way: 'by-hand' }, block?.headerRange));
  }
  const read = handed && caller ? { state, handed, caller } : undefined;
  // A unit of Terragrunt whose source is the module makes it the root module.
  const inside = calls.filter(({ starts }) => starts.some(start => start !== '')).map(({ title }) => title);
  if (!read && moduleAddress === undefined && (inside.length > 0 || seemsCalled(source.module))) {
    const standalone = source.clusters.length > 0 ? [] : standaloneNamed(source.module, clusterName);
    refuseWithoutCluster(source, files, directory, standalone.length > 0);
    throw new Refusal(diagnose('TAE225', { path: directory, calls: firstOf(inside) }));
  }
  const { found, place, cluster } = read
    ? ofCaller(read, clusterName, config, runner)
    : ofModule(state, files, { clusterName, config, runner, directory, moduleAddress });
  const { module } = place;
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

/** What is declared for a cluster, and where Terraform has it. */
type Part = {
  readonly found: Found;
  readonly place: Place;
  readonly cluster: Cluster | undefined;
};

type Asked = Pick<ImportBlocksOptions, 'clusterName' | 'directory' | 'runner' | 'moduleAddress'> & {
  readonly config: Config;
};

const ofModule = (
  { source, transformed, phased }: State,
  files: ReadonlyMap<string, string>,
  {
    clusterName,
    directory = '.',
    moduleAddress,
    config,
    runner,
  }: { [Key in keyof Asked]: Asked[Key] | undefined } & Pick<Asked, 'clusterName' | 'config'>,
): Part => {
  const { module } = source;
  const clusters = [...new Set([...source.clusters, ...source.pairs.map(({ cluster }) => cluster)])];
  const standalone = clusters.length > 0 ? [] : standaloneNamed(module, clusterName);
  refuseWithoutCluster(source, files, directory, standalone.length > 0);
  const cluster = clusterNamed(clusters, clusterName);
  const added = transformed.find(one => cluster !== undefined && one.cluster === cluster);
  const place = placeOf(module, cluster, config, moduleAddress, phased);
  return {
    found: declarations(cluster, cluster ? cluster.existing.entries : standalone, added, runner, place),
    place,
    cluster,
  };
};

/** What a caller hands over, and what the module makes beside that: all of it stands in the state of the caller. */
const ofCaller = (
  { state, handed, caller }: { readonly state: State; readonly handed: Handed; readonly caller: Caller },
  clusterName: string,
  config: Config,
  runner: string | undefined,
): Part => {
  const cluster = clusterNamed(caller.source.clusters, clusterName);
  if (!cluster || !isCalled(cluster)) throw new Error('a caller without a call');
  const partFor = (one: CalledCluster, place: Place): Found =>
    declarations(
      one,
      one.existing.entries,
      state.transformed.find(({ cluster: other }) => other?.kind === 'module' && other.block === one.block),
      runner,
      place,
    );
  const place = placeOf(caller.source.module, cluster, config, undefined);
  // The entry of the creator, and what only a plan knows of the rest, is said once.
  const ofCall = partFor({ ...cluster, creatorAdmin: 'off' }, place);
  const inside = instanceOf(cluster, cluster.repetition);
  const own = withoutVariable(handed);
  const ofModuleItself = partFor(own, placeOf(state.source.module, own, config, inside));
  return {
    found: {
      declared: [...ofCall.declared, ...ofModuleItself.declared],
      unread: [...ofCall.unread, ...ofModuleItself.unread],
      unnamedCreator: ofModuleItself.unnamedCreator,
    },
    place,
    cluster,
  };
};

/** What comes in through the variable is what the caller hands over. */
const withoutVariable = ({ cluster, entries: { part } }: Handed): CalledCluster => ({
  ...cluster,
  existing: {
    ...cluster.existing,
    unread: cluster.existing.unread.filter(({ start, end }) => !part || start < part.start || end > part.end),
  },
});
