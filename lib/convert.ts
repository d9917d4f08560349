import type { Config } from './config/config.ts';
import { codes, diagnose, Refusal, type Diagnostic, type PhaseId } from './diagnostics/index.ts';
import { runbook, sourceGates, stage, type Revision, type Staged, type State } from './emitter/index.ts';
import type { HclFile } from './hcl/index.ts';
import { handedOn, readSource, standaloneEntriesOf, type Emit, type Snapshot } from './parser/index.ts';
import { buildReport, diagnosticsOf } from './report/build-report.ts';
import { emptyReport, type Report, type ReportRow } from './report/report.ts';
import {
  foreignLayout,
  modulesJsonPath,
  readRootModule,
  readVariableFile,
  type Runtime,
  type Value,
} from './terraform/index.ts';
import { configProblems, transform } from './transformer/index.ts';

export type { Revision, Runtime };

export type ConvertOptions = {
  /** The HCL parser and the gate. `loadRuntime` of `tf-access-entries/node` makes one on Node. */
  readonly runtime: Runtime;
  readonly config?: Config;
  /** The entries of the live cluster. */
  readonly snapshot?: Snapshot;
  /** The home region of IAM Identity Center, for the path of its roles. */
  readonly ssoRegion?: string;
  /** The ARN of the role or user that runs Terraform. */
  readonly runner?: string;
  readonly clusterCreatorAdmin?: boolean;
  /** `resources`: standalone resources instead of `access_entries`, also for a cluster of another root module. */
  readonly emit?: Emit;
  /** Files of variable values (`.tfvars`, `.tfvars.json`) by path, of which the last one wins. They fill the report alone. */
  readonly variableFiles?: ReadonlyMap<string, string>;
  /** Whether to write revisions (default). Without them the result says what each phase would change. */
  readonly revisions?: boolean;
  /** How messages name the root module. */
  readonly directory?: string;
};

export type ConvertResult = {
  /** The last phase found done in the source. What is applied, the source does not tell. */
  readonly sourcePhase: PhaseId | undefined;
  /** The phases that change something, in order, up to the first that is blocked. */
  readonly revisions: readonly Revision[];
  readonly rows: readonly ReportRow[];
  readonly diagnostics: readonly Diagnostic[];
  readonly blockedFrom?: PhaseId;
  /** The text of MIGRATION.md. */
  readonly runbook: string;
  readonly report: Report;
  /** The module as it was read, for checks against the live cluster; undefined when it could not be read. */
  readonly state?: State;
};

/**
 * Converts a root module: reads its files, finds clusters and aws-auth rows, decides what each row becomes and writes one
 * revision per migration phase. `files` maps paths, relative to the directory, to texts. Inputs that cannot be read end as
 * diagnostics without revisions; only programming errors throw.
 */
