import { resolve } from 'node:path';
import { clusterNamePattern } from '../../config/patterns.ts';
import { defined, diagnose, exitStatus, type Diagnostic } from '../../diagnostics/index.ts';
import { importOutput, type ImportedBlocks } from '../../report/import-output.ts';
import { moduleMisuse } from '../convert/misuse.ts';
import type { ImportBlocksFlags } from '../arguments/commands.ts';
import type { Host } from '../host.ts';
import { namedFindings } from '../named-findings.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { findModule } from '../read-module.ts';
import { printOutput } from '../print-output.ts';
import { moduleToConvert } from '../root-modules.ts';
import { guarded, readCallersOf, readInputs, type ModuleRun } from '../run-module.ts';

/** Prints the blocks by which Terraform adopts what exists. Writes nothing. */
export const importBlocksCommand = async (flags: ImportBlocksFlags, host: Host): Promise<number> => {
  const problem = misuse(flags) ?? moduleMisuse(flags);
  if (problem !== undefined) return printDiagnostics(problem, host, flags);
  const { clusterName = '' } = flags;
  const path = flags.moduleAddress === undefined ? await moduleToConvert(flags.path, host) : flags.path;
  const run = await readInputs(path, flags, host);
  const given = path === flags.path ? {} : await callersFor(run, flags.path, host);
  const blocks = await blocksOf(clusterName, run, { ...flags, ...given }, host);
  const output = {
    ...namedFindings(run, run.diagnostics),
    ...importOutput(clusterName, blocks, run.diagnostics, run.texts),
  };
  return printOutput(output, flags, host);
};

/** An id such as `$CLUSTER:arn...`, from a variable that no shell has replaced, would be found out in the plan only. */
const misuse = ({ clusterName, existing, moduleAddress }: ImportBlocksFlags): Diagnostic | string | undefined => {
  if (clusterName === undefined || existing === undefined) {
    return diagnose('TAE114', { missing: clusterName === undefined ? '--cluster-name' : '--existing' });
  }
  if (!clusterNamePattern.test(clusterName)) {
    return `--cluster-name takes the name of a cluster, and "${clusterName}" cannot be one.`;
  }
  if (moduleAddress !== undefined && !addressPattern.test(moduleAddress)) {
    return `--module-address takes an address such as module.platform or module.platform["prod"], or root, and "${moduleAddress}" is neither.`;
  }
  return undefined;
};

const step = String.raw`module\.[A-Za-z_][\w-]*(?:\[(?:\d+|"[^"\\]*")\])?`;

const addressPattern = new RegExp(String.raw`^(?:root|${step}(?:\.${step})*)$`);

const none: ImportedBlocks = { hcl: '', imports: [], moves: [] };

const blocksOf = async (
  clusterName: string,
  run: ModuleRun,
  { ssoRegion, emit, moduleAddress, callers, caller }: ImportBlocksFlags & ForCaller,
  host: Host,
): Promise<ImportedBlocks> => {
  const { source, snapshot, runner, config } = run;
  if (source === undefined || snapshot === undefined || exitStatus(run.diagnostics) > 0) return none;
  const { importBlocks, runtime } = await host.pipeline();
  const result = await importBlocks(source.files, {
    runtime,
    clusterName,
    snapshot,
    directory: source.label,
    ...defined({ emit, config, ssoRegion, runner, moduleAddress, callers, caller }),
  });
  run.diagnostics.push(...result.diagnostics);
  return result;
};

type ForCaller = Pick<Parameters<Awaited<ReturnType<Host['pipeline']>>['importBlocks']>[1], 'callers' | 'caller'>;

/** The path is that of a root module which calls the module that makes the cluster: the blocks are for it. */
const callersFor = async (run: ModuleRun, path: string, host: Host): Promise<ForCaller> => {
  const { cwd } = host;
  const callers = await guarded(run, () => readCallersOf(run, resolve(cwd, path), undefined, host));
  const { directory } = await findModule(path, cwd);
  const caller = callers?.find(one => resolve(run.source?.directory ?? '', one.directory) === directory)?.label;
  return defined({ callers, caller });
};
