import { diagnose, type Diagnostic } from './diagnostics/index.ts';
import type { State } from './emitter/index.ts';
import { attribute } from './hcl/index.ts';
import { phaseNumbers, phaseVariable } from './parser/index.ts';
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
  const { module } = state.source;
  const defaults = defaultsOf(module);
  const diagnostics: Diagnostic[] = [];
  const found = [...own].map(([file, values]): ReportEnvironment => {
    const phase = phaseOf(state, file, values, diagnostics);
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

/** The declaration's own value is that of an environment which says nothing. */
const phaseOf = ({ phased }: State, file: string, values: Values, diagnostics: Diagnostic[]): number | null => {
  if (!phased) return null;
  const { fallback, least } = phased;
  const value = values.get(phaseVariable);
  if (value === undefined || value.kind === 'null') return fallback ?? null;
  const text = value.kind === 'number' ? value.text : knownString(value);
  const taken = phaseNumbers.filter(number => number >= least);
  const phase = taken.find(number => String(number) === text);
  if (phase !== undefined) return phase;
  diagnostics.push(diagnose('TAE266', { path: file, value: text ?? value.kind, listed: taken.join(', ') }));
  return null;
};

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
