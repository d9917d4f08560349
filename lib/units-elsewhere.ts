import { diagnose, type Diagnostic } from './diagnostics/index.ts';
import { callsEks } from './parser/callers/look.ts';
import { isEksModule } from './parser/clusters/module-call.ts';
import { attribute, type HclFile } from './hcl/index.ts';
import { generatedAccess } from './parser/index.ts';
import { blocksOf, filesWith, fromIncluded, sourceWritten, type RootModule } from './terraform/index.ts';

/** `joins`: inputs of the file are merged with those of the unit, so that a copy of a list in the unit would double it. */
type Said = { readonly path: string; readonly what: string; readonly file: string; readonly joins: boolean };

/** What a unit of the eks module takes from a file that it includes, where that is more than a unit is read without. */
const saidOf = ({ unit }: RootModule): Said | undefined => {
  const found = unit && fromIncluded(unit);
  if (!found) return undefined;
  const { what, files } = found;
  const sources = what === 'its source' ? files.flatMap(({ file }) => file ?? []) : [unit.file];
  if (!sources.some(isOfEks)) return undefined;
  const joins = files.some(({ merge }) => merge === 'deep');
  return { path: unit.file.file, what, file: files.map(({ name }) => name).join(' and '), joins };
};

/** Of a source that is computed its text tells. */
const isOfEks = (file: HclFile): boolean => {
  const source = sourceWritten(file);
  return source ? isEksModule(source) : callsEks(file.text);
};

/** Why a unit is not read, where the rest of it is in a file that it includes. */
export const refusedUnit = (module: RootModule): Diagnostic | undefined => {
  const said = saidOf(module);
  return said && diagnose('TAE293', said, placeOf(said));
};

/** The same for `check`, which says that it has not looked; also where entries of an included file are merged with the inputs. */
export const unitNotChecked = (module: RootModule): readonly Diagnostic[] => {
  const said = saidOf(module) ?? mergedEntries(module);
  return said ? [diagnose('TAE348', said, placeOf(said))] : [];
};

/** An input of the unit takes the place of one of a `shallow` file; with others it is merged. */
const mergedEntries = (module: RootModule): Said | undefined => {
  const { unit } = module;
  if (!unit || !isOfEks(unit.file)) return undefined;
  const argument = 'access_entries';
  const found = filesWith(argument, unit);
  const joined = found.filter(({ merge }) => merge !== 'shallow');
  const isGiven = blocksOf(module, 'module').some(({ isUnit, body }) => isUnit && attribute(body, argument));
  const names = (isGiven ? joined : found).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return { path: unit.file.file, what: argument, file: names.join(' and '), joins: joined.length > 0 };
};

const placeOf = ({ path: file }: Said): Diagnostic['range'] => ({ file, start: 0, end: 0 });

/** What a unit generates that gives access. It is not read with the module, wherever that is. Which files other modules than the eks module have is not known. */
export const sayGenerated = (module: RootModule): readonly Diagnostic[] => {
  const source = module.unit && sourceWritten(module.unit.file);
  const replaced = source && isEksModule(source) ? undefined : new Map<string, string>();
  return generatedAccess(module, replaced).map(({ range, ...args }) =>
    diagnose('TAE279', { unit: module.unit?.file.file ?? '', ...args }, range),
  );
};

/** The files in which it may be said, which `read` has not. */
export const filesOfGenerated = ({ unit }: RootModule, read: readonly HclFile[]): readonly HclFile[] => {
  const paths = new Set(read.map(({ file }) => file));
  const files = unit ? [unit.file, ...unit.included.flatMap(({ file }) => file ?? [])] : [];
  return files.filter(({ file }) => !paths.has(file));
};
