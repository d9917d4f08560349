import { hasOutput } from '../../eks/module-interface.ts';
import { groupForms } from '../../eks/node-group-forms.ts';
import { findRenames, type SubmoduleRenames } from '../../eks/renames.ts';
import { quote, replace, sourceOf } from '../../hcl/index.ts';
import type { ModuleCall } from '../../parser/index.ts';
import { isOverride, type RootModule } from '../../terraform/index.ts';
import { outputReads, type OutputRead } from './output-reads.ts';
import { allOf, nothing, type Refused, type Upgraded, majorOf, ownOf, tableFor } from './upgraded.ts';

/**
 * The references to outputs of one call, in any file of the root module, from one release to another of the next major version (or
 * of the same). What reads the call as a whole, or from a file that is not edited, is left to its author.
 */
export const upgradeReferences = (module: RootModule, call: ModuleCall, from: string, to: string): Upgraded => {
  const table = tableFor(call, from, to);
  const texts = new Map(module.files.map(({ file, text }) => [file, text]));
  const reads = outputReads(module, call).map(read => {
    const written = sourceOf(texts.get(read.range.file) ?? '', read.range);
    if (read.kind === 'whole') return whole(call, read, table);
    if (read.kind === 'output')
      return upgradeRead(call, read, read.output, written, table, isGone(call, read.output, to));
    // The output of an argument with groups holds those of the submodule, one set per group.
    const isRoot = call.source.submodule === undefined;
    const form = isRoot ? groupForms.find(({ argument }) => argument === read.output) : undefined;
    const inner = form && findRenames(majorOf(from), majorOf(to), form.submodule);
    return inner ? upgradeRead(call, read, read.inner ?? '', written, inner, false) : nothing;
  });
  return allOf([...reads, inJson(module, call, table)]);
};

const isGone = ({ source }: ModuleCall, output: string, to: string): boolean =>
  hasOutput(to, source.submodule, output) === false;

const whole = (call: ModuleCall, { range }: OutputRead, { outputs, goneOutputs }: SubmoduleRenames): Upgraded => {
  const names = [...Object.keys(outputs), ...Object.keys(goneOutputs)];
  if (names.length === 0) return nothing;
  return { ...nothing, refused: [{ call, kind: 'whole', name: names.join(', '), range }] };
};

const upgradeRead = (
  call: ModuleCall,
  { range, quoted }: OutputRead,
  name: string,
  written: string,
  table: SubmoduleRenames,
  gone: boolean,
): Upgraded => {
  const refuse = (advice?: string): Upgraded => {
    const refused: Refused = { call, kind: 'output', name, range, ...(advice === undefined ? {} : { advice }) };
    return { ...nothing, refused: [refused] };
  };
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
const inJson = (module: RootModule, call: ModuleCall, { outputs, goneOutputs }: SubmoduleRenames): Upgraded => {
  const advice = new Map([
    ...Object.entries(goneOutputs).map(([name, output]) => [name, output.advice] as const),
    ...Object.entries(outputs).map(([name, renamed]) => [name, `It is called ${renamed} now.`] as const),
  ]);
  const refused = [...module.json].flatMap(([file, text]) =>
    readsInText(text, call.label).flatMap((name): readonly Refused[] => {
      const found = advice.get(name);
      return found === undefined ? [] : [{ call, kind: 'json', name, advice: found, file }];
    }),
  );
  return { ...nothing, refused };
};

const readsInText = (text: string, label: string): readonly string[] => {
  const pattern = new RegExp(String.raw`\bmodule\.${label}(?:\[[^\]]*\])?\.([\w-]+)`, 'g');
  return [...new Set([...text.matchAll(pattern)].map(match => match[1] ?? ''))];
};
