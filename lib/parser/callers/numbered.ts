import { applyEdits, attribute, realign, removeAttribute, sourceOf } from '../../hcl/index.ts';
import { groupBy } from '../../terraform/group-by.ts';
import {
  callAddress,
  giversOf,
  type PlacedAttribute,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import { jsonUnitFile, unitFile } from '../../terraform/foreign-files.ts';
import { readName, titleOf } from '../clusters/cluster.ts';
import { gaps, instancesOf } from '../clusters/instances.ts';
import { prefixOfInstance } from '../clusters/repetition.ts';
import { phaseVariable } from '../phase-variable/phase-variable.ts';
import { callsTo, computedCalls, jsonFilesCalling } from './calls-to.ts';
import type { CallerPlace } from './caller.ts';

/** A call of the module at hand by a root module, with the phase that it gives. */
export type NumberedCall = {
  /** How messages name the call. */
  readonly title: string;
  readonly place: CallerPlace;
  /** How the root module names the call, or the file where the call is not read. */
  readonly address: string;
  /** What addresses of the module begin with in the state of a root module, for each instance of the call. It may have gaps. */
  readonly starts: readonly string[];
  /** The name of its cluster, where the call tells it. */
  readonly cluster?: string;
  /** The file, as edits name it. */
  readonly file: string;
  readonly module: RootModule;
  /** Absent where the call is not read. */
  readonly block?: PlacedBlock;
  /** Absent where the phase is the default of the module. */
  readonly given?: PlacedAttribute;
  /** What gives the phase where the call itself is not what tells it, whatever it gives. */
  readonly untold?: string;
};

/**
 * The calls of a root module, those included that are in JSON syntax, whose unit of Terragrunt is computed, or that may be calls of the
 * module.
 */
export const numberedCalls = (
  module: RootModule,
  place: CallerPlace,
  at: RootModule,
  nameVariable?: string,
): readonly NumberedCall[] => {
  const { label, sources, directory, isElsewhere } = place;
  const blocks = callsTo(module, sources);
  const called = (address: string): string => titleOf({ address, wrapper: { caller: label } });
  const start = startOf(place);
  const read = blocks.map((block): NumberedCall => {
    const given = attribute(block.body, phaseVariable);
    const [giver] = block.isUnit ? giversOf(module, phaseVariable, { given: given !== undefined, single: true }) : [];
    const address = callAddress(block);
    const cluster = nameVariable === undefined ? undefined : readName(module, attribute(block.body, nameVariable));
    return {
      title: called(address),
      address,
      starts: instancesOf(module, { address, block }).map(one => start + prefixOfInstance({ address, block }, one)),
      ...(cluster === undefined ? {} : { cluster }),
      place,
      file: block.in.file,
      module,
      block,
      ...(given && !isElsewhere ? { given: { ...given, in: block.in } } : {}),
      ...(giver ? { untold: `what ${giver.what} gives` } : {}),
      ...(isElsewhere ? { untold: 'what another repository gives' } : {}),
    };
  });
  const unread = (file: string, untold: string): NumberedCall => {
    const address = file.slice(file.lastIndexOf('/') + 1);
    const isUnitItself = module.unit !== undefined || address === jsonUnitFile;
    return {
      title: called(address),
      address,
      starts: [isUnitItself ? start : `${gaps.call}.`],
      place,
      file,
      module,
      untold,
    };
  };
  const isUnit = module.unit !== undefined && blocks.length === 0;
  return [
    ...read,
    ...jsonFilesCalling(module, sources).map(file => unread(file, 'what its JSON says')),
    ...computedCalls(module, sources, at).map(block => unread(block.in.file, 'what a plan alone knows')),
    ...(isUnit ? [unread(`${directory}/${unitFile}`, 'what its computed inputs give')] : []),
  ];
};

/** What addresses of a place that others call begin with: where their call stands, the source of this one does not tell. */
export const startOf = ({ roots }: Pick<CallerPlace, 'roots'>): string => (roots ? `${gaps.call}.` : '');

/** HCL of what a call gives, or words for what gives it. */
export const numberWords = ({ given, untold }: NumberedCall): string | undefined =>
  given ? sourceOf(given.in.text, given.value.range) : untold;

/** The files of the callers as they are without the numbers of their calls. */
export const withoutNumbers = (
  files: ReadonlyMap<string, string>,
  calls: readonly NumberedCall[],
): ReadonlyMap<string, string> => {
  const edits = calls.flatMap(({ given }) => (given ? [removeAttribute(given.in, given)] : []));
  return new Map(
    [...groupBy(edits, ({ file }) => file)].map(([file, found]) => {
      const text = files.get(file) ?? '';
      return [file, realign(text, applyEdits(text, found))];
    }),
  );
};
