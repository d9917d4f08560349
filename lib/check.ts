import { asCallersHave, modulesWithoutRows, readWithCallers, rowsNotInForce, withoutCallers } from './check-callers.ts';
import { concernsAccess } from './checker/concerns.ts';
import { checkRules } from './checker/rules/index.ts';
import { writersLeftAlone } from './checker/rules/overridden.ts';
import { suppress } from './checker/suppress.ts';
import { withDefaults } from './config/defaults.ts';
import type { ConvertOptions } from './convert.ts';
import { byPlace, defined, diagnose, refusalOf, type Code, type Diagnostic } from './diagnostics/index.ts';
import { loadPhases, type State } from './emitter/index.ts';
import type { HclFile } from './hcl/index.ts';
import { generatedAccess, handsOverRows, jsonFilesWithEks, relocated } from './parser/index.ts';
import { unitFile } from './terraform/foreign-files.ts';
import { filesOfGenerated, sayGenerated, unitNotChecked } from './units-elsewhere.ts';
import { findings, readState, type ReadOptions } from './read-state.ts';
import { refuseMisfits } from './refuse-state.ts';

export type CheckOptions = Pick<
  ConvertOptions,
  'runtime' | 'config' | 'configs' | 'snapshot' | 'ssoRegion' | 'runner' | 'emit' | 'callers' | 'directory'
> & {
  /** The config is for several root modules: it may name what is not in this one. */
  readonly sharedConfig?: boolean;
};

export type CheckResult = {
  readonly diagnostics: readonly Diagnostic[];
  /** What a comment silences: `# tf-access-entries-ignore: <code> <reason>`. */
  readonly suppressed: readonly Diagnostic[];
  /**
   * Local modules that it may hand rows to, by their path from here on, and that write none of them any more. Which of these rows lacks an
   * entry (TAE310) a check of that module says, with its `callers`.
   */
  readonly modulesWithoutRows?: readonly string[];
};

/**
 * Says what is wrong with a directory of Terraform and changes nothing. `files` maps paths, relative to the directory, to texts.
 * A directory without a cluster and without aws-auth has no findings. Only programming errors throw.
 */
export const check = async (files: ReadonlyMap<string, string>, options: CheckOptions): Promise<CheckResult> => {
  if (![...withoutCallers(files, options)].some(one => isOfInterest(...one))) {
    return { diagnostics: [], suppressed: [] };
  }
  try {
    const { sharedConfig = false } = options;
    const read = readOptions(options);
    const { callers: _, ...ofModule } = read;
    const state = await readState(withoutCallers(files, read), ofModule);
    const called = await readWithCallers(files, read);
    if (!sharedConfig) refuseMisfits(state.source, state.options, called?.handed);
    const all = [
      ...findings(state, await loadPhases(state))
        .filter(concerns(state))
        .filter(isOfModule(state)),
      ...sayGenerated(state.source.module),
      ...inJson(state),
      ...unitNotChecked(state.source.module),
      ...findingsOfRules(state),
      ...(called?.writersBeside ?? []),
      ...(called ? rowsNotInForce(called) : []),
    ];
    const told = asCallersHave(state, called, read);
    const own = filesOf(state);
    const { left, suppressed } = suppress(own, all.flatMap(told).map(withoutEdit), {
      files: [
        ...(called?.calls ?? []).flatMap(call => call.module.files),
        ...filesOfGenerated(state.source.module, own),
      ],
      codes: state.source.localModules.size > 0 ? saidOfCallers : [],
    });
    const placed = (one: Diagnostic): Diagnostic => relocated(one, state.phased?.place);
    const diagnostics = byPlace(left.map(placed));
    const more = modulesWithoutRows(state);
    return {
      diagnostics,
      suppressed: byPlace(suppressed.map(placed)),
      ...(more.length > 0 ? { modulesWithoutRows: more } : {}),
    };
  } catch (error) {
    return { diagnostics: refusalOf(error), suppressed: [] };
  }
};

/** A caller may hand over more: options of convert would be read as what the module was read with. */
const readOptions = (options: CheckOptions): ReadOptions => {
  const {
    runtime,
    config = {},
    configs,
    snapshot,
    ssoRegion,
    runner,
    emit,
    callers,
    directory,
  } = withDefaults(options, options.config ?? {});
  return { runtime, config, ...defined({ configs, snapshot, ssoRegion, runner, emit, callers, directory }) };
};

const isOfInterest = (path: string, text: string): boolean =>
  ((/\.(tf|tofu)(\.json)?$/.test(path) || path === unitFile || isIncluded(path)) && concernsAccess(text)) ||
  handsOverRows(path, text);

/** A unit may have its source from there, or what it generates. */
const isIncluded = (path: string): boolean => path.endsWith('.hcl');

/** Those in which a finding may be, and a comment that silences it. */
const filesOf = ({ source: { module, elsewhere } }: State): readonly HclFile[] => [
  ...new Set([...module.files, ...elsewhere.flatMap(rows => rows.module.files)]),
];

/** What the check of a module says at a place in those who call it. */
const saidOfCallers: readonly Code[] = ['TAE277', 'TAE310'];

const concerns =
  ({ source }: State) =>
  ({ code }: Diagnostic): boolean =>
    !saidByRules.includes(code) && (source.mappings.length > 0 || !forPhases.includes(code));

/** What a unit generates the check of the unit says, whatever phases its module has. */
const isOfModule = ({ source: { module }, calls = [] }: State): ((finding: Diagnostic) => boolean) => {
  const places = [module, ...calls.map(call => call.module)]
    .flatMap(one => generatedAccess(one, new Map()))
    .map(({ range: { file, start } }) => `${file} ${start}`);
  return ({ code, range }) => code !== 'TAE279' || !places.includes(`${range?.file} ${range?.start}`);
};

/** Findings of a phase that a rule here has its own words for. */
const saidByRules: readonly Code[] = ['TAE249'];

/** What is said for the phases to come: where nothing of aws-auth is left to move there are none. */
const forPhases: readonly Code[] = ['TAE208', 'TAE216', 'TAE279', 'TAE280', 'TAE291', 'TAE292'];

const inJson = ({ source }: State): readonly Diagnostic[] => {
  const calls = [...writersLeftAlone(source)].flatMap(address => /^module\.(.+)$/.exec(address)?.[1] ?? []);
  return jsonFilesWithEks(source.module, new Set(calls)).map(path =>
    diagnose('TAE031', { path }, { file: path, start: 0, end: 0 }),
  );
};

/** What convert cannot edit stops it. Here it is not checked, and no more. */
const withoutEdit = (diagnostic: Diagnostic): Diagnostic => {
  const { code, range } = diagnostic;
  return code === 'TAE009' && range ? diagnose('TAE031', { path: range.file }, range) : diagnostic;
};

/**
 * What the rules say. In the body of a `for` one place stands for many entries: it is said of the first. Of rows it is said of each
 * principal, since one more is one who is let in.
 */
const findingsOfRules = (state: State): readonly Diagnostic[] => {
  const places = new Set<string>();
  return checkRules
    .flatMap(rule => rule(state))
    .filter(({ code, range, message }) => {
      const place = range ? `${code} ${range.file} ${range.start} ${range.end}` : '';
      const key = range && code !== 'TAE702' ? place : `${place} ${code} ${message}`;
      if (places.has(key)) return false;
      places.add(key);
      return true;
    });
};
