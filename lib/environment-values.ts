import { readVariables } from './read-state.ts';
import { inLoadOrder, type Runtime, type Value } from './terraform/index.ts';

type Texts = ReadonlyMap<string, string>;
export type Values = ReadonlyMap<string, Value>;

/** The values of one file. Of a variable that is in several of them, the last counts. */
export type Layer = { readonly file: string; readonly values: Values };

/** A plan of a root module: with the file of an environment, or with what Terraform loads by itself alone. */
export type Plan = { readonly file: string; readonly layers: readonly Layer[] };

export const merged = (layers: readonly Layer[]): Values => new Map(layers.flatMap(({ values }) => [...values]));

/** `isFound`: nobody has named the file. */
export const readLayer = async (
  file: string,
  text: string,
  runtime: Runtime,
  { isFound = false } = {},
): Promise<Layer> => ({ file, values: await readVariables(new Map([[file, text]]), runtime, { isFound }) });

/**
 * The files of variable values that Terraform loads by itself in a root module, by path: `.` is the module at hand, others are directories
 * of callers. One that was named is called as it was named.
 */
export type AutoLoadedFiles = (directory: string) => Texts | Promise<Texts>;

/** Asks for the files of a root module once, and only when somebody has to know what is in them. */
export const autoLoader = (files: AutoLoadedFiles | undefined, runtime: Runtime) => {
  const known = new Map<string, Promise<readonly Layer[]>>();
  const load = async (directory: string): Promise<readonly Layer[]> => {
    const texts: Texts = (await files?.(directory)) ?? new Map();
    const layers: Layer[] = [];
    for (const file of inLoadOrder(texts.keys()))
      layers.push(await readLayer(file, texts.get(file) ?? '', runtime, { isFound: true }));
    return layers;
  };
  return (directory: string): Promise<readonly Layer[]> => {
    const found = known.get(directory) ?? load(directory);
    known.set(directory, found);
    return found;
  };
};

/**
 * The plans that files of environments stand for. Those that Terraform loads by itself stand for one together: the plan in which no other
 * file is named.
 */
export const plansOf = (named: readonly Layer[], auto: readonly Layer[]): readonly Plan[] => {
  const isAuto = ({ file }: Layer): boolean => auto.some(one => one.file === file);
  const first = auto.find(({ file }) => named.some(one => one.file === file));
  return [
    ...named.flatMap(layer => (isAuto(layer) ? [] : [{ file: layer.file, layers: [...auto, layer] }])),
    ...(first ? [{ file: first.file, layers: auto }] : []),
  ];
};

/** The last file that gives one of these variables: what it says there counts. */
export const fileWith = (names: readonly string[], layers: readonly Layer[]): string | undefined =>
  layers.findLast(({ values }) => names.some(name => values.has(name)))?.file;
