import { defined, type Range } from '../../diagnostics/index.ts';
import { hasOutput } from '../../eks/module-interface.ts';
import { groupForms } from '../../eks/node-group-forms.ts';
import { findRenames, type RenameTable } from '../../eks/renames.ts';
import { quote, replace, sourceOf } from '../../hcl/index.ts';
import type { ModuleCall } from '../../parser/index.ts';
import { isOverride, type RootModule } from '../../terraform/index.ts';
import { outputReads, type Name } from './output-reads.ts';
import { allOf, majorOf, nothing, ownOf, refusal, tableFor, type Upgraded } from './upgraded.ts';

/**
 * The references to outputs of one call, in any file of the root module, from one release to another of the next major version (or
 * of the same). What reads the call as a whole, or from a file that is not edited, is left to its author.
 */
export const upgradeReferences = (module: RootModule, call: ModuleCall, from: string, to: string): Upgraded => {
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
    return inner && ofGroup ? allOf([read, upgradeRead(call, inner, sourceAt(inner), ofGroup, false)]) : read;
  });
  return allOf([...reads, inJson(module, call, table)]);
};

const isGone = ({ source }: ModuleCall, output: string, to: string): boolean =>
  hasOutput(to, source.submodule, output) === false;

const whole = (call: ModuleCall, range: Range, { outputs, goneOutputs }: RenameTable): Upgraded => {
  const names = [...Object.keys(outputs), ...Object.keys(goneOutputs)];
  return names.length === 0 ? nothing : refusal({ call, kind: 'whole', name: names.join(', '), range });
};

const upgradeRead = (
  call: ModuleCall,
  { name, range, quoted }: Name,
  written: string,
  table: RenameTable,
  gone: boolean,
): Upgraded => {
  const refuse = (advice?: string): Upgraded => refusal({ call, kind: 'output', name, range, ...defined({ advice }) });
  const renamed = ownOf(table.outputs, name);
  if (renamed === undefined) {
    const advice = ownOf(table.goneOutputs, name)?.advice;
    return gone || advice !== undefined ? refuse(advice) : nothing;
  }
  const isPlain = written === (quoted ? quote(name) : name);
  if (isOverride(range.file) || !isPlain) return refuse(`It is called ${renamed} now.`);
  const edits = [replace(range, quoted ? quote(renamed) : renamed)];
  return { edits, changes: [`${call.address}.${name} is read as ${renamed}`], refused: [] };
};

/** JSON is searched as text and not edited. */
const inJson = (module: RootModule, call: ModuleCall, { outputs, goneOutputs }: RenameTable): Upgraded => {
  const advice = new Map([
    ...Object.entries(goneOutputs).map(([name, output]) => [name, output.advice] as const),
    ...Object.entries(outputs).map(([name, renamed]) => [name, `It is called ${renamed} now.`] as const),
  ]);
  return allOf(
    [...module.json].flatMap(([file, text]) =>
      readsInText(text, call.label).flatMap(name => {
        const found = advice.get(name);
        return found === undefined ? [] : [refusal({ call, kind: 'json', name, advice: found, file })];
      }),
    ),
  );
};

const readsInText = (text: string, label: string): readonly string[] => {
  const pattern = new RegExp(String.raw`\bmodule\.${label}(?:\[[^\]]*\])?\.([\w-]+)`, 'g');
  return [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))];
};
