import { diagnose } from '../../../diagnostics/index.ts';
import { entriesModule, headerOf } from '../../../parser/index.ts';
import { moduleFiles } from '../../modules.generated.ts';
import type { SourceGate, State } from '../../phase.ts';
import { todoIn } from './todo.ts';

/** Where the module lies that converts rows at plan time, from the root module on. */
export const directoryOf = ({ options }: State): string => options.entriesModule ?? entriesModule;

/** Its files by path, where a call of it is to be written. */
export const filesOfEntriesModule = (state: State): ReadonlyMap<string, string> =>
  new Map(todoIn(state).some(({ planned }) => planned.length > 0) ? filesIn(state) : []);

const filesIn = (state: State): readonly (readonly [string, string])[] =>
  Object.entries(moduleFiles)
    .filter(([path]) => path.startsWith(`${entriesModule}/`))
    .map(([path, text]) => [`${directoryOf(state)}${path.slice(entriesModule.length)}`, text]);

/**
 * Another text in its place is another version, or somebody's, and is not overwritten: a call that is to be written may not fit to it.
 * One that is there does as it did.
 */
export const entriesModuleFits: SourceGate = state => {
  const { files } = state.source.module.scope;
  const other = filesIn(state).find(([path, text]) => (files?.get(path) ?? text) !== text);
  const toWrite = todoIn(state).find(({ planned }) => planned.length > 0);
  const written = state.transformed.find(({ planned }) => planned?.isWritten);
  const cluster = toWrite?.cluster ?? written?.cluster;
  if (!other || !cluster) return [];
  const args = { path: other[0], directory: directoryOf(state) };
  return [diagnose(toWrite ? 'TAE246' : 'TAE427', args, headerOf(cluster))];
};
