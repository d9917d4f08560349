import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { configName, type Config } from '../config/config.ts';
import type { ConfigFile } from '../config/merge-configs.ts';
import { stdinPath } from './arguments/syntax.ts';
import type { ModuleFlags } from './arguments/commands.ts';
import type { Host } from './host.ts';
import { kindOfEntry, type Kind } from './io.ts';
import { followLink, repositoryOr, repositoryRoot, type Tree } from './links.ts';
import { readText, type ModuleSource } from './read-module.ts';
import { readInput, readNamed } from './verify/read-input.ts';

/** What is decided about a root module, and the files that say so, the nearest first. */
export type ReadConfig = { readonly config: Config; readonly files: readonly ConfigFile[] };

/** A root module whose config is read; what stands in messages of it is put into `texts`. */
type Reading = { readonly source?: ModuleSource; readonly texts: Map<string, string> };

/** The config named, or those that are found from the root module upwards. */
export const readConfig = async (
  run: Reading,
  { config: named }: Pick<ModuleFlags, 'config'>,
  { cwd }: Pick<Host, 'cwd'>,
): Promise<ReadConfig | undefined> => {
  const { source } = run;
  const found = named === undefined ? await findConfigs(source, cwd) : [await readOne(named, source, cwd)];
  if (found.length === 0) return undefined;
  const { mergeConfigs, parseConfigFile } = await import('../config/index.ts');
  const files = found.map(({ label, text, shown, ...rest }): ConfigFile => {
    run.texts.set(label, shown);
    return { ...parseConfigFile(label, text), ...rest };
  });
  return { config: mergeConfigs(files), files };
};

/** The configs that were named, the nearest first: none is looked for, since a plan is nowhere in particular. */
export const readNamedConfig = async (paths: readonly string[], host: Host): Promise<Config | undefined> => {
  if (paths.length === 0) return undefined;
  const { mergeConfigs, parseConfigFile } = await import('../config/index.ts');
  const files: ConfigFile[] = [];
  for (const path of paths) {
    const { label, text } = await readInput(path, host);
    files.push(parseConfigFile(label, text));
  }
  return mergeConfigs(files);
};

/** `label`: how messages call it; `shown`: its text as far as it may stand in messages. */
type Found = Pick<ConfigFile, 'name' | 'isShared'> & {
  readonly label: string;
  readonly text: string;
  readonly shown: string;
};

const readOne = async (path: string, source: ModuleSource | undefined, cwd: string): Promise<Found> => {
  const name = source === undefined ? path : slashed(relative(source.directory, resolve(cwd, path)));
  return { label: path, name, ...(await readNamed(path, cwd)) };
};

/** Beside the root module and in the directories above, up to the root of the repository: what lies above is somebody else's. */
const findConfigs = async (source: ModuleSource | undefined, cwd: string): Promise<readonly Found[]> => {
  if (source === undefined || source.directory === '' || source.label === stdinPath) return [];
  const { directory, label } = source;
  const root = (await repositoryRoot(directory)) ?? directory;
  const tree = await repositoryOr(directory, { directory, name: 'its directory' });
  const found: Found[] = [];
  for (let at = directory; ; at = dirname(at)) {
    const path = join(at, configName);
    const called = at === directory ? join(label, configName) : calledFrom(cwd, path, label);
    const text = await readFound(path, called, tree);
    const isShared = at === directory ? {} : { isShared: true };
    if (text !== undefined)
      found.push({ label: called, name: slashed(relative(directory, path)), text, shown: text, ...isShared });
    if (at === root) return found;
  }
};

/** As it is called from where the command runs. The root module may be called by a link, which has other directories above it. */
const calledFrom = (cwd: string, path: string, label: string): string =>
  isAbsolute(label) ? path : relative(cwd, path);

const readFound = async (path: string, label: string, tree: Tree): Promise<string | undefined> => {
  const kind = await kindOfEntry(path).catch((): Kind => 'other');
  if (kind === undefined) return undefined;
  return readText(kind === 'link' ? await followLink(path, label, tree) : path, label);
};

const slashed = (path: string): string => path.split(sep).join('/');
