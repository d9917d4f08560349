import { Refusal } from '../diagnostics/index.ts';
import { isLocalSource, isPlain, plainSources } from '../parser/callers/look.ts';
import { unitFile } from '../terraform/foreign-files.ts';
import type { RootModule, Runtime } from '../terraform/index.ts';

/** Where the calls of a directory lead: local paths, and sources as they are written that a plan alone knows. */
export type Sources = { readonly local: readonly string[]; readonly computed: readonly string[] };

/**
 * The sources of all calls in the files of one directory, by path from there. A look at the texts does for most; a tree is made where a
 * source is an expression, or may be, and there is what makes one.
 */
export const sourcesIn = async (
  given: Iterable<readonly [path: string, text: string]>,
  runtime?: () => Promise<Runtime>,
): Promise<Sources> => {
  const files = [...given].filter(([path, text]) => !path.includes('/') && text.includes('source'));
  const native = files.filter(([path]) => !path.endsWith('.json'));
  const unit = native.filter(([path]) => path === unitFile).map(([, text]) => text);
  const [local, computed] = [new Set(native.flatMap(([, text]) => plainSources(text))), unit.flatMap(computedInUnit)];
  const found = runtime
    ? await calledIn(
        native.filter(([, text]) => !isPlain(text)),
        given,
        runtime,
      )
    : [];
  const inJson = files.some(([path]) => path.endsWith('.json')) ? await calledInJson(files) : [];
  for (const source of [...found, ...inJson])
    if (source.isKnown && isLocalSource(source.text)) local.add(source.text);
    else if (!source.isKnown) computed.push(source.text);
  return { local: [...local], computed };
};

type Called = { readonly text: string; readonly isKnown: boolean };

/**
 * The calls of the files that need a tree. The others are read with them where an expression may look there. Of what cannot be read the
 * texts tell what they tell; who reads it in earnest says why.
 */
const calledIn = async (
  files: readonly (readonly [path: string, text: string])[],
  all: Iterable<readonly [path: string, text: string]>,
  load: () => Promise<Runtime>,
): Promise<readonly Called[]> => {
  if (files.length === 0) return [];
  const { blocksOf, callSource, computedSource, createRootModule, readRootModule } =
    await import('../terraform/index.ts');
  const runtime = await load();
  const called = (module: RootModule): readonly Called[] =>
    blocksOf(module, 'module').flatMap((block): Called[] => {
      const text = callSource(module, block);
      const written = computedSource(module, block);
      if (text !== undefined) return [{ text, isKnown: true }];
      return written === undefined ? [] : [{ text: written, isKnown: false }];
    });
  try {
    const trees = files.map(([path, text]) => runtime.parser.parse(path, text));
    const found = called(createRootModule(trees, new Map(), runtime.parser));
    return found.every(({ isKnown }) => isKnown) ? found : called(await readRootModule(new Map(all), runtime));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [];
  }
};

const calledInJson = async (files: Iterable<readonly [path: string, text: string]>): Promise<readonly Called[]> => {
  const { jsonSources } = await import('../parser/callers/calls-to.ts');
  return [...files]
    .filter(([path]) => path.endsWith('.json'))
    .flatMap(([, text]) => jsonSources(text))
    .map(text => ({ text, isKnown: !/[$%]\{/.test(text) }));
};

/** Sources that begin with what only Terragrunt knows, such as `${get_repo_root()}//modules/eks`. */
const computedInUnit = (text: string): readonly string[] =>
  [...text.matchAll(/\bsource\s*=\s*"([^"\n]*\}\/[^"{}\n]*)"/g)].flatMap(([, source = '']) => source);
