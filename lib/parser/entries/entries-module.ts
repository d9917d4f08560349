import { attribute, sourceOf, stringValue, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import {
  blocksOf,
  callAddress,
  parseModuleSource,
  pathInside,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import { normalizeSource } from '../expressions/identity.ts';
import { partOf, textOf, type Piece } from '../expressions/piece.ts';

/** The name of the Terraform module that makes entries of rows at plan time, and of the directory that it is copied to. */
export const entriesModule = 'aws-auth-entries';

/** How the first line of its main.tf begins; the version follows. */
const firstLine = `# ${entriesModule} `;

/** The directory of a call of a module of this name below the root module; undefined where the text of another module is there. */
const directoryOfCall = ({ scope }: RootModule, { body }: PlacedBlock): string | undefined => {
  const source = attribute(body, 'source');
  const path = source && stringValue(source.value)?.replace(/\/+$/, '');
  if (path === undefined || parseModuleSource(path).kind !== 'local' || !path.endsWith(`/${entriesModule}`))
    return undefined;
  const directory = pathInside(path);
  const main = scope.files?.get(`${directory}/main.tf`);
  return main === undefined || main.startsWith(firstLine) ? directory : undefined;
};

/** What converts rows when Terraform plans: a call of that module, or the locals that were written before there was one. */
export type PlannedEntries = {
  /** The call, or the local with the entries. */
  readonly address: string;
  /** Of a call: where the module lies, from the root module on. */
  readonly directory?: string;
  /**
   * The conditions, as HCL, under which it converts a list, given as HCL, that is handed over in an argument of the module: one list of
   * conditions for each time that it is.
   */
  readonly handedOver: (argument: string, source: string) => readonly (readonly string[])[];
};

export const plannedEntries = (module: RootModule): readonly PlannedEntries[] => [
  ...blocksOf(module, 'module').flatMap(block => {
    const directory = directoryOfCall(module, block);
    return directory === undefined ? [] : [{ address: callAddress(block), directory, handedOver: handedOverIn(block) }];
  }),
  ...earlierNames(module).map(name => ({
    address: `local.${name}_entries`,
    handedOver: (_argument: string, source: string) =>
      [...module.locals.values()]
        .filter(
          local =>
            local.name.startsWith(`${name}_`) &&
            normalizeSource(sourceOf(local.in.text, local.value.range)).includes(normalizeSource(source)),
        )
        .map(() => []),
  })),
];

const handedOverIn =
  ({ body, in: file }: PlacedBlock): PlannedEntries['handedOver'] =>
  (argument, source) => {
    const found = attribute(body, argument);
    const parts = found ? partsOf({ expression: found.value, file }, []) : [];
    return parts.flatMap(({ text, conditions }) => (text === normalizeSource(source) ? [conditions] : []));
  };

type HandedOverPart = { readonly text: string; readonly conditions: readonly string[] };

/** The lists in an argument, those behind a condition too. */
const partsOf = (piece: Piece, conditions: readonly string[]): readonly HandedOverPart[] => {
  const inner = partOf(piece, unwrapParentheses(piece.expression));
  const { expression } = inner;
  const whole = { text: normalizeSource(textOf(inner)), conditions };
  const of = (part: Expression, more: readonly string[] = []): readonly HandedOverPart[] =>
    partsOf(partOf(piece, part), [...conditions, ...more]);
  if (expression.kind === 'conditional')
    return [whole, ...of(expression.then, [textOf(partOf(piece, expression.condition))])];
  if (expression.kind === 'tuple') return [whole, ...expression.items.flatMap(item => of(item))];
  if (expression.kind !== 'call' || !['concat', 'flatten'].includes(expression.name)) return [whole];
  return [whole, ...expression.args.flatMap(arg => of(arg))];
};

const earlierNames = (module: RootModule): readonly string[] =>
  [...module.locals.keys()].flatMap(local => earlierName(module, local) ?? []);

/** The name of the earlier locals of which this one has the entries. */
const earlierName = ({ locals }: RootModule, local: string): string | undefined => {
  const name = /^(.+)_entries$/.exec(local)?.[1];
  return locals.has(`${name}_rows`) && locals.has(`${name}_rows_in_force`) ? name : undefined;
};

/** Whether a reference is to entries that are converted at plan time: their principals are those of rows, not more. */
export const isPlannedEntries = (module: RootModule, path: readonly string[]): boolean => {
  const [root, name = '', output] = path;
  if (root === 'local' && path.length === 2) return earlierName(module, name) !== undefined;
  return (
    root === 'module' &&
    path.length === 3 &&
    output === 'access_entries' &&
    blocksOf(module, 'module', name).some(block => directoryOfCall(module, block) !== undefined)
  );
};
