import { diagnose, type Diagnostic, type Range } from './diagnostics/index.ts';
import type { State } from './emitter/index.ts';
import { attribute } from './hcl/index.ts';
import { numberWords, phaseNumbers, phaseVariable, type NumberedCall } from './parser/index.ts';
import { readVariables } from './read-state.ts';
import type { ReportEnvironment } from './report/report.ts';
import { blocksOf, evaluate, knownString, type RootModule, type Runtime, type Value } from './terraform/index.ts';

type Texts = ReadonlyMap<string, string>;
type Values = ReadonlyMap<string, Value>;

/** What a run is told about the environments of a source: a file of variable values for each, and files that serve all. */
export type EnvironmentFiles = { readonly environments?: Texts; readonly variableFiles?: Texts };

export type ReadEnvironments = {
  readonly environments: readonly ReportEnvironment[];
  readonly diagnostics: readonly Diagnostic[];
};

/** The phase of each environment, and the mode where a variable of the author decides it. */
export const readEnvironments = async (
  state: State,
  { environments = new Map(), variableFiles = new Map() }: EnvironmentFiles,
  runtime: Runtime,
): Promise<ReadEnvironments> => {
  const own = new Map<string, Values>();
  const shared = new Map<string, Value>();
  for (const [file, text] of variableFiles) {
    const values = await readVariables(new Map([[file, text]]), runtime);
    // A file that says how far an environment is, is that of an environment.
    if (values.has(phaseVariable)) own.set(file, values);
    else for (const [name, value] of values) shared.set(name, value);
  }
  for (const [file, text] of environments) own.set(file, await readVariables(new Map([[file, text]]), runtime));
  const diagnostics: Diagnostic[] = [];
  const { phased, calls = [] } = state;
  if (phased && calls.length > 0) return { environments: ofCallers(phased, calls, own, diagnostics), diagnostics };
  const { module } = state.source;
  const defaults = defaultsOf(module);
  const found = [...own].map(([file, values]): ReportEnvironment => {
    const phase = phased ? phaseIn(phased, file, values.get(phaseVariable), diagnostics) : null;
    const scope = module.scopeWith(new Map([...defaults, ...shared, ...values]));
    const modes = state.source.clusters.flatMap(({ address, mode }) =>
      mode.kind === 'expression'
        ? [{ cluster: address, mode: knownString(evaluate(mode.attribute.value, scope)) ?? null }]
        : [],
    );
    return { name: nameOf(file), file, phase, ...(modes.length === 0 ? {} : { modes }) };
  });
  return { environments: found, diagnostics };
};

type Phased = NonNullable<State['phased']>;

/** The declaration's own value is that of an environment which says nothing; undefined where the value does not tell. */
const phaseIn = (
  { fallback, least }: Phased,
  path: string,
  value: Value | undefined,
  diagnostics: Diagnostic[],
  range?: Range,
): number | null => {
  if (value === undefined || value.kind === 'null') return fallback ?? null;
  const text = value.kind === 'number' ? value.text : knownString(value);
  const taken = phaseNumbers.filter(number => number >= least);
  const phase = taken.find(number => String(number) === text);
  if (phase !== undefined) return phase;
  diagnostics.push(diagnose('TAE266', { path, value: text ?? value.kind, listed: taken.join(', ') }, range));
  return null;
};

/** The phase of each caller. One that hands a variable of its own on has as many as files of values were named below it. */
const ofCallers = (
  phased: Phased,
  calls: readonly NumberedCall[],
  files: ReadonlyMap<string, Values>,
  diagnostics: Diagnostic[],
): readonly ReportEnvironment[] => {
  const used = new Set<string>();
  const found = calls.flatMap((call): readonly ReportEnvironment[] => {
    const { title, place, module, given, untold } = call;
    const file = `${place.label}/${call.file.slice(call.file.lastIndexOf('/') + 1)}`.replace(/^\.\//, '');
    const isOnly = calls.filter(other => other.place === place).length === 1;
    const name = isOnly && place.label !== '.' ? place.label : title;
    const one = { name, file, call: title };
    const words = numberWords(call);
    if (untold !== undefined) return [{ ...one, phase: null, given: untold }];
    if (!given) return [{ ...one, phase: phased.fallback ?? null }];
    const value = evaluate(given.value, module.scope);
    if (value.kind !== 'unknown')
      return [{ ...one, phase: phaseIn(phased, file, value, diagnostics, given.value.range) }];
    const below = [...files].filter(([path]) => isBelow(place.label, path));
    for (const [path] of below) used.add(path);
    if (below.length === 0) return [{ ...one, phase: null, ...(words === undefined ? {} : { given: words }) }];
    const defaults = defaultsOf(module);
    return below.map(([path, values]) => {
      const scope = module.scopeWith(new Map([...defaults, ...values]));
      const own = evaluate(given.value, scope);
      const phase = own.kind === 'unknown' ? null : phaseIn(phased, path, own, diagnostics);
      return {
        name: `${name} ${nameOf(path)}`,
        file: path,
        call: title,
        phase,
        ...(phase === null && words !== undefined ? { given: words } : {}),
      };
    });
  });
  const unused = [...files.keys()].filter(path => !used.has(path));
  if (unused.length > 0)
    diagnostics.push(diagnose('TAE275', { paths: unused, callers: calls.map(({ title }) => title) }));
  return found;
};

const isBelow = (directory: string, path: string): boolean =>
  directory === '.' ? !/^(\.\.)?\//.test(path) : path.replace(/^\.\//, '').startsWith(`${directory}/`);

const defaultsOf = (module: RootModule): Values =>
  new Map(
    blocksOf(module, 'variable').flatMap(({ labels: [name = ''], body }) => {
      const found = attribute(body, 'default');
      return found ? [[name, evaluate(found.value, module.scope)] as const] : [];
    }),
  );

/** `envs/prod.tfvars` is prod, and so is `envs/prod/terraform.tfvars`. */
const nameOf = (file: string): string => {
  const parts = file.split(/[/\\]/);
  const name = (parts.at(-1) ?? file).replace(/(\.auto)?\.tfvars(\.json)?$/, '');
  return name === 'terraform' ? (parts.at(-2) ?? name) : name;
};
