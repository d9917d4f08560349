import { resolve } from 'node:path';
import type { Code } from '../../diagnostics/index.ts';
import { emptyFleetModule, fleetModule, type FleetModule } from '../../report/fleet/fleet-module.ts';
import { fleetOutput } from '../../report/fleet/output.ts';
import type { Finding } from '../../report/output.ts';
import type { StatusFlags } from '../arguments/commands.ts';
import type { Found, FoundModule } from '../check/find-modules.ts';
import type { Host } from '../host.ts';
import { realPath } from '../io.ts';
import { namedFindings } from '../named-findings.ts';
import { printOutput } from '../print-output.ts';
import { withProgress } from '../progress.ts';
import { clusterElsewhere, withoutCluster } from '../root-modules.ts';
import { runModule } from '../run-module.ts';

/** Says of each root module what `status` says of one, in a line. Of each no more is kept than that. */
export const runFleet = async ({ modules: all }: Found, flags: StatusFlags, host: Host): Promise<number> => {
  const found = await withoutCallers(all, host);
  const modules: FleetModule[] = [];
  const findings: Finding[] = [];
  const texts = new Map<string, string>();
  await withProgress(host, found.length, { isShown: !flags.noColor }, async begin => {
    for (const one of found) {
      begin(one.path);
      const read = await readOne(one, flags, host);
      modules.push(read.module);
      findings.push(...read.findings);
      for (const [file, text] of read.texts) texts.set(file, text);
    }
  });
  return printOutput(fleetOutput(modules, findings, texts), flags, host);
};

/** Who does no more than call a local module stands for that one, which is listed once, with a line for each call. */
const withoutCallers = async (found: readonly FoundModule[], { cwd }: Host): Promise<readonly FoundModule[]> => {
  const { moduleBehind } = await import('../callers.ts');
  const modules = new Map<string, FoundModule>();
  for (const one of found) {
    const path = one.concerned ? await moduleBehind(one.path, cwd).catch(() => one.path) : one.path;
    const real = path === one.path ? one.directory : ((await realPath(resolve(cwd, path))) ?? path);
    if (!modules.has(real)) modules.set(real, path === one.path ? one : { ...one, path, directory: real });
  }
  return [...modules.values()].toSorted(({ path: a }, { path: b }) => (a < b ? -1 : 1));
};

type Read = ReturnType<typeof namedFindings> & { readonly module: FleetModule };

const readOne = async ({ path, concerned }: FoundModule, flags: StatusFlags, host: Host): Promise<Read> => {
  const nothing: Read = { module: emptyFleetModule(path, 'without-cluster'), findings: [], texts: new Map() };
  if (!concerned) return nothing;
  const run = await runModule(path, flags, host, { revisions: false });
  const errors = run.diagnostics.filter(({ severity }) => severity === 'error');
  const isOnly = (codes: readonly Code[]): boolean =>
    errors.length > 0 && errors.every(({ code }) => codes.includes(code));
  if (isOnly(withoutCluster)) return nothing;
  const report = run.result?.report;
  const isKnown = report !== undefined && report.phases.length > 0;
  const module = isKnown
    ? fleetModule(path, report, run.nameOf)
    : emptyFleetModule(path, isOnly([...withoutCluster, ...clusterElsewhere]) ? 'elsewhere' : 'unreadable');
  return { module, ...namedFindings(run, run.diagnostics) };
};
