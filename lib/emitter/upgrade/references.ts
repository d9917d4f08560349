import { defined, type Range } from '../../diagnostics/index.ts';
import { hasOutput } from '../../eks/module-interface.ts';
import { groupForms } from '../../eks/node-group-forms.ts';
import { findRenames, type RenameTable } from '../../eks/renames.ts';
import {
  attribute,
  blocks,
  children,
  quote,
  replace,
  sourceOf,
  stringValue,
  type Body,
  type Expression,
  type HclFile,
} from '../../hcl/index.ts';
import type { ModuleCall } from '../../parser/index.ts';
import { isOverride, type RootModule } from '../../terraform/index.ts';
import { joined, majorOf, ownOf, tableFor, type Change, type Refused } from './change.ts';

/**
 * The references to outputs of one call, in any file of the root module, from one release to another of the next major version (or
 * of the same). What reads the call as a whole, or from a file that is not edited, is left to its author.
 */
export const upgradeReferences = (module: RootModule, call: ModuleCall, from: string, to: string): Change => {
  const table = tableFor(call, from, to);
  const texts = new Map(module.files.map(({ file, text }) => [file, text]));
  const sourceAt = ({ range }: Name): string => sourceOf(texts.get(range.file) ?? '', range);
  const reads = outputReads(module, call).map(({ output, inner, range }) => {
    if (!output) return whole(call, range, table);
    const read = upgradeRead(call, output, sourceAt(output), table, isGone(call, output.name, to));
    // The output of an argument with groups holds those of the submodule, one set per group.
    const isRoot = call.source.submodule === undefined;
    const form = isRoot && inner ? groupForms.find(({ argument }) => argument === output.name) : undefined;
    const ofGroup = form && findRenames(majorOf(from), majorOf(to), form.submodule);
    return inner && ofGroup ? joined([read, upgradeRead(call, inner, sourceAt(inner), ofGroup, false)]) : read;
  });
  const tableOf = (submodule: string): RenameTable | undefined => findRenames(majorOf(from), majorOf(to), submodule);
  return joined([...reads, { refused: readsInJson(module, call, table, tableOf) }]);
};

const isGone = ({ source }: ModuleCall, output: string, to: string): boolean =>
  hasOutput(to, source.submodule, output) === false;

const whole = (call: ModuleCall, range: Range, { outputs, goneOutputs }: RenameTable): Partial<Change> => {
  const names = [...Object.keys(outputs), ...Object.keys(goneOutputs)];
  return names.length === 0 ? {} : { refused: [{ call, kind: 'whole', name: names.join(', '), range }] };
};

const upgradeRead = (
  call: ModuleCall,
  { name, range, quoted }: Name,
  written: string,
  table: RenameTable,
  gone: boolean,
): Partial<Change> => {
  const refuse = (advice?: string): Partial<Change> => ({ refused: [{ call, kind: 'output', name, range, advice }] });
  const renamed = ownOf(table.outputs, name);
  if (renamed === undefined) {
    const advice = ownOf(table.goneOutputs, name)?.advice;
    return gone || advice !== undefined ? refuse(advice) : {};
  }
  const isPlain = written === (quoted ? quote(name) : name);
  if (isOverride(range.file) || !isPlain) return refuse(`It is called ${renamed} now.`);
  const edits = [replace(range, quoted ? quote(renamed) : renamed)];
  return { edits, changes: [`${call.address}.${name} is read as ${renamed}`] };
};

/** JSON is searched as text and not edited. */
const readsInJson = (
  module: RootModule,
  call: ModuleCall,
  table: RenameTable,
  tableOf: (submodule: string) => RenameTable | undefined,
): readonly Refused[] => {
  const output = String.raw`\bmodule\.${call.label}(?:\[[^\]]*\])?\.`;
  const forms = call.source.submodule === undefined ? groupForms : [];
  const searches = [
    { before: output, advice: adviceOf(table) },
    ...forms.map(({ argument, submodule }) => ({
      before: String.raw`${output}${argument}(?:\[[^\]]*\]|\.[\w*-]+)\.`,
      advice: adviceOf(tableOf(submodule)),
    })),
  ];
  return [...module.json].flatMap(([file, text]) =>
    searches.flatMap(({ before, advice }) =>
      namesBehind(text, before).flatMap(name => {
        const found = advice.get(name);
        return found === undefined ? [] : [{ call, kind: 'json' as const, name, advice: found, file }];
      }),
    ),
  );
};

const adviceOf = ({ outputs, goneOutputs }: Partial<RenameTable> = {}): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(goneOutputs ?? {}).map(([name, output]) => [name, output.advice] as const),
    ...Object.entries(outputs ?? {}).map(([name, renamed]) => [name, `It is called ${renamed} now.`] as const),
  ]);

