import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { attribute, stringValue } from '../../../hcl/index.ts';
import { entriesModule, headerOf } from '../../../parser/index.ts';
import { blocksOf, pathInside } from '../../../terraform/index.ts';
import { moduleFiles } from '../../modules.generated.ts';
import type { SourceGate, State } from '../../phase.ts';
import { todoIn } from './todo.ts';

/** Where the module lies that converts rows at plan time, from the root module on. */
export const directoryOf = ({ options }: State): string => options.entriesModule ?? entriesModule;

/** Its files by path that are not there yet, where a call of it is to be written. */
export const filesOfEntriesModule = (state: State): ReadonlyMap<string, string> => {
  if (!todoIn(state).some(({ planned }) => planned.length > 0)) return new Map();
  const there = state.source.module.scope.files;
  return new Map([...filesIn(directoryOf(state))].filter(([path]) => !there?.has(path)));
};

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
  const toWrite = todoIn(state).find(({ planned }) => planned.length > 0);
  const path = toWrite && otherIn(state, place);
  if (!toWrite || path === undefined) return editedCopies(state);
  return [diagnose('TAE246', { path, directory: place }, headerOf(toWrite.cluster))];
};

const editedCopies = (state: State): readonly Diagnostic[] => {
  const said = new Set<string>();
  return state.transformed.flatMap(({ cluster, planned }) => {
    const directory = planned?.isWritten ? calledDirectory(state, planned.address) : undefined;
    const path = directory === undefined || said.has(directory) ? undefined : otherIn(state, directory);
    if (directory === undefined || path === undefined || !cluster) return [];
    said.add(directory);
    return [diagnose('TAE427', { path, directory }, headerOf(cluster))];
  });
};

const calledDirectory = ({ source }: State, address: string): string | undefined => {
  const call = blocksOf(source.module, 'module').find(({ labels }) => address === `module.${labels[0]}`);
  const written = call && attribute(call.body, 'source');
  const path = written && stringValue(written.value);
  return path === undefined ? undefined : pathInside(path);
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
