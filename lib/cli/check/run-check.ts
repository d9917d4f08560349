import { codes, exitStatus } from '../../diagnostics/index.ts';
import { checkAdapters } from '../../report/check/index.ts';
import { countOf } from '../../report/check/report.ts';
import type { Finding } from '../../report/check/view.ts';
import type { Host } from '../host.ts';
import { emptyRun, guarded, readConfig } from '../run-module.ts';
import { checkModule, type CheckedModule } from './check-module.ts';
import type { FoundModule } from './find-modules.ts';
import { severities, type CheckFlags } from './flags.ts';

/** Checks the modules that are of interest, and prints what is left to look at. */
export const runCheck = async (modules: readonly FoundModule[], flags: CheckFlags, host: Host): Promise<number> => {
  const common = emptyRun('');
  const config = flags.config === undefined ? undefined : await guarded(common, () => readConfig(common, flags, host));
  const checked: CheckedModule[] = [];
  if (common.diagnostics.length === 0) {
    for (const { path, concerned } of modules) {
      if (concerned) checked.push(await checkModule(path, flags, config, host));
    }
  }
  const all: readonly Finding[] = [
    ...common.diagnostics.map(diagnostic => ({ module: undefined, diagnostic })),
    ...checked.flatMap(({ findings }) => findings),
  ];
  const findings = all.filter(({ diagnostic }) => isAsked(diagnostic, flags));
  const shown = findings.map(({ diagnostic }) => diagnostic);
  const view = {
    findings,
    counts: {
      modules: modules.length,
      unreadable: checked.filter(({ unreadable }) => unreadable).length,
      errors: countOf(shown, 'error'),
      warnings: countOf(shown, 'warning'),
      notes: countOf(shown, 'note'),
      lessSevere: all.length - findings.length,
      suppressed: checked.reduce((sum, own) => sum + own.suppressed, 0),
    },
    texts: new Map([...common.texts, ...checked.flatMap(({ texts }) => [...texts])]),
    style: host.style('stdout', flags.color),
  };
  host.stdout(checkAdapters[flags.format](view));
  return Math.max(exitStatus(shown), findings.length > 0 ? 1 : 0);
};

/** What cannot be read and what is wrong with the config is asked for always. */
const isAsked = ({ code, severity }: Finding['diagnostic'], { minSeverity }: CheckFlags): boolean =>
  codes[code].exit > 1 || severities.indexOf(severity) <= severities.indexOf(minSeverity);
