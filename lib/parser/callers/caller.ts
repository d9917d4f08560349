import type { Range } from '../../diagnostics/index.ts';
import { attribute } from '../../hcl/index.ts';
import {
  callAddress,
  callSource,
  computedSource,
  evaluate,
  fromIncluded,
  giversOf,
  type Giver,
  parseModuleSource,
  type PlacedAttribute,
  type PlacedBlock,
  type RootModule,
  type Value,
} from '../../terraform/index.ts';
import { unitFile } from '../../terraform/foreign-files.ts';
import type { Mapping } from '../aws-auth/mapping.ts';
import { joinRows, readRowList, type ReadRows } from '../aws-auth/rows.ts';
import { readName, type CalledCluster } from '../clusters/cluster.ts';
import { passedProvider, type ModuleCall } from '../clusters/module-call.ts';
import { conditionsOf, repetitionOf } from '../clusters/repetition.ts';
import { entriesOfCall } from '../entries/read-entries.ts';
import { commentedOutRows } from '../expressions/comments.ts';
import { readSource, type Pair, type Source } from '../source.ts';
import { changeOf } from './change-of.ts';
import { callsTo, computedCalls, jsonFilesCalling } from './calls-to.ts';
import type { Taken } from './taken.ts';

/**
 * A root module that calls the module at hand, or may: a path from there, how messages name it, and the texts of `source` by which it does.
 */
export type CallerPlace = {
  readonly directory: string;
  readonly label: string;
  readonly sources: readonly string[];
  /** It is in another repository, such as a submodule, which is not written into. */
  readonly isElsewhere?: true;
  /** The root modules that call it, where others do: it is none itself. No file of values counts in it, addresses begin with their calls. */
  readonly roots?: readonly RootPlace[];
};

/** `isUnit`: one of Terragrunt, whose root module is the one that it is for. */
export type RootPlace = Pick<CallerPlace, 'directory' | 'label'> & { readonly isUnit?: true };

/** Its calls, each as a cluster with a mapping: the entries go into the call, and its arguments have the rows. */
export type Caller = {
  readonly label: string;
  readonly source: Source;
  readonly calls: readonly CallerCall[];
};

export type CallerCall = {
  readonly cluster: CalledCluster;
  /** Absent where nothing writes aws-auth any more. */
  readonly mapping?: Mapping;
  /** The arguments that have the rows. */
  readonly arguments: readonly PlacedAttribute[];
};

/** What a call hands over and the source does not tell: an argument, or the default of one that is not given. */
export type Untold = { readonly call: string; readonly argument: string; readonly what: string; readonly range: Range };

/** The calls of a caller, and what in them only a plan knows. */
export const readCaller = (
  module: RootModule,
  { label, sources, isElsewhere }: CallerPlace,
  taken: Taken,
  defaults: ReadonlySet<string>,
  called: RootModule,
): { readonly caller: Caller; readonly untold: readonly Untold[] } => {
  const blocks = callsTo(module, sources);
  const read = isElsewhere ? [] : blocks.map(block => readCall(module, block, label, taken, defaults, called));
  const calls = read.map(({ call }) => call);
  const pairs = calls.flatMap(({ cluster, mapping }): Pair[] => (mapping ? [{ cluster, mapping }] : []));
  const source: Source = {
    ...readSource(module, undefined, {}),
    clusters: calls.map(({ cluster }) => cluster),
    mappings: pairs.map(({ mapping }) => mapping),
    pairs,
    unpaired: [],
  };
  return {
    caller: { label, source, calls },
    untold: [
      ...read.flatMap(({ untold }) => untold),
      ...(isElsewhere ? blocks.flatMap(block => ofElsewhere(block, taken, defaults)) : []),
      ...inJson(module, sources, taken),
      ...byComputedSource(module, sources, taken, called),
      ...(blocks.length === 0 ? inUnit(module, taken) : []),
    ],
  };
};

/** A call in another repository, where it hands over rows. */
const ofElsewhere = (block: PlacedBlock, { lists }: Taken, defaults: ReadonlySet<string>): readonly Untold[] =>
  lists
    .filter(({ variable }) => attribute(block.body, variable) !== undefined || defaults.has(variable))
    .slice(0, 1)
    .map(({ variable }) => ({
      call: callAddress(block),
      argument: variable,
      what: 'in another repository, which is not written into',
      range: block.headerRange,
    }));

/** A call in JSON syntax, which is not read: whatever it hands over only a plan knows. */
const inJson = (module: RootModule, sources: readonly string[], { lists, entries }: Taken): readonly Untold[] =>
  jsonFilesCalling(module, sources).map(file => ({
    call: `the call in ${file}`,
    argument: lists[0]?.variable ?? entries.variable,
    what: 'in JSON syntax, which is not read',
    range: { file, start: 0, end: 0 },
  }));

/** It may be a call of another module, and what it hands over is not taken for rows of this one. */
const byComputedSource = (
  module: RootModule,
  sources: readonly string[],
  { lists, entries }: Taken,
  called: RootModule,
): readonly Untold[] =>
  computedCalls(module, sources, called).map(block => ({
    call: callAddress(block),
    argument: lists[0]?.variable ?? entries.variable,
    what: `in a call whose source, ${computedSource(module, block)}, only a plan knows, and which may be one of this module`,
    range: block.headerRange,
  }));

