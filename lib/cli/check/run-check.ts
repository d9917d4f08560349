import { codes, defined, exitStatus, type Diagnostic } from '../../diagnostics/index.ts';
import { checkOutput } from '../../report/check/output.ts';
import type { CheckCounts } from '../../report/check/summary.ts';
import type { Finding } from '../../report/output.ts';
import { countOf, severities } from '../../report/severity.ts';
import type { Host } from '../host.ts';
import { printOutput } from '../print-output.ts';
import { withProgress } from '../progress.ts';
import { readConfig } from '../read-config.ts';
import { clusterOf } from '../root-modules.ts';
import { emptyRun, guarded, type ModuleRun } from '../run-module.ts';
import { applyBaseline, renewBaseline, staleNotes, type Looked } from './apply-baseline.ts';
import { readBaseline, type BaselineFile } from './baseline-file.ts';
import { checkModule, type CheckedModule, type CheckRun } from './check-module.ts';
import type { Found, FoundModule } from './find-modules.ts';
import type { CheckFlags } from '../arguments/commands.ts';

/** Checks the modules that are of interest, and prints what is left to look at. */
export const runCheck = async (found: Found, flags: CheckFlags, host: Host): Promise<number> => {
  // What is about no root module: the baseline, a config for all.
  const common = emptyRun('', host);
  const file = await guarded(common, () => readBaseline(flags, host, common.texts));
  const checked = await checkAll(found, flags, common, host);
  const settled = await settle(file, { checked, walked: found.walked }, flags, common);
  const findings: readonly Finding[] = [
    ...common.diagnostics.map(diagnostic => ({ module: undefined, diagnostic })),
    ...settled.left,
  ].filter(({ diagnostic }) => isAsked(diagnostic, flags));
  const shown = findings.map(({ diagnostic }) => diagnostic);
  const counts: CheckCounts = {
    modules: checked.length,
    unreadable: checked.filter(({ isComplete }) => !isComplete).length,
    errors: countOf(findings, 'error'),
    warnings: countOf(findings, 'warning'),
    notes: countOf(findings, 'note'),
    lessSevere: settled.left.filter(({ diagnostic }) => !isAsked(diagnostic, flags)).length,
    suppressed: checked.reduce((sum, { suppressed }) => sum + suppressed, 0),
    baselined: settled.known,
    stale: settled.stale,
  };
  const texts = new Map([...common.texts, ...checked.flatMap(module => [...module.texts])]);
  const output = checkOutput(findings, texts, counts, settled.written);
  await printOutput(output, flags, host, { findings: 'stdout' });
  return Math.max(exitStatus(shown), findings.length > 0 ? 1 : 0);
};

/** Those that are named, and the local modules that make the cluster of one which does no more than call them. */
const withClusters = async (named: readonly FoundModule[], host: Host): Promise<readonly FoundModule[]> => {
  const modules = new Map(named.map(one => [one.directory, one]));
  for (const one of named) {
    const cluster = await clusterOf(one, host);
    if (!modules.has(cluster.directory))
      modules.set(cluster.directory, { ...cluster, tree: one.tree, concerned: true });
  }
  return [...modules.values()].toSorted(({ path: a }, { path: b }) => (a < b ? -1 : 1));
};

/** Nothing is checked where the config for all or the baseline cannot be read. */
const checkAll = async (
  { modules: named }: Found,
  flags: CheckFlags,
  common: ModuleRun,
  host: Host,
): Promise<readonly CheckedModule[]> => {
  const config = flags.config === undefined ? undefined : await guarded(common, () => readConfig(common, flags, host));
  if (common.diagnostics.length > 0) return [];
  const modules = await withClusters(named, host);
  const checked: CheckedModule[] = [];
  const run: CheckRun = { checked: new Set(modules.map(({ directory }) => directory)), apart: new Map() };
  await withProgress(host, modules.length, { isShown: !flags.noColor }, async begin => {
    for (const module of modules) {
      begin(module.path);
      checked.push(await checkModule(module, flags, config, host, run));
    }
  });
  return checked;
};

/** Takes away what the baseline has. With `--write-baseline` it has, from now on, all that was asked for. */
const settle = async (
  file: BaselineFile | undefined,
  looked: Looked,
  flags: CheckFlags,
  common: ModuleRun,
): Promise<{ left: readonly Finding[]; known: number; stale: number; written?: string }> => {
  const all = looked.checked.flatMap(({ findings }) => findings);
  if (file === undefined || common.diagnostics.length > 0) return { left: all, known: 0, stale: 0 };
  const asked = ({ diagnostic }: Finding): boolean => isAsked(diagnostic, flags);
  const renewed = flags.writeBaseline ? await guarded(common, () => renewBaseline(file, looked, asked)) : undefined;
  const { known, stale } = applyBaseline(renewed ?? file, looked);
  const hidden = new Set(known);
  common.diagnostics.push(...staleNotes(file, stale));
  return {
    left: all.filter(finding => !hidden.has(finding)),
    known: known.length,
    stale: stale.reduce((sum, { count }) => sum + count, 0),
    ...defined({ written: renewed?.label }),
  };
};

/** What cannot be read and what is wrong with the config is asked for always. */
const isAsked = ({ code, severity }: Diagnostic, { minSeverity }: CheckFlags): boolean =>
  codes[code].exit > 1 || severities.indexOf(severity) <= severities.indexOf(minSeverity);
