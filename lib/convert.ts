import type { Config } from './config/config.ts';
import { withDefaults } from './config/defaults.ts';
import type { ConfigFile } from './config/merge-configs.ts';
import {
  codes,
  defined,
  diagnose,
  firstOf,
  Refusal,
  refusalOf,
  type Diagnostic,
  type PhaseId,
} from './diagnostics/index.ts';
import {
  gatesScript,
  loadPhases,
  runbook,
  scriptsOf,
  stage,
  stageScripts,
  type Revision,
  type Staged,
  type State,
} from './emitter/index.ts';
import type { HclFile } from './hcl/index.ts';
import { readAwsAuthFile, type AwsAuthFile } from './parser/aws-auth/live/read-config-map.ts';
import { relocated, type CallerPlace, type Emit, type Snapshot } from './parser/index.ts';
import type { AutoLoadedFiles } from './environment-values.ts';
import { knownModes } from './known-modes.ts';
import { readEnvironments } from './read-environments.ts';
import { findings, readState, type ReadOptions } from './read-state.ts';
import { refuseUnknown, sayJsonBeside } from './refuse-state.ts';
import { buildReport } from './report/build-report.ts';
import { reportDiagnostics } from './report/places.ts';
import { emptyReport, type Report, type ReportRow } from './report/report.ts';
import type { Runtime } from './terraform/index.ts';

export type { Revision, Runtime };

export type ConvertOptions = {
  /** The HCL parser and the gate. `loadRuntime` of `tf-access-entries/node` makes one on Node. */
  readonly runtime: Runtime;
  readonly config?: Config;
  /** How a command that is run in the root module names the config, where it is not beside it. */
  readonly configFile?: string;
  /** What a command that is run in the root module calls a file that messages call so; `-` is stdin. As they do without it. */
  readonly pathFromModule?: (file: string) => string;
  /**
   * The files of which `config` is put together, the nearest first. Without them all that it names must be in the module; with them
   * only what the files name that are not shared.
   */
  readonly configs?: readonly ConfigFile[];
  /** The entries of the live cluster. */
  readonly snapshot?: Snapshot;
  /**
   * The live ConfigMap aws-auth, as `kubectl get -o yaml` or `-o json` prints it, and how messages name the file. Its rows are
   * compared with those of the source; where no aws-auth call writes it, they are the rows that are converted.
   */
  readonly awsAuth?: { readonly file: string; readonly text: string };
  /** The home region of IAM Identity Center, for the path of its roles. */
  readonly ssoRegion?: string;
  /** The ARN of the role or user that runs Terraform. */
  readonly runner?: string;
  readonly clusterCreatorAdmin?: boolean;
  /**
   * `resources`: standalone resources instead of `access_entries`, also for a cluster of another root module. `aws-cli`: a script of
   * `aws eks` commands instead of revisions, also for a cluster of which only the live ConfigMap is known.
   */
  readonly emit?: Emit;
  /**
   * Directory, from the root module on, of the Terraform module that converts rows at plan time: `aws-auth-entries`, or a path that
   * ends in it. What is there already is among the files, by path.
   */
  readonly entriesModule?: string;
  /** `v21`: a last phase moves the module to version 21. */
  readonly to?: 'v21';
  /** Files of variable values (`.tfvars`, `.tfvars.json`) by path, of which the last one wins. They fill the report alone. */
  readonly variableFiles?: ReadonlyMap<string, string>;
  /** One revision for all environments of the source, in which a variable says at which phase each is. */
  readonly perEnvironment?: boolean;
  /** A file of variable values for each environment, by path. They fill the report alone, and the phases in it. */
  readonly environments?: ReadonlyMap<string, string>;
  /**
   * The files of variable values that Terraform loads by itself in a root module, such as `terraform.tfvars`, by path: `.` is the module, and
   * others are the directories of callers. It is asked only where they may decide at which phase an environment is.
   */
  readonly autoLoadedFiles?: AutoLoadedFiles;
  /** Whether to hand out revisions (default). Without them the result says what each phase would change. */
  readonly revisions?: boolean;
  /** What a command in the root module calls the directory in which the result is staged: `access-entries-migration`, or another. */
  readonly outFromModule?: string;
  /**
   * The way from each root module that calls this one to it, where all have the same: commands of the runbook run there. Other paths here
   * are from the module on.
   */
  readonly wayToModule?: string;
  /** How messages name the root module. */
  readonly directory?: string;
  /**
   * The root modules that call this one as a local module: rows that all of them write out become entries there. Their files are among
   * `files`.
   */
  readonly callers?: readonly CallerPlace[];
};

export type ConvertResult = {
  /** The last phase found done in the source. What is applied, the source does not tell. */
  readonly sourcePhase: PhaseId | undefined;
  /** The phases that change something, in order, up to the first that is blocked. */
  readonly revisions: readonly Revision[];
  /** With `emit: 'aws-cli'`: the scripts by the names of their files, one for each cluster. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly rows: readonly ReportRow[];
  readonly diagnostics: readonly Diagnostic[];
  readonly blockedFrom?: PhaseId;
  /** The text of MIGRATION.md. */
  readonly runbook: string;
  /** The text of gates.sh, the checks that the runbook calls: a script for bash. */
  readonly gates: string;
  readonly report: Report;
};

/**
 * With the module as it was read, for checks against the live cluster, and what the plan of each phase must show; undefined when it
 * could not be read.
 */
export type Conversion = ConvertResult & {
  readonly state?: State;
  readonly plans?: ReadonlyMap<PhaseId, readonly string[]>;
  /** The files that any phase edits, also where no revisions are asked for. */
  readonly edited?: ReadonlySet<string>;
};

