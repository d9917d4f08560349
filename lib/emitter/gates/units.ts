import { diagnose, firstOf, Refusal, type Diagnostic } from '../../diagnostics/index.ts';
import { attribute, type Edit } from '../../hcl/index.ts';
import { addedFiles, entriesArgument, inlineForm, isInlineRelease, type CalledCluster } from '../../parser/index.ts';
import { groupBy } from '../../terraform/group-by.ts';
import { blocksOf, filesWith, giversOf, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import type { Phase, PhasePlan, SourceGate, State } from '../phase.ts';
import { unitsIn } from '../units.ts';

/**
 * A unit of Terragrunt has the inputs of one module, and no place for anything beside its call.
 * Source: terragrunt.gruntwork.io/docs/reference/hcl/attributes (inputs)
 */
export const units: SourceGate = state => [
  ...unitsIn(state).flatMap(cluster => [
    ...rowsBeside(state, cluster),
    ...madeBeside(state, cluster),
    ...untold(state, cluster),
  ]),
  ...added(state),
];

/** What Terragrunt puts into the copy of the module is not read with the module. */
const added = (state: State): readonly Diagnostic[] => {
  const { source, calls = [] } = state;
  const files = new Map(source.module.files.map(({ file, text }) => [file, text]));
  const own = unitsIn(state).find(({ block }) => source.module.blocks.includes(block));
  const callers = source.mappings.length > 0 ? calls.filter(({ block }) => block?.isUnit ?? true) : [];
  const looked = [
    ...(own ? [{ unit: own.address, module: source.module, replaced: undefined }] : []),
    ...callers.map(({ title, module }) => ({ unit: title, module, replaced: files })),
  ];
  return looked.flatMap(({ unit, module, replaced }) =>
    addedFiles(module, replaced).map(({ range, ...args }) => diagnose('TAE279', { unit, ...args }, range)),
  );
};

/**
 * Before version 20 the rows are arguments of the eks module, and phase 0 moves them into a module beside it. Terragrunt merges the inputs
 * of a unit with those of the files that it includes.
 */
const rowsBeside = ({ source }: State, cluster: CalledCluster): readonly Diagnostic[] => {
  const { block, address } = cluster;
  const { unit } = source.module;
  const isIncluded =
    unit !== undefined &&
    cluster.wrapper === undefined &&
    isInlineRelease(cluster) &&
    inlineForm.rows.some(([argument]) => filesWith(argument, unit).length > 0);
  return isIncluded || source.mappings.some(mapping => mapping.block === block)
    ? [diagnose('TAE290', { unit: address }, block.headerRange)]
    : [];
};

const madeBeside = ({ transformed }: State, cluster: CalledCluster): readonly Diagnostic[] => {
  const ofCluster = transformed.filter(one => one.cluster === cluster);
  const entries = ofCluster.flatMap(({ entries: all }) => all);
  const planned = ofCluster.flatMap(one => (one.planned && !one.planned.isWritten ? one.planned.lists : []));
  const what = [
    ...entries.filter(({ lookup }) => lookup).map(({ key }) => `a data source that looks up the role of ${key}`),
    ...entries.filter(({ form }) => form === 'resource').map(({ key }) => `resources of their own for ${key}`),
    ...planned.map(({ argument }) => `a module that converts ${argument} at plan time`),
  ];
  if (what.length === 0) return [];
  const args = {
    unit: cluster.address,
    what: firstOf(what),
    isResources: entries.some(({ form }) => form === 'resource'),
    ...(cluster.standalone ? {} : { argument: entriesArgument(cluster) }),
  };
  return [diagnose('TAE291', args, cluster.block.headerRange)];
};

/** An input of the unit takes the place of one that it is merged with, or counts less than another: what is there has to be known. */
const untold = ({ source: { module }, transformed }: State, cluster: CalledCluster): readonly Diagnostic[] => {
  const { block, address: unit, wrapper } = cluster;
  if (wrapper || transformed.every(one => one.cluster !== cluster)) return [];
  const found = ['authentication_mode', 'access_entries'].flatMap(name =>
    giversOf(module, name, {
      given: attribute(block.body, name) !== undefined,
      single: name === 'authentication_mode',
    }).map(giver => ({ ...giver, name })),
  );
  return [...groupBy(found, ({ kind, what }) => `${kind} ${what}`).values()].flatMap(([giver, ...others]) => {
    if (!giver) return [];
    const { kind, what, range = block.headerRange } = giver;
    const names = [giver, ...others].map(({ name }) => name).join(' and ');
    if (kind === 'absent') return [diagnose('TAE292', { unit, arguments: names, file: what }, range)];
    return [diagnose('TAE280', { unit, arguments: names, what, joins: kind === 'joins' }, range)];
  });
};

/** Whatever a phase would write beside the inputs of a unit ends the run. */
export const refuseBesideUnit = ({ id }: Pick<Phase, 'id'>, { edits, files }: PhasePlan, state: State): void => {
  const { source, handed } = state;
  const [own] = unitsOf(source.module);
  const others = handed?.callers.flatMap(caller => unitsOf(caller.source.module)) ?? [];
  const unit =
    own && ((files?.size ?? 0) > 0 || edits.some(edit => isOutside(edit, own)))
      ? own
      : others.find(one => edits.some(edit => edit.file === one.in.file && isOutside(edit, one)));
  if (!unit) return;
  const problem = `phase ${id} would write something beside the inputs of ${unit.in.file}, which has no place for it`;
  throw new Refusal(diagnose('TAE245', { problem }, unit.headerRange));
};

const unitsOf = (module: RootModule): readonly PlacedBlock[] =>
  blocksOf(module, 'module').filter(({ isUnit }) => isUnit);

const isOutside = ({ file, start, end }: Edit, { in: unit, body: { range } }: PlacedBlock): boolean =>
  file !== unit.file || start < range.start || end > range.end;
