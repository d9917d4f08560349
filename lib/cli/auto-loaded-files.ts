import { basename, dirname, join, resolve } from 'node:path';
import { isAutoLoaded } from '../terraform/auto-loaded.ts';
import { placesOnly } from '../report/places.ts';
import { refusing } from './refusing.ts';
import type { Host } from './host.ts';
import { kindOf, listDirectory, realPath } from './io.ts';
import { followLink, repositoryOr } from './links.ts';
import { readText, type ModuleSource } from './read-module.ts';

/** The run of a module: files of values that were named, and the texts in which messages have their places. */
type Run = {
  readonly source?: ModuleSource;
  readonly texts: Map<string, string>;
  readonly environments?: ReadonlyMap<string, string> | undefined;
  readonly variableFiles?: ReadonlyMap<string, string> | undefined;
};

/**
 * The files of values that Terraform loads by itself in a root module; `place` leads to it from the module at hand. Where something is in
 * them is said, and what is in them is not. Source: github.com/hashicorp/terraform, internal/command/arguments/vars.go.
 */
export const autoLoadedFiles = async (run: Run, place: string, host: Host): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  if (run.source === undefined) return files;
  const directory = resolve(run.source.directory, place);
  const label = join(run.source.label, place);
  const tree = await repositoryOr(directory, { directory, name: 'its directory' });
  const named = await namedIn(directory, run, host);
  for (const { name, kind } of await refusing('TAE002', label, () => listDirectory(directory))) {
    if (!isAutoLoaded(name)) continue;
    const path = join(directory, name);
    // Terraform looks first whether `terraform.tfvars` is there, and passes over a link that leads nowhere.
    const isAbsent = !name.includes('.auto.') && (await kindOf(path).catch(() => undefined)) === undefined;
    if (isAbsent) continue;
    const called = named.get(name) ?? join(label, name);
    const text = await readText(kind === 'link' ? await followLink(path, called, tree) : path, called);
    run.texts.set(called, placesOnly(text));
    files.set(called, text);
  }
  return files;
};

/** What files of the directory that were named are called, by their names there. */
const namedIn = async (
  directory: string,
  { environments, variableFiles }: Run,
  { cwd }: Host,
): Promise<ReadonlyMap<string, string>> => {
  const named = new Map<string, string>();
  for (const file of [...(environments ?? new Map()).keys(), ...(variableFiles ?? new Map()).keys()]) {
    const path = resolve(cwd, file);
    if ((await realPath(dirname(path)).catch(() => undefined)) === directory) named.set(basename(path), file);
  }
  return named;
};