export const convert = async (files: ReadonlyMap<string, string>, options: ConvertOptions): Promise<ConvertResult> => {
  const config = options.config ?? {};
  const trees = new Map<string, HclFile>();
  const read = async (
    texts: ReadonlyMap<string, string>,
    variableFiles?: ReadonlyMap<string, string>,
  ): Promise<State> => {
    const module = await readRootModule(texts, options.runtime, trees);
    const source = readSource(module, files.get(modulesJsonPath), config, options.emit);
    const variables = variableFiles && readVariables(variableFiles, options.runtime);
    const given = { ...options, config, ...(variables ? { variables } : {}) };
    return { source, transformed: transform(source, given), options: { ...options, config } };
  };
  try {
    // Only what is shown of the source itself has values: a revision has none.
    const state = await read(files, options.variableFiles);
    refuseUnknown(state, files, options.directory ?? '.');
    const found = findings(state);
    const unreadable = found.filter(({ code }) => codes[code].exit === 3);
    if (unreadable.length > 0) throw new Refusal(...unreadable);
    const staged = await stage(state, files, found, options.revisions === false ? undefined : texts => read(texts));
    const diagnostics = [...found, ...staged.remarks, ...nothingToDo(state, staged, found)];
    const report = buildReport(state, staged, diagnostics, files);
    const blockedFrom = staged.phases.find(({ status }) => status === 'blocked')?.phase.id;
    return {
      sourcePhase: staged.sourcePhase,
      revisions: staged.revisions,
      rows: report.rows,
      diagnostics,
      ...(blockedFrom === undefined ? {} : { blockedFrom }),
      runbook: runbook(state, staged, diagnostics),
      report,
      state,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { diagnostics } = error;
    const texts = new Map([...(options.variableFiles ?? []), ...files]);
    const report = emptyReport(diagnosticsOf(diagnostics, texts));
    return { sourcePhase: undefined, revisions: [], rows: [], diagnostics, runbook: '', report };
  }
};

const readVariables = (files: ReadonlyMap<string, string>, { parser }: Runtime): ReadonlyMap<string, Value> => {
  const values = new Map<string, Value>();
  for (const [path, text] of files) {
    const read = readVariableFile(path, text, parser);
    if ('reason' in read) throw new Refusal(diagnose('TAE015', { path, reason: read.reason }, read.range));
    for (const [name, value] of read.values) values.set(name, value);
  }
  return values;
};

/** Ends the run where the directory is no root module with a cluster, or the config decides about what is not there. */
const refuseUnknown = ({ source, options }: State, files: ReadonlyMap<string, string>, directory: string): void => {
  const foreign = foreignLayout(files.keys());
  if (source.module.files.length === 0) {
    throw new Refusal(...(foreign.length > 0 ? foreign : [diagnose('TAE008', { path: directory })]));
  }
  const inJson = [...source.module.json].filter(([, text]) => text.includes('terraform-aws-modules/eks'));
  if (inJson.length > 0) throw new Refusal(...inJson.map(([path]) => diagnose('TAE009', { path })));
  if (source.clusters.length === 0 && source.mappings.length === 0 && !isDoneElsewhere(source, options)) {
    const handed = handedOn(source.module).map(({ range, ...args }) => diagnose('TAE030', args, range));
    const found = handed.length > 0 ? handed : [diagnose('TAE007', { path: directory })];
    throw new Refusal(...(foreign.length > 0 ? foreign : found));
  }
  refuseForeignSnapshot(source, options);
  const problems = configProblems(options.config, source);
  if (problems.length > 0) throw new Refusal(...problems);
};

/** The entries of a cluster of another root module are here, and the aws-auth call is gone. */
const isDoneElsewhere = ({ module }: State['source'], { emit, config }: State['options']): boolean =>
  emit === 'resources' &&
  config.clusterName !== undefined &&
  standaloneEntriesOf(module, config.clusterName).length > 0;

/** A snapshot of another cluster would prove entries that are not there. */
const refuseForeignSnapshot = ({ clusters }: State['source'], { snapshot, config }: State['options']): void => {
  const live = snapshot?.entries.find(({ clusterName }) => clusterName !== undefined)?.clusterName;
  if (!snapshot || live === undefined) return;
  const names = clusters.map(({ name }) => (clusters.length === 1 ? (config.clusterName ?? name) : name));
  if (names.includes(live) || (names.length === 1 && names[0] === undefined)) return;
  const known = names.filter(name => name !== undefined).join(', ') || 'clusters whose names are not in the source';
  throw new Refusal(
    diagnose('TAE010', { path: snapshot.file, reason: `it is of the cluster ${live}, the module is of ${known}` }),
  );
};

/** All that is said about the source before a phase is written, by place. */
const findings = (state: State): readonly Diagnostic[] => {
  const { source, transformed } = state;
  const rows = transformed.flatMap(({ outcomes, diagnostics }) => [
    ...diagnostics,
    ...outcomes.flatMap(outcome => outcome.diagnostics),
  ]);
  const all = [...source.diagnostics, ...sourceGates.flatMap(gate => gate(state)), ...rows];
  return all.toSorted((a, b) => compare(a.range?.file, b.range?.file) || (a.range?.start ?? 0) - (b.range?.start ?? 0));
};

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

const nothingToDo = ({ source }: State, staged: Staged, found: readonly Diagnostic[]): readonly Diagnostic[] => {
  if (staged.phases.some(({ status }) => status === 'ready' || status === 'blocked')) return [];
  if (found.some(({ severity }) => severity === 'error')) return [];
  if (staged.sourcePhase === 'clean-up') {
    const mode = source.clusters.length === 0 ? '' : ', and the mode is API';
    return [
      diagnose('TAE012', {
        reason: `the migration is done in this source; no aws-auth call is left${mode}`,
      }),
    ];
  }
  const names = source.clusters.map(({ call }) => call.address).join(', ');
  return [diagnose('TAE012', { reason: `no aws-auth call for ${names} in this root module` })];
};
