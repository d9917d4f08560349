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
  const local = new Set(native.flatMap(([, text]) => plainSources(text)));
  const unit = native.find(([path]) => path === unitFile)?.[1];
  const computed = unit === undefined || !runtime ? [] : [...(await computedInUnit(unit, runtime))];
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

/**
 * The sources of a unit that only Terragrunt knows, such as `${get_repo_root()}//modules/eks`, but for those that are no path for certain.
 * A unit that cannot be read is none to Terragrunt either.
 */
const computedInUnit = async (text: string, load: () => Promise<Runtime>): Promise<readonly string[]> => {
  if (!/\bsource\s*=(?!\s*"[^"$%\\\n]*"\s*$)/m.test(text)) return [];
  const { attribute, blocks, sourceOf, stringValue } = await import('../hcl/index.ts');
  const { parser } = await load();
  try {
    const { body } = parser.parse(unitFile, text);
    return blocks(body, 'terraform').flatMap(terraform => {
      const source = attribute(terraform.body, 'source')?.value;
      if (!source || stringValue(source) !== undefined) return [];
      const written = sourceOf(text, source.range);
      return source.kind === 'template' && isRemote.test(written) ? [] : [written];
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [];
  }
};

/** Begins with a scheme, a user or a host, or ends with a release. */
const isRemote =
  /^"(?:[\w+]+::|\w+:\/\/|\w+@|[\w-]+(?:\.[\w-]+)+\/)|\?(?:ref|version|depth)=(?:[^"{}]|\$\{[^{}]*\})*"$/;