const namesBehind = (text: string, before: string): readonly string[] => [
  ...new Set([...text.matchAll(new RegExp(String.raw`${before}([\w-]+)`, 'g'))].map(match => match[1] ?? '')),
];

/** A place that reads a module call: an output, and of a map of node groups the output of a group; without an output all of it. */
type OutputRead = { readonly output?: Name; readonly inner?: Name; readonly range: Range };

/** A name behind `module.<label>`, and where it is written, quotes included. */
type Name = { readonly name: string; readonly range: Range; readonly quoted: boolean };

/** Blocks whose addresses are those of resources, not of outputs. */
const addresses = new Set(['moved', 'removed', 'import']);

/** The call that is looked for. */
type Called = { readonly label: string; readonly forEach: boolean };

/** Every read of a call in the files of the root module. */
const outputReads = (module: RootModule, call: ModuleCall): readonly OutputRead[] => {
  const called = { label: call.label, forEach: attribute(call.block.body, 'for_each') !== undefined };
  return module.files.flatMap(file =>
    blocks(file.body).flatMap(({ type, body }) => (addresses.has(type) ? [] : readsOfBody(file, body, called))),
  );
};

const readsOfBody = (file: HclFile, body: Body, called: Called): readonly OutputRead[] =>
  body.items.flatMap(item => {
    if (item.kind === 'block') return readsOfBody(file, item.body, called);
    // What waits for the call, or is made again with it, does not read it.
    return ['depends_on', 'replace_triggered_by'].includes(item.name) ? [] : reads(file, item.value, called, false);
  });

/** `bound`: a `for` around it has taken the name `module` for its own. */
const reads = (file: HclFile, expression: Expression, called: Called, bound: boolean): readonly OutputRead[] => {
  if (expression.kind === 'for') {
    const inner = bound || [expression.keyName, expression.valueName].includes('module');
    const rest = [expression.key, expression.value, expression.condition].filter(part => part !== undefined);
    return [...reads(file, expression.of, called, bound), ...rest.flatMap(part => reads(file, part, called, inner))];
  }
  const path = bound ? undefined : pathOf(file, expression, called);
  if (!path) return children(expression).flatMap(child => reads(file, child, called, bound));
  // Behind the output of groups stands the key of one, whatever its spelling.
  const [output, , inner] = path.steps;
  const read = { range: expression.range, ...defined({ output, inner }) };
  return [read, ...path.keys.flatMap(key => reads(file, key, called, bound))];
};

/** The steps in order, each with its name where one is written, and the keys of the indexes among them. The first is an output. */
type Path = { readonly steps: readonly (Name | undefined)[]; readonly keys: readonly Expression[] };

const pathOf = (file: HclFile, expression: Expression, called: Called): Path | undefined => {
  if (expression.kind !== 'get' && expression.kind !== 'index' && expression.kind !== 'splat') return undefined;
  if (isCall(expression, called)) return { steps: [], keys: [] };
  const before = pathOf(file, expression.of, called);
  if (!before) return undefined;
  const { steps } = before;
  if (expression.kind === 'index') {
    const keys = [...before.keys, expression.key];
    const name = stringValue(expression.key);
    // Of a call without `for_each` this is an output by another name; of one with it, the name of an instance.
    if (steps.length === 0 && (called.forEach || name === undefined)) return { steps, keys };
    const step = name === undefined ? undefined : { name, range: expression.key.range, quoted: true };
    return { steps: [...steps, step], keys };
  }
  const { end } = expression.range;
  const step =
    expression.kind === 'get' ? { name: expression.name, end } : starStep(file.text, expression.of.range.end, end);
  // The star of a call stands for its instances, and that of groups for their keys.
  const star = expression.kind === 'splat' && steps.length > 0 ? [undefined] : [];
  if (!step) return { ...before, steps: [...steps, ...star] };
  const range = { ...expression.range, start: step.end - step.name.length, end: step.end };
  return { ...before, steps: [...steps, ...star, { name: step.name, range, quoted: false }] };
};

/** The steps of a splat have no ranges of their own: a name right behind the star is found in the text. */
const starStep = (
  text: string,
  from: number,
  to: number,
): { readonly name: string; readonly end: number } | undefined => {
  const match = /^\s*(?:\[\s*\*\s*\]|\.\s*\*)\s*\.\s*([\p{ID_Start}_][\p{ID_Continue}-]*)/u.exec(text.slice(from, to));
  return match?.[1] === undefined ? undefined : { name: match[1], end: from + match[0].length };
};

const isCall = (expression: Expression, { label }: Called): boolean =>
  expression.kind === 'get' &&
  expression.name === label &&
  expression.of.kind === 'variable' &&
  expression.of.name === 'module';
