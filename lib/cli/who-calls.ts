import { join, resolve, sep } from 'node:path';
import { isUnitFile, unitFile } from '../terraform/foreign-files.ts';
import { findModules } from './check/find-modules.ts';
import { runtimeOf, type Host } from './host.ts';
import { sourceTexts } from './included-files.ts';
import { absent, kindOf, listDirectory, readBytes, realPath } from './io.ts';
import { sourcesIn } from './local-sources.ts';
import { isTerraformFile } from './module-files.ts';

/** A root module that calls local ones: its files, where each `source` leads, and those that Terragrunt or a plan alone knows. */
type MayCall = {
  readonly directory: string;
  readonly names: readonly string[];
  readonly leads: ReadonlyMap<string, string>;
  readonly computed: readonly string[];
};

const looked = new WeakMap<Host, Map<string, Promise<readonly MayCall[]>>>();

/** Those of a repository. A command that goes through many modules looks once: none of its own edits changes who calls whom. */
export const callersIn = (root: string, host: Host): Promise<readonly MayCall[]> => {
  const ofHost = looked.get(host) ?? new Map<string, Promise<readonly MayCall[]>>();
  looked.set(host, ofHost);
  const found = ofHost.get(root) ?? lookForCallers(root, host);
  ofHost.set(root, found);
  return found;
};

const lookForCallers = async (root: string, host: Host): Promise<readonly MayCall[]> => {
  const { modules } = await findModules([root], '/', { units: true });
  const found: MayCall[] = [];
  for (const { directory } of modules) {
    const names = await filesIn(directory);
    const { leads, computed } = await leadsOf(directory, await textPlaces(directory, names), host);
    if (leads.size + computed.length > 0) found.push({ directory, names, leads, computed });
  }
  return found;
};

/**
 * Where each local source leads, from the directory on or else from that of the text: of an included file it is one of the two. Computed
 * ones lead nowhere before Terragrunt or a plan knows them.
 */
export const leadsOf = async (
  directory: string,
  places: readonly TextPlace[],
  host: Host,
): Promise<Pick<MayCall, 'leads' | 'computed'>> => {
  const leads = new Map<string, string>();
  const computed: string[] = [];
  for (const place of places) {
    const sources = await sourcesIn(place.texts, runtimeOf(host));
    computed.push(...sources.computed, ...(place.isPartial ? ['what an included file has'] : []));
    for (const source of sources.local) {
      const real =
        (await directoryAt(resolve(directory, source))) ?? (await directoryAt(resolve(place.directory, source)));
      if (real !== undefined) leads.set(source, real);
    }
  }
  return { leads, computed };
};

/** The texts of `source` that lead to the module. */
export const sourcesTo = (module: string, { leads, computed }: MayCall): readonly string[] => [
  ...[...leads].flatMap(([source, real]) => (real === module ? [source, source.replace(/\/\/+/g, '/')] : [])),
  ...computed.filter(source => module.endsWith(tailOf(source))),
];

/**
 * Finds those that call a module, by way of others or not, and that nobody calls; of those that call each other in a circle, each. Who is
 * above whom is looked up once: a computed source may lead to every module of a repository.
 */
export const rootsAmong = (modules: readonly MayCall[]): ((module: string) => readonly MayCall[]) => {
  const units = new Set(modules.filter(isUnitAlone).map(({ directory }) => directory));
  const callersOf = once((module: string) =>
    units.has(module) ? [] : modules.filter(one => one.directory !== module && sourcesTo(module, one).length > 0),
  );
  const above = once((module: string) => {
    const found = new Set<MayCall>();
    const open = [module];
    for (const next of open)
      for (const one of callersOf(next)) {
        if (found.has(one)) continue;
        found.add(one);
        open.push(one.directory);
      }
    return found;
  });
  const isTop = (one: MayCall): boolean => [...above(one.directory)].every(other => above(other.directory).has(one));
  return module => modules.filter(one => one.directory !== module && above(module).has(one) && isTop(one));
};

/** A unit of Terragrunt has no Terraform, so no `source` leads to it. */
const isUnitAlone = ({ names }: MayCall): boolean => names.every(isUnitFile);

const once = <T>(find: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return key => {
    const found = known.get(key) ?? find(key);
    known.set(key, found);
    return found;
  };
};

/** The path that a computed source ends with, after all steps up; empty where it is no template, or one that ends with a reference. */
const tailOf = (source: string): string => {
  const isTemplate = !source.endsWith('"') || oneString.test(source);
  const [, path = ''] = (isTemplate && /\}\/+([^{}"]*?)\/*"?$/.exec(source)) || [];
  const parts = path.split(/\/+/);
  return parts
    .slice(parts.lastIndexOf('..') + 1)
    .filter(part => part !== '' && part !== '.')
    .map(part => sep + part)
    .join('');
};

/** One string in quotes, of which what is computed may hold others. */
const oneString = /^"(?:[^"$%]|[$%](?!\{)|[$%]\{(?:[^{}"]|"(?:[^"{}]|\{[^{}]*\})*")*\})*"$/;

const directoryAt = async (path: string): Promise<string | undefined> => {
  const real = await realPath(path).catch(() => undefined);
  return real !== undefined && (await kindOf(real)) === 'directory' ? real : undefined;
};

/** None of a directory that is gone since it was found, as a temporary one may be. */
export const filesIn = async (directory: string): Promise<readonly string[]> =>
  ((await absent(listDirectory(directory))) ?? [])
    .filter(({ kind, name }) => kind !== 'directory' && (isTerraformFile(name) || isUnitFile(name)))
    .map(({ name }) => name);

/** Texts that may have the sources of what a directory calls, and the directory that they lie in. */
type TextPlace = {
  readonly directory: string;
  readonly texts: readonly (readonly [name: string, text: string])[];
  /** There are more that nobody finds here. */
  readonly isPartial?: boolean;
};

/** Those of the directory itself, and of the files that a unit of Terragrunt includes. */
export const textPlaces = async (directory: string, names: readonly string[]): Promise<readonly TextPlace[]> => {
  const texts = textsByName(directory, names);
  const unit = texts.find(([name]) => name === unitFile)?.[1];
  const [own, ...included] =
    unit === undefined ? [] : await sourceTexts(unit, directory, { directory, name: 'its directory' });
  return [
    { directory, texts, isPartial: own?.isPartial === true },
    ...included.map(one => ({ directory: one.directory, texts: [[unitFile, one.text] as const] })),
  ];
};

export const textsByName = (directory: string, names: readonly string[]): TextPlace['texts'] =>
  names.flatMap(name => textsIn(directory, [name]).map((text): [string, string] => [name, text]));

/** What cannot be read says nothing here; who reads it in earnest says so. */
export const textsIn = (directory: string, names: readonly string[]): readonly string[] =>
  names.flatMap(name => {
    try {
      return readBytes(join(directory, name))?.toString('utf8') ?? [];
    } catch {
      return [];
    }
  });
