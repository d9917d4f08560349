import { diagnose, type Diagnostic, type Range } from './diagnostics/index.ts';
import type { State } from './emitter/index.ts';
import {
  autoLoader,
  fileWith,
  merged,
  plansOf,
  readLayer,
  type AutoLoadedFiles,
  type Layer,
  type Plan,
} from './environment-values.ts';
import { declaredPhase, numberWords, phaseNumbers, phaseVariable, type NumberedCall } from './parser/index.ts';
import { sayMisspeltPhase } from './misspelt-phase.ts';
import type { ReportEnvironment } from './report/report.ts';
import {
  evaluate,
  givenByCall,
  isAutoLoaded,
  knownString,
  knownText,
  variableValues,
  type RootModule,
  type Runtime,
  type Value,
} from './terraform/index.ts';

type Texts = ReadonlyMap<string, string>;
type Load = ReturnType<typeof autoLoader>;

/** What a run is told about the environments of a source: a file of variable values for each, and files that serve all. */
export type EnvironmentFiles = {
  readonly environments?: Texts;
  readonly variableFiles?: Texts;
  readonly autoLoadedFiles?: AutoLoadedFiles;
};

export type ReadEnvironments = {
  readonly environments: readonly ReportEnvironment[];
  readonly diagnostics: readonly Diagnostic[];
};

/** The phase of each environment, and the mode where a variable of the author decides it, as Terraform would have them. */
export const readEnvironments = async (
  state: State,
  { environments = new Map(), variableFiles = new Map(), autoLoadedFiles }: EnvironmentFiles,
  runtime: Runtime,
): Promise<ReadEnvironments> => {
  const own = new Map<string, Layer>();
  const shared: Layer[] = [];
  for (const [file, text] of variableFiles) {
    const layer = await readLayer(file, text, runtime);
    // A file that says how far an environment is, is that of an environment.
    if (layer.values.has(phaseVariable)) own.set(file, layer);
    else shared.push(layer);
  }
  for (const [file, text] of environments) own.set(file, await readLayer(file, text, runtime));
  const named = [...own.values()];
  const said: Diagnostic[] = [];
  const load = autoLoader(autoLoadedFiles, runtime);
  const { phased, calls = [] } = state;
  const found =
    phased && calls.length > 0
      ? await ofCallers(state, phased, calls, named, load, said)
      : await ofRoot(state, named, shared, load, said);
  // What is in a file that several environments have is said once.
  const diagnostics = said.filter(({ message }, index) => said.findIndex(one => one.message === message) === index);
  return { environments: found, diagnostics };
};

type Phased = NonNullable<State['phased']>;

/** The environments of the module at hand. Of one that nobody has named it is known where Terraform finds the phase by itself. */
const ofRoot = async (
  { phased, source: { module, clusters } }: State,
  named: readonly Layer[],
  shared: readonly Layer[],
  load: Load,
  diagnostics: Diagnostic[],
): Promise<readonly ReportEnvironment[]> => {
  const modesIn = (layers: readonly Layer[], defaults: boolean): Modes => {
    const given = merged(layers);
    return modesOf(clusters, module.scopeWith(defaults ? variableValues(module, given) : given));
  };
  const isSettled = (layer: Layer): boolean =>
    !isAutoLoaded(layer.file) &&
    (!phased || layer.values.has(phaseVariable)) &&
    modesIn([...shared, layer], false).every(({ mode }) => mode !== null);
  const isAsked = named.length > 0 ? !named.every(isSettled) : phased !== undefined;
  const auto = isAsked ? await load('.') : [];
  if (phased) diagnostics.push(...sayMisspeltPhase([...named, ...shared, ...auto], module));
  const unnamed = phased && named.length === 0 ? fileWith([phaseVariable], auto) : undefined;
  const plans: readonly Plan[] = unnamed === undefined ? plansOf(named, auto) : [{ file: unnamed, layers: auto }];
  const between = shared.filter(({ file }) => !auto.some(one => one.file === file));
  return plans.map(({ file, layers }): ReportEnvironment => {
    const from = fileWith([phaseVariable], layers);
    // Of files that Terraform loads by itself it is the last whose number counts.
    const place = layers === auto ? (from ?? file) : file;
    const value = merged(layers).get(phaseVariable);
    const phase = phased ? phaseIn(phased, from ?? file, value, diagnostics) : null;
    const own = layers.filter(layer => !auto.includes(layer));
    const modes = modesIn([...auto, ...between, ...own], true);
    return { name: nameOf(file), file: place, phase, ...(modes.length === 0 ? {} : { modes }) };
  });
};

type Modes = NonNullable<ReportEnvironment['modes']>;

const modesOf = (clusters: State['source']['clusters'], scope: RootModule['scope']): Modes =>
  clusters.flatMap(({ address, mode }) =>
    mode.kind === 'expression'
      ? [{ cluster: address, mode: knownString(evaluate(mode.attribute.value, scope)) ?? null }]
      : [],
  );

/** The declaration's own value is that of an environment which says nothing; undefined where the value does not tell. */
const phaseIn = (
  { fallback, least }: Phased,
  path: string,
  value: Value | undefined,
  diagnostics: Diagnostic[],
  range?: Range,
): number | null => {
  if (value === undefined || value.kind === 'null') return fallback ?? null;
  const text = knownText(value);
  const taken = phaseNumbers.filter(number => number >= least);
  const phase = taken.find(number => isNumber(text) && Number(text) === number);
  if (phase !== undefined) return phase;
  diagnostics.push(diagnose('TAE266', { path, value: text ?? value.kind, listed: taken.join(', ') }, range));
  return null;
};

