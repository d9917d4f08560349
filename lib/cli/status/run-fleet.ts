import { resolve } from 'node:path';
import type { Code, PhaseId } from '../../diagnostics/index.ts';
import { emptyFleetModule, fleetModule, type FleetModule } from '../../report/fleet/fleet-module.ts';
import { fleetOutput } from '../../report/fleet/output.ts';
import { rowsElsewhere, withoutCluster } from '../../report/fleet/reasons.ts';
import { pathWord } from '../../escape/shell.ts';
import type { OutputModule } from '../../report/output.ts';
import { flagsAgain } from '../arguments/again.ts';
import type { StatusFlags } from '../arguments/commands.ts';
import type { Found, FoundModule } from '../check/find-modules.ts';
import type { Host } from '../host.ts';
import { environmentsIn, unmatchedPattern } from '../environment-files.ts';
import { namedFindings } from '../named-findings.ts';
import { outputModule } from '../present.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { printOutput } from '../print-output.ts';
import { withProgress } from '../progress.ts';
import { clusterElsewhere, clusterOf } from '../root-modules.ts';
import { runModule, type ModuleRun } from '../run-module.ts';

/** Says of each root module what `status` says of one, in a line. Of each no more is kept than that, but for a page. */
export const runFleet = async ({ modules: all }: Found, flags: StatusFlags, host: Host): Promise<number> => {
  const found = await withoutCallers(all, host);
  const unmatched = await unmatchedPattern(found, flags.environments ?? [], host.cwd);
  if (unmatched !== undefined) return printDiagnostics(unmatched, host, flags);
  const read: (Read & { readonly directory: string })[] = [];
  await withProgress(host, found.length, { isShown: !flags.noColor }, async begin => {
    for (const one of found) {
      begin(one.path);
      read.push({ directory: one.directory, ...(await readOne(one, flags, host)) });
    }
  });
  const callers = new Map(read.flatMap(one => one.callers));
  // Who calls a module stands in its line, also where nothing in its own text says so, or where it is in another repository.
  const shown = read.filter(({ directory, module: { kind } }) =>
    kind === 'elsewhere' ? callers.get(directory) !== true : kind !== 'without-cluster' || !callers.has(directory),
  );
  const modules = shown.map(({ module }) => module);
  const findings = shown.flatMap(one => one.findings);
  const texts = new Map(shown.flatMap(one => [...one.texts]));
  const pages = shown.flatMap(({ page }) => page ?? []);
  const again = new Map(shown.map(one => [one.module.module, one.again]));
  const commands = {
    convert: (phase: PhaseId): string => convertCommand(phase, flags),
    status: (module: string): string => `tf-access-entries status ${pathWord(module)}${again.get(module) ?? ''}`,
  };
  return printOutput(fleetOutput(modules, findings, texts, commands, pages), flags, host);
};

/** The files of environments are those of one root module. A script is staged, for each by itself. */
const convertCommand = (phase: PhaseId, flags: StatusFlags): string => {
  const again = flagsAgain({ ...flags, environments: [] });
  return flags.emit === 'aws-cli'
    ? `tf-access-entries convert <path>${again}`
    : `tf-access-entries convert <paths> --write --phase ${phase}${again}`;
};

/** `roots`: its own path, or those of the root modules that call it. */
type ListedModule = FoundModule & { readonly roots: readonly string[] };

/**
 * Who does no more than call a local module stands for that one, which is listed once, with a line for each call. Its own text need say
 * nothing of access.
 */
const withoutCallers = async (found: readonly FoundModule[], host: Host): Promise<readonly ListedModule[]> => {
  const modules = new Map<string, ListedModule>();
  for (const one of found) {
    const cluster = await clusterOf(one, host);
    const known = modules.get(cluster.directory) ?? one;
    const concerned = known.concerned || cluster.path !== one.path;
    const roots = [...(modules.get(cluster.directory)?.roots ?? []), one.path];
    modules.set(cluster.directory, { ...known, ...cluster, concerned, roots });
  }
  return [...modules.values()].toSorted(({ path: a }, { path: b }) => (a < b ? -1 : 1));
};

type Read = ReturnType<typeof namedFindings> & {
  readonly module: FleetModule;
  readonly page?: OutputModule;
  /** The flags that it was read with. */
  readonly again: string;
  /** The directories of those who call the module, and whether each is in another repository. */
  readonly callers: readonly (readonly [directory: string, isElsewhere: boolean])[];
};

const readOne = async (
  { path, concerned, isShared, roots }: ListedModule,
  flags: StatusFlags,
  host: Host,
): Promise<Read> => {
  const nothing: Read = {
    module: emptyFleetModule(path, 'without-cluster'),
    again: '',
    findings: [],
    texts: new Map(),
    callers: [],
  };
  if (!concerned) return nothing;
  const environments = await environmentsIn(roots, flags.environments ?? [], host.cwd);
  const asRead = { ...flags, environments };
  const again = flagsAgain(asRead);
  const run = await runModule(path, asRead, host, { revisions: false });
  const errors = run.diagnostics.filter(({ severity }) => severity === 'error');
  const isOnly = (codes: readonly Code[]): boolean =>
    errors.length > 0 && errors.every(({ code }) => codes.includes(code));
  // What units include is judged in them.
  const hasRows = !isShared && run.diagnostics.some(({ code }) => rowsElsewhere.includes(code));
  if (!hasRows && isOnly(isShared ? [...withoutCluster, 'TAE011'] : withoutCluster)) return nothing;
  // What else is said there is about its rows.
  const isElsewhere = errors.some(({ code }) => [...withoutCluster, ...clusterElsewhere].includes(code));
  const report = run.result?.report;
  const isKnown = report !== undefined && report.phases.length > 0;
  // A script is for one cluster.
  const calls = flags.emit === 'aws-cli' ? [] : (run.result?.state?.calls ?? []);
  const from = run.source?.directory ?? '';
  const module = isKnown
    ? fleetModule(
        path,
        report,
        run.nameOf,
        calls.map(({ title }) => title),
      )
    : emptyFleetModule(path, isElsewhere ? 'elsewhere' : 'unreadable');
  return {
    module,
    again,
    callers: calls.map(({ place }) => [resolve(from, place.directory), place.isElsewhere === true]),
    ...namedFindings(run, run.diagnostics),
    ...(flags.format === 'html' ? { page: pageOf(run, isKnown, again) } : {}),
  };
};

/** Without the differences: the page of one root module has them. */
const pageOf = (run: ModuleRun, isKnown: boolean, again: string): OutputModule => {
  const { report, ...page } = outputModule(run, run.diagnostics);
  return {
    ...page,
    ...(isKnown && report ? { report } : {}),
    changes: () => [],
    own: `tf-access-entries status ${pathWord(page.name)} --format html${again}`,
  };
};
