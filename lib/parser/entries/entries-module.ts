import { attribute, sourceOf, stringValue, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import { blocksOf, parseModuleSource, pathInside, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { normalizeSource } from '../expressions/identity.ts';

/** The name of the Terraform module that makes entries of rows at plan time, and of the directory that it is copied to. */
export const entriesModule = 'aws-auth-entries';

/** How the first line of its main.tf begins; the version follows. */
const firstLine = `# ${entriesModule} `;

/** The calls of a module of this name below the root module, unless the text of another module is there. */
const entriesCalls = (module: RootModule): readonly PlacedBlock[] =>
  blocksOf(module, 'module').filter(block => {
    const source = attribute(block.body, 'source');
    const path = source && stringValue(source.value)?.replace(/\/+$/, '');
    if (path === undefined || parseModuleSource(path).kind !== 'local' || !path.endsWith(`/${entriesModule}`))
      return false;
    const directory = pathInside(path);
    const main = module.scope.files?.get(`${directory}/main.tf`);
    return directory !== undefined && (main === undefined || main.startsWith(firstLine));
  });

/** What converts rows when Terraform plans: a call of that module, or the locals that were written before there was one. */
export type PlannedEntries = {
  /** The call, or the local with the entries. */
  readonly address: string;
  /** Whether it converts a list, given as HCL, that is handed over in an argument of the module. */
  readonly has: (argument: string, source: string) => boolean;
};

export const plannedEntries = (module: RootModule): readonly PlannedEntries[] => [
  ...entriesCalls(module).map(({ labels, body, in: { text } }) => ({
    address: `module.${labels[0]}`,
    has: (argument: string, source: string) => {
      const found = attribute(body, argument);
      const texts = found ? partsOf(found.value).map(({ range }) => normalizeSource(sourceOf(text, range))) : [];
      return texts.includes(normalizeSource(source));
    },
  })),
  ...earlierNames(module).map(name => ({
    address: `local.${name}_entries`,
    has: (_argument: string, source: string) =>
      [...module.locals.values()].some(
        local =>
          local.name.startsWith(`${name}_`) &&
          normalizeSource(sourceOf(local.in.text, local.value.range)).includes(normalizeSource(source)),
      ),
  })),
];

/** The lists in an argument, those behind a condition too. */
const partsOf = (value: Expression): readonly Expression[] => {
  const inner = unwrapParentheses(value);
  if (inner.kind === 'conditional') return [inner, ...partsOf(inner.then)];
  if (inner.kind !== 'call' || !['concat', 'flatten'].includes(inner.name)) return [inner];
  return [
    inner,
    ...inner.args.flatMap(arg => (arg.kind === 'tuple' ? [arg, ...arg.items.flatMap(partsOf)] : partsOf(arg))),
  ];
};

const earlierNames = ({ locals }: RootModule): readonly string[] =>
  [...locals.keys()]
    .flatMap(local => /^(.+)_rows_in_force$/.exec(local)?.[1] ?? [])
    .filter(name => locals.has(`${name}_rows`) && locals.has(`${name}_entries`));

/** Whether a reference is to entries that are converted at plan time: their principals are those of rows, not more. */
export const isPlannedEntries = (module: RootModule, path: readonly string[]): boolean =>
  path.length === 2
    ? plannedEntries(module).some(({ address }) => address === path.join('.'))
    : path.length === 3 &&
      path[2] === 'access_entries' &&
      plannedEntries(module).some(({ address }) => address === path.slice(0, 2).join('.'));
