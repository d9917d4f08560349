import { exitStatus, type Diagnostic } from '../../diagnostics/index.ts';
import type { Config } from '../../config/config.ts';
import type { Finding } from '../../report/check/view.ts';
import type { Host } from '../host.ts';
import { readModule } from '../read-module.ts';
import { emptyRun, guarded, readConfig, type ModuleRun } from '../run-module.ts';
import type { FoundModule } from './find-modules.ts';
import type { CheckFlags } from './flags.ts';

/** What one root module has. Its findings name files as they are called from where the command runs. */
export type CheckedModule = {
  /** The real path of its directory. */
  readonly directory: string;
  readonly findings: readonly Finding[];
  /** How many findings a comment silences. */
  readonly suppressed: number;
  readonly texts: ReadonlyMap<string, string>;
  /** Everything in it could be read, and its config fits: these are all the findings there are. */
  readonly isComplete: boolean;
};

/** A root module in which nothing is of interest. */
export const untouched = ({ directory }: FoundModule): CheckedModule => ({
  directory,
  findings: [],
  suppressed: 0,
  texts: new Map(),
  isComplete: true,
});

/** Reads a root module with the config beside it, unless one is given for all. */
export const checkModule = async (
  { path, directory }: FoundModule,
  { emit, config: named }: Pick<CheckFlags, 'emit' | 'config'>,
  shared: Config | undefined,
  host: Host,
): Promise<CheckedModule> => {
  const run = emptyRun(path);
  await guarded(run, async () => {
    const source = await readModule(path, host.cwd, { outside: true });
    run.source = source;
    run.diagnostics.push(...source.diagnostics);
    for (const [file, text] of source.files) run.texts.set(file, text);
  });
  const config = named === undefined ? await guarded(run, () => readConfig(run, {}, host)) : shared;
  let suppressed = 0;
  if (run.source !== undefined && exitStatus(run.diagnostics) === 0) {
    const { check, runtime } = await host.pipeline();
    const sharedConfig = named !== undefined;
    const runner = config?.runner;
    const given = { ...(config ? { config } : {}), ...(runner === undefined ? {} : { runner }) };
    const result = await check(run.source.files, { runtime, emit, sharedConfig, ...given });
    run.diagnostics.push(...result.diagnostics);
    suppressed = result.suppressed.length;
  }
  return { directory, ...checkedOf(run), suppressed };
};

const checkedOf = (run: ModuleRun): Omit<CheckedModule, 'directory' | 'suppressed'> => {
  const { diagnostics, nameOf, label } = run;
  const findings = diagnostics.map(diagnostic => ({ module: label, diagnostic: named(diagnostic, nameOf) }));
  return { findings, texts: textsOf(run), isComplete: exitStatus(diagnostics) < 2 };
};

const named = (diagnostic: Diagnostic, nameOf: ModuleRun['nameOf']): Diagnostic => {
  const { range, related } = diagnostic;
  const place = <Placed extends { readonly file: string }>(own: Placed): Placed => ({ ...own, file: nameOf(own.file) });
  return {
    ...diagnostic,
    ...(range ? { range: place(range) } : {}),
    ...(related ? { related: related.map(other => ({ ...other, range: place(other.range) })) } : {}),
  };
};

/** Only those that something points into: there may be thousands of files. */
const textsOf = ({ diagnostics, texts, nameOf }: ModuleRun): ReadonlyMap<string, string> => {
  const ranges = diagnostics.flatMap(({ range, related = [] }) => [range, ...related.map(other => other.range)]);
  const files = new Set(ranges.flatMap(range => range?.file ?? []));
  return new Map([...files].flatMap(file => (texts.has(file) ? [[nameOf(file), texts.get(file) ?? '']] : [])));
};