/** As Terraform makes a number of a string: "2.0" is 2. */
const isNumber = (text = ''): boolean => /^\d+(?:\.\d+)?$/.test(text);

/** The phase of each caller. One that hands a variable of its own on has as many as files of values were named below it. */
const ofCallers = async (
  { source: { module: called, clusters } }: State,
  phased: Phased,
  calls: readonly NumberedCall[],
  files: readonly Layer[],
  load: Load,
  diagnostics: Diagnostic[],
): Promise<readonly ReportEnvironment[]> => {
  const used = new Set<string>();
  const found: ReportEnvironment[] = [];
  for (const call of calls) {
    const { title, place, module, block, given, untold } = call;
    const file = `${place.label}/${call.file.slice(call.file.lastIndexOf('/') + 1)}`.replace(/^\.\//, '');
    const isOnly = calls.filter(other => other.place === place).length === 1;
    const name = isOnly && place.label !== '.' ? place.label : title;
    const modesBy = (caller: Pick<RootModule, 'scope'>): Pick<ReportEnvironment, 'modes'> => {
      const values = variableValues(called, block ? givenByCall(called, block, caller) : new Map());
      const modes = modesOf(clusters, called.scopeWith(values));
      if (modes.length === 0) return {};
      return { modes: block && untold === undefined ? modes : modes.map(mode => ({ ...mode, mode: null })) };
    };
    const one = { name, file, call: title, ...modesBy(module) };
    const words = numberWords(call);
    const unknown = { ...one, phase: null, ...(words === undefined ? {} : { given: words }) };
    const value = given && evaluate(given.value, module.scope);
    // Terraform takes files of values in a root module alone.
    const named = place.roots ? [] : files.filter(layer => isBelow(place.label, layer.file));
    if (untold !== undefined) found.push({ ...one, phase: null, given: untold });
    else if (!given) found.push({ ...one, phase: phased.fallback ?? null, byDefault: true });
    else if (value && value.kind !== 'unknown')
      found.push({ ...one, phase: phaseIn(phased, file, value, diagnostics, given.value.range) });
    else {
      for (const layer of named) used.add(layer.file);
      if (declaredPhase(module)) diagnostics.push(...sayMisspeltPhase(named, module));
      const plans = await plansOfCaller(module, given.value, named, async () =>
        place.roots ? [] : load(place.directory),
      );
      for (const plan of plans) {
        const suffix = named.length === 0 ? '' : ` ${nameOf(plan.named)}`;
        const phase = plan.value.kind === 'unknown' ? null : phaseIn(phased, plan.from, plan.value, diagnostics);
        found.push({ ...unknown, ...modesBy(plan), phase, name: `${name}${suffix}`, file: plan.file });
      }
      if (plans.length === 0) found.push(unknown);
    }
  }
  const unused = files.flatMap(({ file }) => (used.has(file) ? [] : [file]));
  if (unused.length > 0)
    diagnostics.push(diagnose('TAE275', { paths: unused, callers: calls.map(({ title }) => title) }));
  return found;
};

type Expression = Parameters<typeof evaluate>[0];

/**
 * What an expression of a caller is in a plan. `named` is the file that was named, `from` the one whose value decides, and `file` the one in
 * which another value would count.
 */
type Decided = Pick<Plan, 'file'> &
  Pick<RootModule, 'scope'> & { readonly named: string; readonly from: string; readonly value: Value };

/**
 * The plans of a root module that hands a variable on. Where no file is named there is one, if what Terraform loads by itself decides the
 * expression; a default alone may be that of no environment.
 */
const plansOfCaller = async (
  module: RootModule,
  given: Expression,
  named: readonly Layer[],
  load: () => Promise<readonly Layer[]>,
): Promise<readonly Decided[]> => {
  const scopeWith = (layers: readonly Layer[], without?: string): RootModule['scope'] => {
    const values = new Map(variableValues(module, merged(layers)));
    if (without !== undefined) values.delete(without);
    return module.scopeWith(values);
  };
  const isSettled = (layer: Layer): boolean =>
    !isAutoLoaded(layer.file) && evaluate(given, module.scopeWith(layer.values)).kind !== 'unknown';
  const auto = named.length > 0 && named.every(isSettled) ? [] : await load();
  const decided = ({ file, layers }: Plan): Decided => {
    const names = [...merged(layers).keys()].filter(
      name => evaluate(given, scopeWith(layers, name)).kind === 'unknown',
    );
    const from = fileWith(names, layers) ?? file;
    const scope = scopeWith(layers);
    return { named: file, from, file: layers === auto ? from : file, scope, value: evaluate(given, scope) };
  };
  if (named.length > 0) return plansOf(named, auto).map(decided);
  const one = decided({ file: '', layers: auto });
  return one.from === '' || one.value.kind === 'unknown' ? [] : [one];
};

const isBelow = (directory: string, path: string): boolean =>
  directory === '.' ? !/^(\.\.)?\//.test(path) : path.replace(/^\.\//, '').startsWith(`${directory}/`);

/** `envs/prod.tfvars` is prod, and so is `envs/prod/terraform.tfvars`. */
const nameOf = (file: string): string => {
  const parts = file.split(/[/\\]/);
  const name = (parts.at(-1) ?? file).replace(/(\.auto)?\.tfvars(\.json)?$/, '');
  return name === 'terraform' ? (parts.at(-2) ?? name) : name;
};
