import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { entriesModule, headerOf, plannedEntries, type Cluster } from '../../../parser/index.ts';
import { moduleFiles } from '../../modules.generated.ts';
import type { SourceGate, State } from '../../phase.ts';

/** Where the module lies that converts rows at plan time, from the root module on: where calls name one copy, that serves all. */
export const directoryOf = (state: State): string => {
  const { module } = state.source;
  const [copy, ...others] = new Set(plannedEntries(module).flatMap(({ directory }) => directory ?? []));
  const isThere = others.length === 0 && module.scope.files?.has(`${copy}/main.tf`) === true;
  return state.options.entriesModule ?? (isThere ? copy : undefined) ?? entriesModule;
};

/** Its files by path that are not there yet, where a call of it is to be written. Nothing is added to a copy that only calls name. */
export const filesOfEntriesModule = (state: State): ReadonlyMap<string, string> => {
  const directory = directoryOf(state);
  if (!clusterToWrite(state) || directory !== (state.options.entriesModule ?? entriesModule)) return new Map();
  const there = state.source.module.scope.files;
  return new Map([...filesIn(directory)].filter(([path]) => !there?.has(path)));
};

/** The first cluster for which a call is to be written. */
export const clusterToWrite = ({ transformed }: State): Cluster | undefined =>
  transformed.find(({ planned }) => planned?.isWritten === false)?.cluster;

const filesIn = (directory: string): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(moduleFiles)
      .filter(([path]) => path.startsWith(`${entriesModule}/`))
      .map(([path, text]) => [`${directory}${path.slice(entriesModule.length)}`, text]),
  );

/**
 * Another text in its place is another version, or somebody's, and is not overwritten: a call that is to be written may not fit to it.
 * One that is there does as it did.
 */
export const entriesModuleFits: SourceGate = state => {
  const place = directoryOf(state);
  const cluster = clusterToWrite(state);
  const path = cluster && otherIn(state, place);
  if (path === undefined) return editedCopies(state);
  return [diagnose('TAE246', { path, directory: place }, headerOf(cluster))];
};

const editedCopies = (state: State): readonly Diagnostic[] => {
  const calls = plannedEntries(state.source.module);
  const said = new Set<string>();
  return state.transformed.flatMap(({ cluster, planned }) => {
    const directory = planned?.isWritten
      ? calls.find(({ address }) => address === planned.address)?.directory
      : undefined;
    const path = directory === undefined || said.has(directory) ? undefined : otherIn(state, directory);
    if (directory === undefined || path === undefined || !cluster) return [];
    said.add(directory);
    return [diagnose('TAE427', { path, directory }, headerOf(cluster))];
  });
};

/** The first file of a directory that Terraform reads and that is not ours. Tests and documentation are nothing that a call has to fit to. */
const otherIn = ({ source }: State, directory: string): string | undefined => {
  const ours = filesIn(directory);
  return [...(source.module.scope.files ?? [])].find(
    ([path, text]) =>
      path.startsWith(`${directory}/`) &&
      /^[^/]+\.(tf|tofu)(\.json)?$/.test(path.slice(directory.length + 1)) &&
      linesOf(text) !== linesOf(ours.get(path)),
  )?.[0];
};

/** A checkout may end lines as Windows does. */
const linesOf = (text: string | undefined): string | undefined => text?.replaceAll('\r\n', '\n');