/**
 * Converts a root module: reads its files, finds clusters and aws-auth rows, decides what each row becomes and writes one
 * revision per migration phase. `files` maps paths, relative to the directory, to texts. Inputs that cannot be read end as
 * diagnostics without revisions; only programming errors throw.
 */
export const convert = async (files: ReadonlyMap<string, string>, options: ConvertOptions): Promise<ConvertResult> => {
  const { state: _, plans: __, edited: ___, ...result } = await convertModule(files, options);
  return result;
};

export const convertModule = async (files: ReadonlyMap<string, string>, given: ConvertOptions): Promise<Conversion> => {
  const config = given.config ?? {};
  const options = withDefaults(given, config);
  const trees = new Map<string, HclFile>();
  const read = (
    texts: ReadonlyMap<string, string>,
    awsAuth: AwsAuthFile | undefined,
    more: Pick<ReadOptions, 'variableFiles' | 'hadCallers'>,
  ): Promise<State> => {
    const { variableFiles: _, awsAuth: __, autoLoadedFiles: ___, ...told } = options;
    return readState(texts, { ...told, config, ...defined({ awsAuth }), ...more }, trees);
  };
  const { awsAuth: configMap } = options;
  const texts = new Map([...(configMap ? [[configMap.file, configMap.text] as const] : []), ...files]);
  try {
    // Only what is shown of the source itself has values: a revision has none.
    const awsAuth = configMap && (await readAwsAuthFile(configMap.file, configMap.text));
    const written = await read(files, awsAuth, defined({ variableFiles: options.variableFiles }));
    refuseUnknown(written, files, options.directory ?? '.');
    const told = await readEnvironments(written, options, options.runtime);
    const modes = await knownModes(written, told.environments, options, options.runtime);
    const state: State = { ...written, modes };
    const phases = await loadPhases(state);
    const found = findings(state, phases);
    const unreadable = found.filter(({ code }) => codes[code].exit === 3);
    if (unreadable.length > 0) throw new Refusal(...unreadable);
    const isScript = options.emit === 'aws-cli';
    const hadCallers = state.handed !== undefined;
    const reread = async (revision: typeof files): Promise<State> => ({
      ...(await read(revision, awsAuth, { hadCallers })),
      modes,
    });
    const staged = isScript ? stageScripts(state, found) : await stage(phases, state, files, found, reread);
    const all = [...found, ...sayJsonBeside(state), ...staged.remarks, ...nothingToDo(state, staged, found)];
    const diagnostics = [...all.map(one => relocated(one, state.phased?.place)), ...told.diagnostics];
    const report = buildReport(state, staged, diagnostics, texts, told.environments);
    const blockedFrom = staged.phases.find(({ status }) => status === 'blocked')?.phase.id;
    return {
      sourcePhase: staged.sourcePhase,
      revisions: options.revisions === false ? [] : staged.revisions,
      scripts: isScript ? scriptsOf(state, staged) : new Map(),
      rows: report.rows,
      diagnostics,
      ...defined({ blockedFrom }),
      runbook: runbook(state, staged, diagnostics, told.environments),
      gates: gatesScript(state, staged),
      report,
      state,
      edited: new Set(staged.revisions.flatMap(revision => [...revision.files.keys()])),
      plans: new Map(staged.phases.map(({ phase, runbook: book }) => [phase.id, book?.plan ?? []])),
    };
  } catch (error) {
    const diagnostics = refusalOf(error);
    const all = new Map([...(options.variableFiles ?? []), ...(options.environments ?? []), ...texts]);
    const report = emptyReport(reportDiagnostics(diagnostics, all));
    const none = { sourcePhase: undefined, revisions: [], scripts: new Map(), rows: [], runbook: '', gates: '' };
    return { ...none, diagnostics, report };
  }
};

/** Of an expression the value is its author's, and is not told here. Where the AWS CLI sets the mode, the source does not tell it. */
const modesOf = (clusters: State['source']['clusters']): string => {
  const sources = clusters.flatMap(({ mode }) => (mode.kind === 'expression' ? [mode.source] : []));
  const untold = clusters.flatMap(({ mode, address }) => (mode.kind === 'by-cli' ? [address] : []));
  if (clusters.length === 0) return '';
  if (untold.length > 0) return `, and the mode of ${firstOf(untold)} is not in the source`;
  return sources.length === 0 ? ', and the mode is API' : `, and the mode is that of ${firstOf([...new Set(sources)])}`;
};

const nothingToDo = ({ source }: State, staged: Staged, found: readonly Diagnostic[]): readonly Diagnostic[] => {
  if (staged.phases.some(({ status }) => status === 'ready' || status === 'blocked')) return [];
  if (found.some(({ severity }) => severity === 'error')) return [];
  // There is something, and by hand.
  if (source.elsewhere.length > 0 && !source.live) return [];
  // Without the mode, nothing here tells a migration that is done from rows that are kept elsewhere.
  const isTold = source.clusters.every(({ mode, existing }) => mode.kind !== 'by-cli' || existing.entries.length > 0);
  if (isTold && (staged.sourcePhase === 'clean-up' || staged.sourcePhase === 'upgrade-to-v21')) {
    const reason = `the migration is done in this source; no aws-auth call is left${modesOf(source.clusters)}`;
    return [diagnose('TAE012', { reason })];
  }
  const names = source.clusters.map(({ address }) => address).join(', ');
  return [diagnose('TAE012', { reason: `no aws-auth call for ${names} in this root module` })];
};
