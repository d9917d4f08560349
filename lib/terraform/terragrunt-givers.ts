import { attribute, blocks, sourceOf, type Block, type Expression, type HclFile } from '../hcl/index.ts';
import type { Range } from '../diagnostics/index.ts';
import { generatedFiles } from './terragrunt-generated.ts';
import { givesNo, type Unit } from './terragrunt-includes.ts';
import { namedFile, pathOf } from './terragrunt-paths.ts';
import type { RootModule } from './root-module.ts';
import { isAutoLoaded } from './auto-loaded.ts';

/**
 * What may give a variable to the module of a unit, beside the input of the unit itself: `absent` counts where the unit has no such input,
 * `joins` is merged with it, also with one that a phase adds, and `wins` counts in its place. `what`: as messages call it.
 */
export type Giver = { readonly kind: 'absent' | 'joins' | 'wins'; readonly what: string; readonly range?: Range };

/** `given`: the unit has the input. `single`: its value is no list and no map, so that nothing is merged with it. */
type Asked = { readonly given: boolean; readonly single?: boolean };

/**
 * Inputs become variables of the environment, which count least of all ways to give a variable. Sources:
 * terragrunt.gruntwork.io/docs/reference/hcl/attributes (inputs, variable precedence), .../blocks (include, terraform);
 * github.com/gruntwork-io/terragrunt, pkg/config/include.go (DeepMerge).
 */
export const giversOf = (module: RootModule, name: string, { given, single = false }: Asked): readonly Giver[] => {
  const { unit, scope } = module;
  if (!unit) return [];
  const files = scope.files ?? new Map<string, string>();
  const included = unit.included.flatMap((file): Giver[] => {
    if (givesNo(name, file)) return [];
    if (file.merge === 'over') return [{ kind: 'wins', what: file.name }];
    if (file.merge === 'deep' && !single) return [{ kind: 'joins', what: file.name }];
    return given ? [] : [{ kind: 'absent', what: file.name }];
  });
  const loaded = [...files].flatMap(([path, text]): Giver[] =>
    isAutoLoaded(path) && !path.includes('/') && mentions(text, name) ? [{ kind: 'wins', what: path }] : [],
  );
  const passed = extraArguments(unit).flatMap(({ block, file, directory }): Giver[] => {
    const title = `extra_arguments "${block.labels[0] ?? ''}"`;
    const what = whatGives({ name, files, file, directory }, block);
    return what === undefined ? [] : [{ kind: 'wins', what: what.replace('{title}', title), range: block.headerRange }];
  });
  const generated = generatedFiles(unit).flatMap(({ path, title, text, range }): Giver[] => {
    const isQuiet = !isAutoLoaded(path) || (text !== undefined && !mentions(text, name));
    return isQuiet ? [] : [{ kind: 'wins', what: `${path} (${title})`, range }];
  });
  return [...included, ...loaded, ...passed, ...generated];
};

/** Whether a file of values has something of a name. */
const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text.replace(/^\s*(?:#|\/\/).*$/gm, ''));

type Passed = { readonly block: Block; readonly file: HclFile; readonly directory: string | undefined };

/** Those of the unit, and those of included files, of which the unit may have one of the same name in their place. */
const extraArguments = ({ file, included }: Unit): readonly Passed[] => {
  const own = within(file);
  const names = new Set(own.map(({ labels }) => labels[0]));
  return [
    ...own.map(block => ({ block, file, directory: undefined })),
    ...included.flatMap(({ file: other, directory, merge }) =>
      (other ? within(other) : [])
        .filter(({ labels }) => merge === 'over' || !names.has(labels[0]))
        .map(block => ({ block, file: other ?? file, directory })),
    ),
  ];
};

const within = ({ body }: HclFile): readonly Block[] =>
  blocks(body, 'terraform').flatMap(terraform => blocks(terraform.body, 'extra_arguments'));

type Question = {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  readonly file: HclFile;
  readonly directory: string | undefined;
};

/** What of such a block may give the variable, with `{title}` for the block; undefined where nothing does for certain. */
const whatGives = (question: Question, { body }: Block): string | undefined => {
  const { name } = question;
  const items = (argument: string): readonly Expression[] | undefined => {
    const value = attribute(body, argument)?.value;
    return value === undefined ? [] : value.kind === 'tuple' ? value.items : undefined;
  };
  for (const argument of ['required_var_files', 'optional_var_files']) {
    const paths = items(argument)?.map(item => sourceOf(question.file.text, item.range));
    if (!paths) return `{title}, whose ${argument} are computed,`;
    const path = paths.find(one => mayGive(question, one, argument === 'optional_var_files'));
    if (path !== undefined) return `${path} (${argument} of {title})`;
  }
  const passed = items('arguments');
  if (!passed) return '{title}, whose arguments are computed,';
  const given = flagsIn(question, passed).find(({ flag, value }) =>
    flag === 'var-file' ? mayGive(question, value, false) : [name, undefined].includes(/^"([\w-]+)=/.exec(value)?.[1]),
  );
  if (given) return `-${given.flag} of {title}`;
  const variables = attribute(body, 'env_vars')?.value;
  const isUnknown =
    variables !== undefined &&
    (variables.kind !== 'object' ||
      variables.items.some(
        ({ name: key }) => key === undefined || key === `TF_VAR_${name}` || key.startsWith('TF_CLI_ARGS'),
      ));
  return isUnknown ? 'env_vars of {title}' : undefined;
};

/** `-var` and `-var-file`, each with what it is given, as HCL. One that is computed as a whole may be either. */
const flagsIn = (
  { file }: Question,
  items: readonly Expression[],
): readonly { readonly flag: string; readonly value: string }[] => {
  const texts = items.map(item => (item.kind === 'template' ? sourceOf(file.text, item.range) : '"${"'));
  return texts.flatMap((text, index) => {
    const isValue = /^"--?var(?:-file)?"$/.test(texts[index - 1] ?? '');
    if (text.startsWith('"${') && !isValue) return [{ flag: 'var', value: text }];
    const [, flag, value] = /^"--?(var(?:-file)?)(?:=(.*)|")$/s.exec(text) ?? [];
    if (flag === undefined) return [];
    return [{ flag, value: value === undefined ? (texts[index + 1] ?? '"') : `"${value}` }];
  });
};

/** Whether a file of values, named as HCL, may have the variable: not where its text is there, and has nothing of that name. */
const mayGive = ({ name, files, directory }: Question, written: string, isOptional: boolean): boolean => {
  // Terraform runs in a copy of the module, with the files of the unit in it: what is above that copy is not above the unit.
  const named = written.startsWith('"..') ? undefined : namedFile(written, directory);
  const path = named && pathOf(named, files);
  const text = path === undefined ? undefined : files.get(path);
  if (text !== undefined) return mentions(text, name);
  // What is in the directory of the unit is given, so that it is not there.
  return !(isOptional && path !== undefined && !path.includes('/'));
};