/** A unit of Terragrunt whose inputs are not read as a call. */
const inUnit = ({ unit }: RootModule, { lists, entries }: Taken): readonly Untold[] => {
  if (!unit) return [];
  const from = fromIncluded(unit);
  const what = from
    ? `in a unit that takes ${from.what} from ${from.files.map(({ name }) => name).join(' and ')}`
    : 'in a unit whose source or inputs are computed';
  const range = { file: unit.file.file, start: 0, end: 0 };
  return [{ call: unitFile, argument: lists[0]?.variable ?? entries.variable, what, range }];
};

/** What gives the rows or the entries of a unit beside its inputs: what is written there would not be all that counts. */
const besideInputs = (module: RootModule, block: PlacedBlock, { lists, entries }: Taken): readonly Untold[] =>
  block.isUnit
    ? [...new Set([...lists, entries].map(({ variable }) => variable))].flatMap(argument =>
        giversOf(module, argument, { given: attribute(block.body, argument) !== undefined })
          .slice(0, 1)
          .map(({ kind, what, range = block.headerRange }) => ({
            call: callAddress(block),
            argument,
            what: wordsFor[kind](what),
            range,
          })),
      )
    : [];

const wordsFor: Readonly<Record<Giver['kind'], (what: string) => string>> = {
  absent: what => `not in the inputs of the unit, and ${what}, which it includes, may give it`,
  joins: what => `merged with what ${what} may give, which the unit includes by merge_strategy = "deep"`,
  wins: what => `what ${what} may give, which counts in place of the inputs of the unit`,
};

const readCall = (
  module: RootModule,
  block: PlacedBlock,
  caller: string,
  taken: Taken,
  defaults: ReadonlySet<string>,
  called: RootModule,
): { readonly call: CallerCall; readonly untold: readonly Untold[] } => {
  const [label = ''] = block.labels;
  const address = callAddress(block);
  const call: ModuleCall = {
    address,
    label,
    block,
    source: parseModuleSource(callSource(module, block) ?? ''),
    fork: false,
  };
  const repetition = repetitionOf(call);
  const given = taken.lists.map(({ variable, list }) => ({ variable, list, found: attribute(block.body, variable) }));
  const rows = given.map(({ variable, list: { list }, found }): ReadRows => {
    if (!found) return { rows: [], unread: [] };
    const piece = { expression: found.value, file: block.in };
    return readRowList(module, piece, { argument: variable, list }, conditionsOf(repetition));
  });
  const names = taken.nameVariable === undefined ? [] : [taken.nameVariable];
  const [name] = names.flatMap(one => attribute(block.body, one) ?? []);
  const valueOf = (variable: string): Value | undefined => {
    const found = attribute(block.body, variable);
    return found && evaluate(found.value, module.scope);
  };
  const known = name && readName(module, name);
  const provider = passedProvider(call, 'aws');
  const { name: _, awsProvider: __, ...ofCluster } = taken.cluster;
  const cluster: CalledCluster = {
    ...ofCluster,
    address,
    label,
    block,
    call,
    repetition,
    existing: {
      ...entriesOfCall(module, call, { entries: taken.entries.variable, names }),
      beside: taken.beside({ module, block, rows: rows.flatMap(read => read.rows), given: valueOf }),
    },
    wrapper: { ...taken.facts, caller, isOff: condition => taken.isOffWith(condition, valueOf) },
    ...(known === undefined ? {} : { name: known }),
    ...(provider === undefined || provider === 'aws' ? {} : { awsProvider: provider }),
  };
  const mapping = taken.mapping && {
    ...withoutCall(taken.mapping),
    address,
    label,
    block,
    repetition,
    added: [],
    ...joinRows(rows),
    commentedOut: { count: commentedOutRows(block.in, block.range), range: block.headerRange },
  };
  const missing = given.filter(({ variable, found }) => !found && defaults.has(variable));
  const untold = [
    ...rows.flatMap(({ unread }) =>
      unread.map(({ argument, what, range }) => ({ call: address, argument, what, range })),
    ),
    ...given.flatMap(({ variable, found }, index) => {
      const what = changeOf(called, variable, rows[index]?.rows ?? [], defaults, found && valueOf(variable));
      const range = found?.value.range ?? block.headerRange;
      return what === undefined ? [] : [{ call: address, argument: variable, what, range }];
    }),
    ...missing.map(({ variable }) => ({
      call: address,
      argument: variable,
      what: 'not given, and its default has rows',
      range: block.headerRange,
    })),
    ...besideInputs(module, block, taken),
  ];
  return {
    call: {
      cluster,
      ...(mapping ? { mapping } : {}),
      arguments: given.flatMap(({ found }) => (found ? [{ ...found, in: block.in }] : [])),
    },
    untold,
  };
};

/** Without it the rows are not those of the call that makes the cluster. */
const withoutCall = ({ call: _call, ...mapping }: Mapping): Mapping => mapping;
